"""A mood as a value: what moves a character, how it dies away, what shows of it; knows no clock and no character."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from npcengine.mind.notes import Note
from npcengine.mind.ordinary_words import word_set
from npcengine.types import EMOTIONS, Emotion

HALF_LIFE_S = 30.0
"""After so many seconds of the game's time, half of a mood is left."""

SHOWN = 0.25
"""A weaker mood does not show: the character is back at rest."""

BY_REPLY = 0.5
BY_GIFT = 0.6
BY_INSULT = 0.9
"""How much these move a character, 0–1: what it says itself shows for half a minute, an insult for a whole one."""

_INSULTS = word_set(
    """
    arse ass bastard brat buffoon cheat clown coward cretin crook cur dog dolt donkey dullard fool fraud hag idiot
    imbecile liar loser maggot moron oaf pig rat scoundrel scum slob snake swine thief toad traitor twit vermin villain
    weasel witch worm wretch disgusting dumb filthy hideous pathetic repulsive stupid ugly useless vile worthless
    """
)
_INSULT = re.compile(
    r"\byou(?:'re| are)? (?:(?:a|an|such|just|nothing|but|so|all|really|old|little|the|most) )*"
    rf"(?:{'|'.join(sorted(_INSULTS))})\b"
    r"|\bi (?:hate|despise|loathe) you\b|^shut up\b|\byou make me sick\b|^(?:damn|curse) you\b|\bgo to hell\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|never|n't|nobody|if|who says|did|say|said|called)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mood:
    """What a character feels beside its resting emotion.

    Attributes:
        emotion: What moved it last; None at rest.
        strength: 0–1.
    """

    emotion: Emotion | None = None
    strength: float = 0.0

    def after(self, seconds: float) -> Mood:
        """So many seconds later."""
        left = self.strength * 0.5 ** (max(0.0, seconds) / HALF_LIFE_S)
        return Mood(self.emotion, left) if left >= SHOWN else Mood()

    def moved(self, emotion: Emotion, strength: float) -> Mood:
        """Moved by something: the same feeling grows, another one takes its place."""
        before = self.strength if emotion == self.emotion else 0.0
        return Mood(emotion, min(1.0, before + strength))

    def shown(self, resting: Emotion) -> Emotion:
        """What it feels now, `resting` when nothing is left."""
        return self.emotion if self.emotion and self.strength >= SHOWN else resting

    def to_json(self) -> dict[str, Any]:
        """Plain data for a save file."""
        return {"emotion": self.emotion, "strength": self.strength}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Mood:
        """The mood that `to_json` wrote.

        Raises:
            TypeError: It has another form.
        """
        emotion, strength = data.get("emotion"), data.get("strength", 0.0)
        is_number = isinstance(strength, int | float) and not isinstance(strength, bool)
        if not is_number or not 0.0 <= strength <= 1.0 or (emotion is not None and emotion not in EMOTIONS):
            raise TypeError(f"a mood must be an emotion and a strength from 0 to 1, and it is {dict(data)!r}")
        return cls(emotion, float(strength))


def moved_by(said: str, learnt: Sequence[Note]) -> tuple[Emotion, float] | None:
    """How a line of the player, and what was learnt from it, moves a character; None when it does not."""
    line = said.replace("’", "'")
    insult = _INSULT.search(line)
    if insult and not _DENIED.search(line[: insult.start()]):
        return "angry", BY_INSULT
    return ("happy", BY_GIFT) if any(note.kind == "gift" for note in learnt) else None
