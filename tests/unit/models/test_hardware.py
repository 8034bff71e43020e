"""Judging models for a machine."""

from __future__ import annotations

import pytest

from npcengine.models.catalogue import catalogue
from npcengine.models.hardware import Machine, alternatives, choose, probe, threads_for


def _machine(cores: int, memory_mb: int) -> Machine:
    return Machine(cores, memory_mb, "test")


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 2), (3, 3), (4, 3), (8, 7), (9, 8), (64, 8)])
def test_threads(cores: int, threads: int) -> None:
    """All cores of a small machine; one left to the game on a larger one; never more than eight."""
    assert threads_for(_machine(cores, 8000)) == threads


def test_small_machine_runs_the_defaults() -> None:
    """Two cores and 4 GB are enough for what the engine uses when nothing is said."""
    choices = choose(_machine(2, 4000), catalogue())
    assert {choice.model.kind: choice.model.name for choice in choices} == catalogue().defaults
    assert all(choice.fits for choice in choices)


def test_weak_machine_is_told_what_is_lighter() -> None:
    """On one core the default language model is too slow, and a lighter one is named."""
    mind = next(choice for choice in choose(_machine(1, 4000), catalogue()) if choice.model.kind == "llm")
    assert not mind.fits
    assert mind.why == "expect delays, this machine has too few cores (1 of 2); lighter: smollm2-135m-instruct"


def test_machine_without_memory() -> None:
    """Where nothing fits, that is said too."""
    choices = choose(_machine(8, 500), catalogue())
    assert all("too little memory (500 MB); nothing is lighter" in choice.why for choice in choices)


def test_alternatives_grow_with_the_machine() -> None:
    """The larger recogniser is offered to four cores, not to two."""
    names = {
        cores: {model.name for model in alternatives(machine, catalogue(), choose(machine, catalogue()))}
        for cores, machine in ((2, _machine(2, 8000)), (4, _machine(4, 8000)))
    }
    assert "base" not in names[2]
    assert "base" in names[4]


def test_probe_sees_this_machine() -> None:
    """The probe finds at least one core and some memory."""
    machine = probe()
    assert machine.cores >= 1
    assert machine.memory_mb > 100
