"""A card's example messages as exchanges that show a voice; knows values and wording, no file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from npcengine.cards.notes import counted
from npcengine.cards.speech import fitting
from npcengine.cards.wording import Wording

MAX_EXAMPLES = 24
"""A prompt takes some ten of them."""
FIELD = "mes_example"

Example: TypeAlias = dict[str, str]

_BLOCK = re.compile(r"<\s{0,5}START\s{0,5}>|\{\{\s{0,5}START\s{0,5}\}\}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Turn:
    """What one of the two says, until the other does."""

    by_character: bool
    text: str


def examples_from(text: str, names: Sequence[str], wording: Wording) -> list[Example]:
    """Exchanges: a line of the player's, and how the character answers it.

    Args:
        text: Blocks that begin with ``<START>``, each with lines such as ``{{user}}: …`` and ``{{char}}: …``.
        names: What the character's lines may begin with besides ``{{char}}``.
        wording: Takes out macros and stage directions.
    """
    examples: list[Example] = []
    alone = wordless = shortened = 0
    for block in _BLOCK.split(text):
        turns = list(_turns(block, _label(names)))
        for index, turn in enumerate(turns):
            if not turn.by_character:
                continue
            if index == 0:
                alone += 1
                continue
            player, whole = (wording.spoken(each.text, FIELD) for each in (turns[index - 1], turn))
            npc = fitting(whole)
            if player and npc:
                shortened += npc != whole
                examples.append({"player": fitting(player), "npc": npc})
            else:
                wordless += 1
    _tell(text, examples, {"alone": alone, "wordless": wordless, "shortened": shortened}, wording)
    return examples[:MAX_EXAMPLES]


def _label(names: Sequence[str]) -> re.Pattern[str]:
    known = "|".join(re.escape(name) for name in names if name)
    character = r"\{\{\s{0,5}char\s{0,5}\}\}|<(?:char|bot)>" + (
        f"|(?<![^\\n])[ \\t*_]{{0,6}}(?:{known})" if known else ""
    )
    player = r"\{\{\s{0,5}user\s{0,5}\}\}|<user>|(?<![^\n])[ \t*_]{0,6}(?:user|you|player)"
    return re.compile(
        rf"(?:(?P<character>{character})|(?P<player>{player}))[*_]{{0,3}}[ \t]{{0,3}}[:：]", re.IGNORECASE
    )


def _turns(block: str, label: re.Pattern[str]) -> Iterator[_Turn]:
    """The block's turns, lines of the same one joined; what stands before the first label belongs to nobody."""
    speaker: bool | None = None
    said: list[str] = []
    labels = list(label.finditer(block))
    ends = [*(match.start() for match in labels[1:]), len(block)]
    for match, end in zip(labels, ends, strict=False):  # without a label there is one end too many
        by_character = match["character"] is not None
        if speaker is not None and by_character != speaker:
            yield _Turn(speaker, "\n".join(said))
            said = []
        speaker = by_character
        said.append(block[match.end() : end])
    if speaker is not None:
        yield _Turn(speaker, "\n".join(said))


def _tell(text: str, examples: Sequence[Example], counts: dict[str, int], wording: Wording) -> None:
    lines = {name: counted(count, "line") for name, count in counts.items()}
    if text.strip() and not examples:
        wording.note(FIELD, "holds no exchange of {{user}} and {{char}}; write examples, the voice depends on them")
    if counts["alone"]:
        wording.note(FIELD, f"{lines['alone']} of the character's left out: no line of the player's stands before")
    if counts["wordless"]:
        wording.note(FIELD, f"{lines['wordless']} left out: nothing in them is said aloud")
    if counts["shortened"]:
        wording.note(FIELD, f"{lines['shortened']} cut to what is said in one breath")
    if len(examples) > MAX_EXAMPLES:
        wording.note(FIELD, f"{len(examples) - MAX_EXAMPLES} beyond the first {MAX_EXAMPLES} exchanges left out")
