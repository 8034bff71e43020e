"""The figures, and the forms in which they are shown."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from npcengine.persona import persona_from_dict
from npcengine.studio.evaluation.judging import Fault, Reply
from npcengine.studio.evaluation.page import write_page
from npcengine.studio.evaluation.results import to_json
from npcengine.studio.evaluation.scoring import score
from npcengine.studio.evaluation.sitting import Sitting, Turn
from npcengine.studio.evaluation.terminal_report import show
from tests.unit.evaluation.conftest import CHARACTER

OUTCOMES = st.lists(st.lists(st.booleans(), min_size=1, max_size=4), max_size=6)
HOSTILE = "<script>alert('x')</script> [red]& more"


def played(sitting: Sitting, outcomes: Sequence[Sequence[bool]], reply: str = "Aye.") -> list[Turn]:
    """Turns that pass or fail as told."""
    return [
        Turn(sitting, number, f"wording {index}", Reply(reply, "content"), () if passed else (Fault("missing", "no"),))
        for number, case in enumerate(outcomes)
        for index, passed in enumerate(case)
    ]


@pytest.fixture
def two_cases(seated: Callable[..., Sitting]) -> Sitting:
    """A recall case and a leak case."""
    return seated({"ask": "A?", "any_of": ["dry"]}, {"ask": "B?", "none_of": ["oak"], "kind": "leak"})


def test_figures(two_cases: Sitting) -> None:
    """Turns are what is counted; a case whose wordings disagree counts to the spread, whatever their number."""
    scored = score(played(two_cases, [[True, False, True], [False, False]]))
    assert (scored.cases, scored.turns, scored.passed) == (2, 5, 2)
    assert scored.score == pytest.approx(0.4)
    assert scored.paraphrase_spread == pytest.approx(0.5)
    assert scored.by_kind["recall"] == pytest.approx(2 / 3)
    assert scored.by_kind["leak"] == 0.0
    assert scored.by_kind["action"] is None


def test_a_case_with_one_wording_is_no_spread(two_cases: Sitting) -> None:
    """Only wordings of one question can disagree."""
    assert score(played(two_cases, [[True], [False, False]])).paraphrase_spread == 0.0
    assert score(played(two_cases, [[True], [False, True]])).paraphrase_spread == 1.0


@given(OUTCOMES)
def test_figures_hold_together(outcomes: list[list[bool]]) -> None:
    """For any outcome: the kinds' passes add up to the whole's, and every share lies between 0 and 1."""
    scored = score(played(_sitting_of(len(outcomes)), outcomes))
    added = sum((share or 0.0) * scored.turns_by_kind[kind] for kind, share in scored.by_kind.items())
    assert added == pytest.approx(scored.passed)
    assert 0.0 <= scored.score <= 1.0
    split = sum(0 < sum(case) < len(case) for case in outcomes)
    among = sum(len(case) > 1 for case in outcomes)
    assert scored.paraphrase_spread == pytest.approx(split / among if among else 0.0)


def test_json_has_the_contract_s_names(two_cases: Sitting) -> None:
    """Other programs depend on these names and on numbers or null being numbers or null."""
    printed: dict[str, Any] = json.loads(json.dumps(to_json(played(two_cases, [[True, False], [True]]), model="fake:")))
    assert {"cases", "turns", "passed", "score", "by_kind", "paraphrase_spread", "failures"} <= set(printed)
    assert list(printed["by_kind"]) == ["recall", "leak", "action", "in_character", "unknown", "emotion", "line"]
    assert printed["by_kind"]["recall"] == 0.5
    assert printed["by_kind"]["line"] is None
    (failure,) = printed["failures"]
    assert (failure["ask"], failure["reply"], failure["why"]) == ("wording 1", "Aye.", "no")
    assert failure["case"] == "inn.yaml:3"
    assert printed["suites"][0]["persona"] == "tom.yaml"


def test_nothing_scored_is_no_crash() -> None:
    """An evaluation that was interrupted at once still reports."""
    assert to_json([], model="fake:", complete=False)["score"] == 0.0
    assert "Nothing failed" in write_page([], model="fake:")


def test_the_page_escapes_what_it_shows(two_cases: Sitting) -> None:
    """A reply is no markup, and the page loads nothing from elsewhere."""
    page = write_page(played(two_cases, [[False], [True]], HOSTILE), model=HOSTILE)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page
    assert "<link" not in page


def test_the_terminal_shows_replies_as_they_are(two_cases: Sitting) -> None:
    """Brackets in a reply are words, not colours; each failure names why, the case's line and what to do."""
    printed = io.StringIO()
    show(played(two_cases, [[False], [True]], HOSTILE), Console(file=printed, width=100), model="fake:")
    assert HOSTILE in printed.getvalue()
    assert "inn.yaml:3" in printed.getvalue()
    assert "1 of 2 replies pass (50%)" in printed.getvalue()


def _sitting_of(cases: int) -> Sitting:
    """As many cases, of different kinds."""
    from pathlib import Path  # noqa: PLC0415

    from npcengine.studio.evaluation.suite import KINDS, Suite  # noqa: PLC0415
    from npcengine.studio.evaluation.suite_file import SuiteFile  # noqa: PLC0415

    listed = [{"ask": "A?", "any_of": ["x"], "kind": KINDS[index % len(KINDS)]} for index in range(max(1, cases))]
    suite = Suite.model_validate({"suite": "any", "cases": listed})
    return Sitting(SuiteFile(Path("any.yaml"), suite, (1,) * len(listed)), persona_from_dict(CHARACTER), "tom.yaml")
