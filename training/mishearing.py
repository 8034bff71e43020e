"""What becomes of a question on its way: words of the same sound and slips of the finger; knows no world, no model."""

from __future__ import annotations

import random

from npcengine.mind.same_sound import SAME_SOUND

_VOWELS = "aeiou"


def misheard(question: str, chance: random.Random) -> str:
    """A question as it may arrive: one or two of its words replaced, misspelt or split; often as it stands."""
    said = question.split()
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        at = chance.randrange(len(said))
        said[at] = _other(said[at], chance)
    return " ".join(word for word in said if word) or question


def _other(word: str, chance: random.Random) -> str:
    core = word.lower().strip("?.,!'")
    if core in SAME_SOUND and chance.random() < 0.7:
        return chance.choice(SAME_SOUND[core])
    if len(core) < 4:
        return word
    return _slip(core, chance) or word


def _slip(word: str, chance: random.Random) -> str:
    """A word misspelt in one of several ways; empty where the way does not suit it."""
    at = chance.randrange(1, len(word) - 1)
    slipped = ""
    match chance.randrange(5):
        case 0:  # two letters change places
            slipped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:  # one is missing
            slipped = word[:at] + word[at + 1 :]
        case 2:  # a vowel is another
            if places := [place for place, letter in enumerate(word) if letter in _VOWELS]:
                at = chance.choice(places)
                slipped = word[:at] + chance.choice(_VOWELS) + word[at + 1 :]
        case 3 if len(word) > 5 and 2 <= at <= len(word) - 2:  # it is heard as two
            slipped = f"{word[:at]} {word[at:]}"
    return slipped
