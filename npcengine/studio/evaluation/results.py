"""The result of an evaluation as plain data for other programs; pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from npcengine.studio.evaluation.advice import advise
from npcengine.studio.evaluation.scoring import Score, by_suite, score
from npcengine.studio.evaluation.sitting import Turn

_DIGITS = 4


def to_json(turns: Sequence[Turn], *, model: str, complete: bool = True) -> dict[str, Any]:
    """What ``npcengine eval --json`` prints: the whole, each suite, and every reply that failed."""
    return {
        **_figures(score(turns)),
        "model": model,
        "complete": complete,
        "suites": [_suite(each) for each in by_suite(turns)],
        "failures": [_failure(turn) for turn in turns if not turn.passed],
    }


def _figures(scored: Score) -> dict[str, Any]:
    return {
        "cases": scored.cases,
        "turns": scored.turns,
        "passed": scored.passed,
        "score": round(scored.score, _DIGITS),
        "by_kind": {kind: share if share is None else round(share, _DIGITS) for kind, share in scored.by_kind.items()},
        "turns_by_kind": scored.turns_by_kind,
        "sources": scored.sources,
        "paraphrase_spread": round(scored.paraphrase_spread, _DIGITS),
        "seconds_per_turn": round(scored.seconds_per_turn, _DIGITS),
    }


def _suite(turns: Sequence[Turn]) -> dict[str, Any]:
    sitting = turns[0].sitting
    return {
        "suite": sitting.file.suite.suite,
        "file": str(sitting.file.path),
        "persona": sitting.persona_path,
        **_figures(score(turns)),
    }


def _failure(turn: Turn) -> dict[str, Any]:
    advice = advise(turn)
    return {
        "ask": turn.ask,
        "reply": turn.reply.text,
        "why": why(turn),
        "kind": turn.case.kind,
        "suite": turn.sitting.file.suite.suite,
        "npc": turn.sitting.persona.name,
        "case": place(turn),
        "source": turn.reply.source,
        "knowledge_used": list(turn.reply.knowledge_used),
        "emotion": turn.reply.emotion,
        "actions": [{"name": call.name, "args": dict(call.args)} for call in turn.reply.actions],
        "to_do": advice.to_do,
        "hint": advice.hint,
    }


def why(turn: Turn) -> str:
    """All that is wrong with a reply, in one line."""
    return "; ".join(fault.why for fault in turn.faults)


def place(turn: Turn) -> str:
    """Where the case stands, as ``file:line``."""
    return f"{turn.sitting.file.path}:{turn.sitting.file.lines[turn.number]}"
