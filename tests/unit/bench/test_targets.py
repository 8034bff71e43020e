"""Targets and verdicts."""

from __future__ import annotations

from npcengine.studio.bench.runner import SCENARIOS
from npcengine.studio.bench.targets import TARGETS, Target, Verdict, find, judge


def verdict(path: str, report: dict[str, object]) -> Verdict:
    """The verdict on one figure."""
    return next(each for each in judge(report) if each.target.path == path)


def test_every_target_is_a_figure_that_some_scenario_promises() -> None:
    """No target can be overlooked because its name is misspelt."""
    promised = {key for scenario in SCENARIOS for key in scenario.keys}
    assert {target.path.partition(".")[0] for target in TARGETS} <= promised


def test_figures_are_held_against_their_targets() -> None:
    """Above the most is missed, on it is met."""
    assert verdict("interrupt.stop_ms", {"interrupt": {"stop_ms": 1.0}}).word == "met"
    assert verdict("interrupt.stop_ms", {"interrupt": {"stop_ms": 5000.0}}).word == "missed"


def test_what_was_not_measured_is_neither_met_nor_missed() -> None:
    """A null has no verdict, and a scenario that was not run no row."""
    missing = verdict("interrupt.stop_ms", {"interrupt": None})
    assert (missing.value, missing.word, missing.reached) == (None, "", "not measured")
    assert list(judge({})) == []


def test_a_figure_is_found_by_its_path() -> None:
    """Through dictionaries; what is no number is no figure."""
    assert find({"a": {"b": 2}}, "a.b") == 2.0
    assert find({"a": {"b": "two"}}, "a.b") is None
    assert find({"a": None}, "a.b") is None


def test_the_table_says_what_is_wanted() -> None:
    """With its unit, and with the direction."""
    assert Verdict(Target("x", "x", "ms", at_most=50), 3.0, met=True).wanted == "≤ 50 ms"
    assert Verdict(Target("x", "x", at_least=0.9), 3.0, met=True).wanted == "≥ 0.9"
    assert Verdict(Target("x", "x", "ms"), 3.0, met=None).wanted == ""
