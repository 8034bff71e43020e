"""What this machine can run: a probe, and pure rules that judge models and threads for it and say why."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass

import psutil

from npcengine.models.catalogue import Catalogue, Model
from npcengine.models.formats import Kind

MOST_THREADS = 8
"""Small models are bound by memory bandwidth: more threads than this only wait for each other."""
CORES_TO_SHARE = 4
"""From here on one core is left to the game."""
SYSTEM_MEMORY_MB = 1500
"""What the system and a small game take themselves."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What counts about a machine.

    Attributes:
        cores: Physical cores that this process may use.
        memory_mb: Memory in all.
        system: Operating system and processor, for people.
    """

    cores: int
    memory_mb: int
    system: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A model for a machine.

    Attributes:
        model: Which.
        fits: Whether the machine can run it in real time.
        why: What speaks for it, or what to expect.
    """

    model: Model
    fits: bool
    why: str


def probe() -> Machine:
    """Look at this machine."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Machine(
        cores=max(1, min(psutil.cpu_count(logical=False) or allowed, allowed)),
        memory_mb=psutil.virtual_memory().total // 1_000_000,
        system=f"{platform.system()} on {platform.machine()}",
    )


def threads_for(machine: Machine) -> int:
    """How many threads a model may use: the physical cores, less one for the game where there are enough."""
    spare = 1 if machine.cores >= CORES_TO_SHARE else 0
    return min(machine.cores - spare, MOST_THREADS)


def choose(machine: Machine, catalogue: Catalogue) -> tuple[Choice, ...]:
    """One model of each kind: what an engine uses when nothing is said, judged for this machine.

    A machine too weak for it still gets it, since the engine asks for it; `why` then names what is lighter.
    """
    return tuple(_choose_kind(kind, machine, catalogue) for kind in catalogue.defaults)


def alternatives(machine: Machine, catalogue: Catalogue, chosen: tuple[Choice, ...]) -> tuple[Model, ...]:
    """Other models that the machine could run too."""
    names = {choice.model.name for choice in chosen}
    return tuple(model for model in catalogue.models if model.name not in names and runs(model, machine))


def runs(model: Model, machine: Machine) -> bool:
    """Whether the machine has the cores and the memory for a model."""
    return machine.cores >= model.cores and machine.memory_mb >= model.memory_mb + SYSTEM_MEMORY_MB


def _choose_kind(kind: Kind, machine: Machine, catalogue: Catalogue) -> Choice:
    of_kind = [model for model in catalogue.models if model.kind == kind]
    default = next(model for model in of_kind if model.name == catalogue.defaults[kind])
    if runs(default, machine):
        return Choice(default, fits=True, why=f"wants {_cores(default.cores)} and {default.memory_mb} MB of memory")
    lighter = [model for model in of_kind if runs(model, machine)]
    advice = f"lighter: {min(lighter, key=lambda model: model.memory_mb).name}" if lighter else "nothing is lighter"
    return Choice(default, fits=False, why=f"expect delays, this machine has {_lack(default, machine)}; {advice}")


def _lack(model: Model, machine: Machine) -> str:
    if machine.cores < model.cores:
        return f"too few cores ({machine.cores} of {model.cores})"
    return f"too little memory ({machine.memory_mb} MB)"


def _cores(count: int) -> str:
    return "1 core" if count == 1 else f"{count} cores"
