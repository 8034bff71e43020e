"""Exchanges that the author wrote: what villagers say to each other in passing, and at the end of the story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import npcengine


@dataclass(frozen=True, slots=True)
class Part:
    """One line of one villager."""

    stem: str
    say: str
    emotion: npcengine.Emotion


@dataclass(frozen=True, slots=True)
class Visit:
    """A villager walks over to another, they exchange a few words, and it walks home again.

    Attributes:
        guest: Who walks.
        place: Where to.
        parts: What they say when the guest has arrived.
    """

    guest: str
    place: str
    parts: tuple[Part, ...]


VISITS = (
    Visit(
        "oswin",
        "landing",
        (
            Part("oswin", "A calm river to you, Aldo.", "tender"),
            Part("aldo", "Three to one it stays calm, Brother.", "amused"),
            Part("oswin", "I did not ask for odds.", "content"),
            Part("aldo", "No. You never ask me anything. I do wish you would.", "worried"),
        ),
    ),
    Visit(
        "maren",
        "forge",
        (
            Part("maren", "Your brother's at nine silver on my wall, Gerta.", "amused"),
            Part("gerta", "Then stop pouring, Maren.", "firm"),
            Part("maren", "And who would cheer him up? He's not laughed since the winter.", "worried"),
        ),
    ),
    Visit(
        "gerta",
        "inn",
        (
            Part("gerta", "Two pounds of nails. That's the stew paid till Sunday.", "content"),
            Part("maren", "I've nails for three coffins now, duck, and nobody dying.", "amused"),
            Part("gerta", "Midsummer's coming. Hask means to change that.", "worried"),
        ),
    ),
    Visit(
        "aldo",
        "street",
        (
            Part("aldo", "If anyone asks, I was never up here in daylight.", "amused"),
            Part("maren", "You owe me nine silver in any light, Aldo Holt.", "firm"),
        ),
    ),
)

SUMMONED = (
    Part("gerta", "What's burning? Nothing's burning.", "surprised"),
    Part("maren", "I left a pie in the oven for this, duck.", "firm"),
    Part("aldo", "Don't look at me. I was in my boat the whole time.", "afraid"),
)
"""When the bell rings and there is nothing to tell."""

ENDING_SCENES: Mapping[str, tuple[Part, ...]] = {
    "truth": (
        Part("aldo", "Gerta. The mill was me. I got Tobias out, and then I lit it.", "afraid"),
        Part("gerta", "I know whose lantern that was. I have known since the morning after.", "sad"),
        Part("aldo", "You knew? And you never said a word?", "surprised"),
        Part(
            "gerta", "I was waiting for you to. Come here, you wet idiot. We will stand before Hask together.", "tender"
        ),
    ),
    "mercy": (
        Part("oswin", "Tobias lives. I have here, in his own hand, that he forgives whoever did it.", "firm"),
        Part("maren", "Alive, and on my mule, the lot of you. There's no neck owed for an empty mill.", "happy"),
        Part("gerta", "Then there is nobody to hang. Let Hask read that, and choke on it.", "firm"),
        Part("aldo", "I will go to Varn. I will bring him home, if he will sit in my boat again.", "tender"),
    ),
    "iron": (
        Part("gerta", "Give it here. Iron forgets, if you make it hot enough.", "sad"),
        Part("gerta", "There. A hook, a lid, a letter A. By midsummer it will be hinges.", "tender"),
        Part("gerta", "He lives, my brother lives, and you never saw a lantern, traveller.", "firm"),
    ),
}
