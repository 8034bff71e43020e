"""Learning, step by step: the order of lessons, the rate, what is kept on the way, and how it stands. Draws nothing.

Everything hangs on the seed and the number of the step, so that learning which was broken off goes on as if it had not
been.
"""

from __future__ import annotations

import math
import pickle
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import torch
from torch import nn

from npcengine.errors import ConfigError
from npcengine.studio.tune.packing import Packed
from npcengine.studio.tune.student import Student

WARM_UP = 40
LEAST_RATE = 0.1
"""Of the highest rate, where the cosine ends."""

SAVE_EVERY = 50

CHOICE = 4.0
"""Whether a reply is empty weighs as much as so many of its words: the engine asks this first."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to learn.

    Attributes:
        steps: Rows that are learnt from, one each.
        rate: The highest learning rate.
        seed: Of all chance.
        kept: Where unfinished learning lies.
        settings: Whatever else the learning hangs on, in words: the base, the shape, what is taught.
    """

    steps: int
    rate: float
    seed: int
    kept: Path
    settings: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """After a step.

    Attributes:
        step: How many are done.
        loss: Of this step's row, in nats a word or choice.
        tokens: How many it had; 0 where it was done before learning was broken off.
    """

    step: int
    loss: float
    tokens: int


def learn(student: Student, epoch: Callable[[int], Sequence[Packed]], plan: Plan) -> Iterator[Progress]:
    """Teach it; each step tells how it went, those first that were done before it was broken off.

    Args:
        student: Who learns.
        epoch: All rows of an epoch by its number, the same for the same number.
        plan: How.

    Raises:
        ConfigError: What is kept stems from another plan.
    """
    optimizer = torch.optim.AdamW(student.corrections, lr=plan.rate, betas=(0.9, 0.99), weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, plan.steps))
    losses = _resume(student, optimizer, schedule, plan)
    yield from (Progress(step, loss, 0) for step, loss in enumerate(losses, 1))
    for step, packed in _rows(epoch, plan, after=len(losses)):
        chance = torch.Generator().manual_seed(plan.seed * 1_000_003 + step)
        loss = _loss(student, packed, chance)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(student.corrections, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        losses.append(float(loss.detach()))
        if step % SAVE_EVERY == 0 or step == plan.steps:
            _keep(student, optimizer, schedule, plan, losses)
        yield Progress(step, losses[-1], len(packed.tokens))


def loss_by_skill(student: Student, rows: Sequence[Packed]) -> Mapping[str, float]:
    """What a wanted token costs on average, in nats, for each skill and ``"all"``; of the whole vocabulary."""
    costs: dict[str, list[float]] = defaultdict(list)
    for packed in rows:
        scores = student.scores(packed)
        losses = nn.functional.cross_entropy(scores, torch.from_numpy(packed.wanted), reduction="none")
        for skill, loss in zip(packed.skills, losses.tolist(), strict=True):
            costs[skill].append(loss)
            costs["all"].append(loss)
    return MappingProxyType({skill: sum(each) / len(each) for skill, each in sorted(costs.items())})


def _loss(student: Student, packed: Packed, chance: torch.Generator) -> torch.Tensor:
    """Of a row: the mean over its words and its choices between an answer and none."""
    words, choices = student.losses(packed, chance)
    first = torch.from_numpy(packed.first)
    return (words.sum() + CHOICE * choices[first].sum()) / (len(words) + CHOICE * first.sum())


def _rows(epoch: Callable[[int], Sequence[Packed]], plan: Plan, *, after: int) -> Iterator[tuple[int, Packed]]:
    step, number = 0, 0
    while step < plan.steps:
        rows = list(epoch(number))
        random.Random(f"{plan.seed} {number}").shuffle(rows)
        for packed in rows[: plan.steps - step]:
            step += 1
            if step > after:
                yield step, packed
        number += 1


def _rate(step: int, steps: int) -> float:
    """Of the highest: rises, then falls along a cosine."""
    if step < WARM_UP:
        return (step + 1) / WARM_UP
    done = (step - WARM_UP) / max(1, steps - WARM_UP)
    return LEAST_RATE + (1.0 - LEAST_RATE) * 0.5 * (1.0 + math.cos(math.pi * done))


def _keep(student: Student, optimizer: Any, schedule: Any, plan: Plan, losses: list[float]) -> None:  # noqa: ANN401 - PyTorch's
    beside = plan.kept.with_name(f"{plan.kept.name}.part")
    state = {"losses": losses, "of": _name(plan), "learnt": student.learnt()}
    torch.save(state | {"optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}, beside)
    beside.replace(plan.kept)


def _resume(student: Student, optimizer: Any, schedule: Any, plan: Plan) -> list[float]:  # noqa: ANN401 - PyTorch's
    """Go on from what is kept; the losses of the steps that it has."""
    if not plan.kept.is_file():
        return []
    try:
        state = torch.load(plan.kept, weights_only=True)
    except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
        raise ConfigError(f"{plan.kept} is damaged: begin anew with  --anew") from error
    if state["of"] != _name(plan):
        raise ConfigError(
            f"{plan.kept} is unfinished learning with other settings ({state['of']}, not {_name(plan)}): "
            "repeat the command that began it, or begin anew with  --anew"
        )
    student.teach_again(state["learnt"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    return [float(loss) for loss in state["losses"]]


def _name(plan: Plan) -> str:
    return ", ".join(filter(None, (f"{plan.steps} steps", f"rate {plan.rate:g}", f"seed {plan.seed}", plan.settings)))
