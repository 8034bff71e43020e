"""Scenarios as processes."""

from __future__ import annotations

import pytest

from npcengine.clock import SystemClock
from npcengine.studio.bench.runner import Scenario, run_all, run_one
from npcengine.studio.bench.scenario import Options

FAKES = Options(quick=True, fakes=True)


def test_a_scenario_that_fails_is_null_and_says_why() -> None:
    """The others' figures are not lost."""
    broken = Scenario("no_such_scenario", ("nothing",), 1)
    report = run_all(FAKES, [broken], clock=SystemClock(), on_progress=lambda _name, _done: None)
    assert report["nothing"] is None
    assert "no_such_scenario" in report["notes"][0]
    assert {"machine", "models", "quick", "seconds"} <= set(report)


def test_an_interrupted_scenario_leaves_no_process_behind() -> None:
    """Ctrl-C in the middle ends it; the fixture around every test looks for children."""

    def press_ctrl_c(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_one(Scenario("interrupt", ("interrupt",), 1), FAKES, press_ctrl_c)
