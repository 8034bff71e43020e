"""What villagers say to things that the player shows or gives them, and how an offer is told from other talk."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import npcengine


@dataclass(frozen=True, slots=True)
class Gift:
    """What comes of giving one thing to one villager.

    Attributes:
        say: The author's words for the villager.
        emotion: How they are said.
        told: What the villager remembers; ``{item}`` has changed hands or was looked at.
        keeps: Whether the villager keeps it; else it was only shown.
        trust: Trust that is won, the first time.
        flags: What is true from now on.
        clues: Pieces of the mystery that come out.
    """

    say: str
    emotion: npcengine.Emotion
    told: str
    keeps: bool = False
    trust: int = 0
    flags: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()


GIFTS: Mapping[tuple[str, str], Gift] = {
    ("aldo", "lantern"): Gift(
        "That hook. I'd know that hook in the dark. Ask me, then. Ask me, and I'll tell you true.",
        "afraid",
        "The player handed Aldo his burned lantern from the mill.",
        keeps=True,
        trust=5,
        flags=("lantern_shown",),
    ),
    ("aldo", "letter"): Gift(
        "He's alive? And he holds nothing against me? Read me that again, friend. Slowly.",
        "tender",
        "The player showed Aldo the letter: Tobias is alive and forgives him.",
        trust=20,
        flags=("aldo_read_letter",),
    ),
    ("aldo", "loaded die"): Gift(
        "Feel the weight of it! Nine sixes running. I was never unlucky, friend. I was robbed.",
        "surprised",
        "The player gave Aldo Crake's loaded die.",
        keeps=True,
        trust=15,
        flags=("knows_debt",),
        clues=("debt", "dice"),
    ),
    ("gerta", "letter"): Gift(
        "Alive. The old flour sack is alive. Sit down, traveller, or I shall have to.",
        "tender",
        "The player showed Gerta the letter: Tobias is alive in Varn.",
        trust=10,
        flags=("gerta_read_letter",),
    ),
    ("gerta", "lantern"): Gift(
        "Not out here! Put it away, traveller, before somebody with eyes comes by.",
        "afraid",
        "The player held up Aldo's lantern in front of the forge.",
    ),
    ("gerta", "mended shield"): Gift(
        "My own work, and you carry it as if you knew. Keep it, traveller.",
        "content",
        "The player showed Gerta the shield that she mended.",
        trust=3,
    ),
    ("maren", "mule tag"): Gift(
        "My Bishop's brass! So you've been over the river, duck. Then you know where he went.",
        "surprised",
        "The player gave Maren her mule's brass tag from the shrine across the river.",
        keeps=True,
        trust=15,
        flags=("knows_ferry",),
        clues=("mule",),
    ),
    ("maren", "kettle"): Gift(
        "A kettle without a hole! I'll think of you whenever it whistles, duck.",
        "happy",
        "The player gave Maren a kettle.",
        keeps=True,
        trust=10,
    ),
    ("oswin", "letter"): Gift(
        "He lives. Then say the word, my child, and Old Margit shall tell all of Oakhollow.",
        "tender",
        "The player showed Oswin the letter: Tobias is alive in Varn.",
        trust=10,
        flags=("oswin_read_letter",),
    ),
    ("oswin", "sword"): Gift(
        "I know what it costs to lay one down. Thank you. It shall hold the door open.",
        "tender",
        "The player laid down a sword in the chapel.",
        keeps=True,
        trust=12,
        flags=("helped_chapel",),
    ),
    ("oswin", "salt pouch"): Gift(
        "So he told you too. Thirty sacks. It was never a lamp, and never the miller.",
        "sad",
        "The player showed Oswin the reeve's salt from the crypt.",
        trust=5,
    ),
}

_OFFER = re.compile(
    r"\b(here(’s|'s| is| are| you)|take (this|the|my)|have (this|my)|(i )?(give|show|hand|brought|bring|offer)|"
    r"look at|this is|for you|see this|read this)\b",
    re.I,
)
_REQUEST = re.compile(r"\b(give|show|hand|bring|lend|sell) (me|us)\b", re.I)


def offered(line: str, inventory: Iterable[str]) -> str | None:
    """The item that the player offers with a line; None where they offer none.

    ``"Here is the letter"`` and ``"I'll give you my old sword"`` offer; ``"Give me the letter"`` asks for one.
    """
    if not _OFFER.search(line) or _REQUEST.search(line):
        return None
    words = set(re.findall(r"\w+", line.lower()))
    named = [item for item in inventory if set(item.lower().split()) <= words]
    loosely = [item for item in inventory if item.lower().split()[-1] in words]
    return max(named or loosely, key=len, default=None)


def gift_of(stem: str, item: str) -> Gift | None:
    """What comes of giving `item` to a villager; None where they have no use for it."""
    return GIFTS.get((stem, item))
