"""Teaches a small BERT to judge which fact answers a question, and that often none does; writes what it learnt.

Run with the project as current folder: ``python -m training.answers``. Needs ``pip install 'npcengine[tune]'`` and the
embedder's weights (``npcengine setup``). Three quarters of an hour on two quiet cores.
"""

from __future__ import annotations

import argparse
import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from npcengine.mind import bert
from npcengine.mind.embedding_cache import CachedEmbedder
from npcengine.mind.prompt import fact_text
from npcengine.mind.taught_weights import ANSWERS
from npcengine.models import store
from npcengine.studio.tune.world_file import read_worlds
from npcengine.types import LoadOptions
from training.embedder import HELD_OUT
from training.pairs import Posed, pose
from training.reader import Reader

STEPS, WARM_UP, LOOK_EVERY = 1500, 60, 100
BATCH = 24
LEARNING_RATE, HEAD_RATE, WEIGHT_DECAY = 1.5e-4, 1e-3, 0.02
FLOOR = 0.02
"""The rate falls to this share of its highest."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to learn.

    Attributes:
        steps: Of `BATCH` questions each.
        seed: Of all chance.
        out: Where what is learnt is written.
    """

    steps: int
    seed: int
    out: Path


@dataclass(frozen=True, slots=True)
class Figures:
    """How well it judges.

    Attributes:
        right: Share of the answered questions whose fact came first among those found.
        told_apart: How often an answered question's best fact is likelier than an unanswered one's (area under ROC).
    """

    right: float
    told_apart: float

    def __str__(self) -> str:
        return f"right fact first {self.right:.3f}, answered told from unanswered {self.told_apart:.3f}"


def learn(reader: Reader, posed: Sequence[Posed], held_out: Sequence[Posed], plan: Plan) -> None:
    """Teach it, and write the last state: it is the best of those looked at."""
    losses = []
    for step, loss in enumerate(_steps(reader, posed, plan), 1):
        losses.append(loss)
        if step % LOOK_EVERY == 0 or step == plan.steps:
            figures = measure(reader, held_out)
            print(f"{step}: loss {sum(losses[-LOOK_EVERY:]) / len(losses[-LOOK_EVERY:]):.3f},", figures, flush=True)
            reader.save(plan.out)


def _steps(reader: Reader, posed: Sequence[Posed], plan: Plan) -> Iterator[float]:
    """Learn step by step, and tell the loss of each."""
    chance = random.Random(plan.seed)
    learnt = [each for each in reader.bert.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": learnt, "lr": LEARNING_RATE, "weight_decay": WEIGHT_DECAY},
            {"params": list(reader.head.parameters()), "lr": HEAD_RATE},
        ]
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / WARM_UP) * max(FLOOR, 1.0 - step / plan.steps)
    )
    left: list[Posed] = []
    for _ in range(plan.steps):
        if len(left) < BATCH:
            left = chance.sample(list(posed), len(posed))
        batch, left = left[:BATCH], left[BATCH:]
        loss = _loss(reader, batch, chance)
        loss.backward()
        nn.utils.clip_grad_norm_(learnt, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        yield float(loss.detach())


def _loss(reader: Reader, batch: Sequence[Posed], chance: random.Random) -> Tensor:
    """One softmax for each question, over the facts beside it and "none of them", whose log-odds are 0."""
    drawn = [each.drawn(chance) for each in batch]
    odds = reader([(line, text) for line, texts, _ in drawn for text in texts])
    losses, at = [], 0
    for _, texts, right in drawn:
        likely = torch.log_softmax(torch.cat([odds[at : at + len(texts)], torch.zeros(1)]), 0)
        losses.append(-(torch.logsumexp(likely[:right], 0) if right else likely[-1]))
        at += len(texts)
    return torch.stack(losses).mean()


def measure(reader: Reader, posed: Sequence[Posed]) -> Figures:
    """Put questions beside the facts that the engine finds for them."""
    reader.eval()
    right: list[bool] = []
    answered: list[float] = []
    unanswered: list[float] = []
    for each in posed:
        beside = [*each.right, *each.rivals]
        with torch.no_grad():
            odds = reader([(each.line(each.asked), fact_text(each.facts[number])) for number in beside])
        if each.right:
            right.append(int(odds.argmax()) < len(each.right))
            answered.append(float(odds.max()))
        else:
            unanswered.append(float(odds.max()))
    reader.train()
    unanswered.sort()
    lower = sum(bisect_left(unanswered, odds) for odds in answered)
    return Figures(sum(right) / len(right), lower / (len(answered) * len(unanswered)))


def main() -> None:
    """Read the worlds, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=ANSWERS)
    plan = Plan(**vars(parser.parse_args()))
    torch.manual_seed(plan.seed)
    folder = Path(__file__).parent
    model = "all-minilm-l6-v2"
    # Without the judge that is there already: rivals are what is near in meaning and words.
    embedder = CachedEmbedder(bert.load(model, LoadOptions()), name=model, folder=None)
    chance = random.Random(plan.seed)
    posed: dict[str, list[Posed]] = {}
    for name, world in read_worlds(folder / "worlds").items():
        exchanges = folder / "exchanges" / f"{name}.yaml"
        posed[name] = pose(world, exchanges if exchanges.is_file() else None, embedder, chance)
    held_out = [each for name in HELD_OUT for each in posed.pop(name)]
    learn(Reader(store.locate("embedding", model)), [each for some in posed.values() for each in some], held_out, plan)


if __name__ == "__main__":
    main()
