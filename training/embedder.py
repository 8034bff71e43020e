"""Teaches the sentence embedder which fact answers a question, and that often none does; writes the corrections.

Run with the project as current folder: ``python -m training.embedder``. Needs ``pip install 'npcengine[tune]'`` and the
embedder's weights (``npcengine setup``). A quarter of an hour on one quiet core.
"""

from __future__ import annotations

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from npcengine.mind.taught_weights import MEANINGS
from npcengine.models import store
from npcengine.studio.tune.world_file import World, read_worlds
from training.examples import NOTHING, Asked, line_of
from training.judge import Judge, lay_out, measure
from training.low_rank import TunedEmbedder
from training.mishearing import misheard

STEPS, WARM_UP, LOOK_EVERY = 800, 60, 100
LEARNING_RATE, JUDGE_RATE = 7e-4, 5e-3

HELD_OUT = ("lighthouse_keeper", "monastery_brewer", "submarine_cook", "theatre_prompter")
"""Never learnt from: they tell which state is kept."""

ANSWERED, UNANSWERED = 40, 24
"""Questions of each sort in one step, all about one world."""

KEPT = 1.0
"""How much it weighs that a line keeps its old meaning, next to finding the fact."""

SHARE = 0.3
"""So much of what was learnt is written: between the old weights and the new ones lie some that do better than both at
what was not taught (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models")."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to learn.

    Attributes:
        steps: Each takes one world.
        seed: Of all chance.
        share: How much of what is learnt is written.
        out: Where to.
    """

    steps: int
    seed: int
    share: float
    out: Path


def learn(embedder: TunedEmbedder, worlds: Sequence[World], held_out: Sequence[World], plan: Plan) -> None:
    """Teach it, and write the state that does best on the worlds held out."""
    judge = Judge()
    print("before:", measure(embedder, judge, held_out), flush=True)
    best, losses = -math.inf, []
    for step, loss in enumerate(_steps(embedder, judge, worlds, plan), 1):
        losses.append(loss)
        if step % LOOK_EVERY and step < plan.steps:
            continue
        figures = measure(embedder, judge, held_out)
        print(f"{step}: loss {sum(losses[-LOOK_EVERY:]) / len(losses[-LOOK_EVERY:]):.3f},", figures, flush=True)
        if figures.right + figures.told_apart > best:
            best = figures.right + figures.told_apart
            embedder.save(plan.out, share=plan.share)


def _steps(embedder: TunedEmbedder, judge: Judge, worlds: Sequence[World], plan: Plan) -> Iterator[float]:
    """Learn step by step, and tell the loss of each."""
    chance = random.Random(plan.seed)
    corrections = [each for layer in embedder.corrected.values() for each in (layer.down, layer.up)]
    optimizer = torch.optim.AdamW(
        [
            {"params": corrections, "lr": LEARNING_RATE, "weight_decay": 0.01},
            {"params": list(judge.parameters()), "lr": JUDGE_RATE, "weight_decay": 0.0},
        ]
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, plan.steps))
    before = _Before(embedder)
    for step in range(plan.steps):
        laid = lay_out(worlds[step % len(worlds)], chance)
        asked = _some(laid.asked, chance)
        lines = [line_of(Asked(misheard(each.text, chance), each.fact, each.after)) for each in asked]
        rows = embedder([*lines, *laid.texts])
        target = torch.tensor([laid.nothing if each.fact == NOTHING else each.fact for each in asked])
        found = nn.functional.cross_entropy(judge(lines, rows, laid), target, label_smoothing=0.02)
        moved = 1.0 - (rows[: len(lines)] * before([line_of(each) for each in asked])).sum(1)
        (found + KEPT * moved.mean()).backward()
        nn.utils.clip_grad_norm_(corrections, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        yield float(found.detach())


class _Before:
    """What lines meant before anything was learnt, computed once."""

    def __init__(self, embedder: TunedEmbedder) -> None:
        self._embedder = embedder
        self._rows: dict[str, Tensor] = {}

    def __call__(self, lines: Sequence[str]) -> Tensor:
        new = [line for line in dict.fromkeys(lines) if line not in self._rows]
        if new:
            with torch.no_grad(), self._embedder.as_it_was():
                self._rows.update(zip(new, self._embedder(new), strict=True))
        return torch.stack([self._rows[line] for line in lines])


def _some(asked: Sequence[Asked], chance: random.Random) -> list[Asked]:
    answered = [each for each in asked if each.fact != NOTHING]
    unanswered = [each for each in asked if each.fact == NOTHING]
    return [
        *chance.sample(answered, min(ANSWERED, len(answered))),
        *chance.sample(unanswered, min(UNANSWERED, len(unanswered))),
    ]


def _rate(step: int, steps: int) -> float:
    """Of learning: rises, then falls along a cosine."""
    return min(1.0, (step + 1) / WARM_UP) * 0.5 * (1.0 + math.cos(math.pi * step / steps))


def main() -> None:
    """Read the worlds, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--share", type=float, default=SHARE)
    parser.add_argument("--out", type=Path, default=MEANINGS)
    plan = Plan(**vars(parser.parse_args()))
    torch.manual_seed(plan.seed)
    torch.set_num_threads(1)
    worlds = read_worlds(Path(__file__).parent / "worlds")
    held_out = [worlds.pop(name) for name in HELD_OUT]
    learn(TunedEmbedder(store.locate("embedding", "all-minilm-l6-v2")), list(worlds.values()), held_out, plan)


if __name__ == "__main__":
    main()
