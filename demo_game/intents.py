"""Suggested things to say, for the wheel: what one might ask this villager now; knows no engine and no wheel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from demo_game.gifts import GIFTS
from demo_game.story import Story

MOST = 8
"""A wheel has room for so many."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One suggestion.

    Attributes:
        label: A few words on the wheel.
        line: What the player says.
        item: What they hand over or show with it; empty for words alone.
        leaves: Whether the talk ends with it.
    """

    label: str
    line: str
    item: str = ""
    leaves: bool = False


_QUESTIONS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    # label, line, and the clue after which it is not asked any more; the most urgent first
    "gerta": (
        ("Your lantern", "What did you find in the ashes of the mill?", "lantern"),
        ("Aldo's debt", "Does your brother owe anybody money?", "debt"),
        ("That night", "When did Aldo come to the fire that night?", "wet"),
        ("Was it Tobias?", "Was Tobias careless with a lamp?", "sober"),
        ("The fire", "What happened to the mill?", ""),
        ("The gate", "Please open the gate for me.", "carts"),
        ("A repair", "Can you repair my shield, please?", ""),
        ("The reeve", "When does the reeve come?", "notice"),
    ),
    "aldo": (
        ("The truth", "Who burned the mill, Aldo?", "truth"),
        ("Why?", "Why did Sella want the mill burned?", "order"),
        ("Tell Gerta", "Please come to the forge and tell Gerta the truth.", ""),
        ("The salt", "What did you carry to the mill by night?", "loft"),
        ("The dice", "How did you lose the forty silver?", "dice"),
        ("Your debt", "Do you owe somebody money?", "debt"),
        ("Cross over", "Please ferry me across the river.", "mule"),
        ("The fire", "What happened to the mill?", ""),
        ("A throw", "Let us play dice for a silver.", ""),
    ),
    "maren": (
        ("The letter", "Please give me the letter from Tobias.", "letter"),
        ("News of him", "Have you heard from Tobias?", "letter"),
        ("Your mule", "What happened to your mule?", "mule"),
        ("The back room", "Who played dice in your back room?", "dice"),
        ("Was he drunk?", "Was Tobias drunk that night?", "sober"),
        ("The salt", "Did quarry men pay you in salt?", "salt_coin"),
        ("An ale", "A mug of ale, please.", ""),
        ("A bed", "I would like a room for the night, please.", ""),
    ),
    "oswin": (
        ("Ring the bell", "Please ring the bell and call the village.", ""),
        ("The ferry", "What did you see from the tower at midnight?", "ferry"),
        ("The salt", "What lay in the mill's loft?", "loft"),
        ("The crypt", "Please open the crypt for me.", "loft"),
        ("Any bones?", "Did you find bones in the ashes?", "no_bones"),
        ("A confession", "Has somebody confessed to you?", "confession"),
        ("Aldo's candle", "Why does Aldo light a candle?", "candle"),
        ("The fire", "What did you see of the fire?", ""),
    ),
}  # fmt: skip
_NEEDS = {
    "Your lantern": "wet",
    "That night": "debt",
    "The truth": "flag:lantern_shown",
    "Why?": "flag:lantern_shown",
    "Tell Gerta": "truth",
    "The letter": "mule",
    "News of him": "sober",
    "Ring the bell": "flag:oswin_read_letter",
    "The back room": "debt",
    "The dice": "debt",
}
"""What must be known, or true, before a question is suggested."""

_ANYBODY = (("Who are you?", "Who are you?", ""), ("The mill", "What happened to the mill?", ""))
_GOODBYE = Intent("Goodbye", "Goodbye, and thank you.", leaves=True)


def intents(stem: str, story: Story) -> list[Intent]:
    """At most `MOST` suggestions for a talk with a villager, the most urgent first and goodbye last."""
    gifts = [
        Intent(f"The {item}", f"Look at this {item}." if not gift.keeps else f"Here, take this {item}.", item)
        for (who, item), gift in GIFTS.items()
        if who == stem and story.has(item) and f"gave.{stem}.{item}" not in story.counts
    ]
    asked = [Intent(label, line) for label, line in _open_questions(_QUESTIONS.get(stem, _ANYBODY), story)]
    return [*(*gifts[:3], *asked)[: MOST - 1], _GOODBYE]


def _open_questions(questions: Iterable[tuple[str, str, str]], story: Story) -> Iterable[tuple[str, str]]:
    for label, line, answered_by in questions:
        if answered_by and story.notebook.knows(answered_by):
            continue
        needed = _NEEDS.get(label, "")
        kind, _, flag = needed.partition(":")
        if not needed or (flag in story.flags if kind == "flag" else story.notebook.knows(needed)):
            yield label, line
