"""Twenty replies of each of the four characters, as they come, for people to read: writes docs/replies.md.

Run it from the project's root: ``python -m benchmarks.replies_page``. Nothing is picked: the questions are spread
evenly over a character's suite, in its order and in their first wording, each asked of a fresh character, with the
first seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from npcengine.cli.suite_run import play_suites
from npcengine.config import EngineConfig
from npcengine.studio.evaluation.selection import select
from npcengine.studio.evaluation.sitting import Sitting, Turn

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "replies.md"
REPLIES = 20
HEAD = """# Twenty replies of each character

Written by `python -m benchmarks.replies_page` with the default model and adapter, seed 0. Nothing is picked: the
questions are spread evenly over a character's suite, in its order and in their first wording, each asked of a fresh
character. A reply that its suite does not accept is marked ✗. On the left the character as it ships, with where the
words come from: an author's `fact`, `line`, `unknown` or `out_of_world`, or the `model`. On the right the same
character with `wording: model` in its file.
"""


def main() -> None:
    """Ask, and write the page."""
    config = EngineConfig(threads=1)
    chosen = [_spread(each) for each in select([], sorted((ROOT / "evaluation").glob("*.yaml"))).sittings]
    as_shipped, _ = play_suites(chosen, config.llm, config)
    own_words, _ = play_suites([each.worded_by("model") for each in chosen], config.llm, config)
    parts = [HEAD]
    for at, sitting in enumerate(chosen):
        turns = slice(at * REPLIES, (at + 1) * REPLIES)
        parts.append(_chapter(sitting, as_shipped[turns], own_words[turns]))
    PAGE.write_text("\n".join(parts), encoding="utf-8")
    print(f"{PAGE.relative_to(ROOT)} is written")


def _spread(sitting: Sitting) -> Sitting:
    """Twenty of its cases, each in its first wording."""
    file = sitting.file
    numbers = [at * len(file.suite.cases) // REPLIES for at in range(REPLIES)]
    cases = [file.suite.cases[number] for number in numbers]
    asked = tuple(case.model_copy(update={"ask": case.ask[:1]}) for case in cases)
    suite = file.suite.model_copy(update={"cases": asked})
    return replace(sitting, file=replace(file, suite=suite, lines=tuple(file.lines[number] for number in numbers)))


def _chapter(sitting: Sitting, as_shipped: Sequence[Turn], own_words: Sequence[Turn]) -> str:
    rows = [
        f"## {sitting.persona.name}, {sitting.persona.role}",
        "",
        "| player | as shipped | in its own words |",
        "|---|---|---|",
    ]
    rows += [
        f"| {_plain(one.ask)} | {_told(one)} | {_told(other)} |"
        for one, other in zip(as_shipped, own_words, strict=True)
    ]
    return "\n".join([*rows, ""])


def _told(turn: Turn) -> str:
    mark = "" if turn.passed else " ✗"
    acts = "".join(f" → {call.name}" for call in turn.reply.actions)
    return f"{_plain(turn.reply.text)}{acts} *({turn.reply.source}, {turn.reply.emotion})*{mark}"


def _plain(text: str) -> str:
    return text.replace("|", "/")


if __name__ == "__main__":
    main()
