"""Things in the village that the player can use, and what comes of it; knows no window and no engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from demo_game.notebook import Entry
from demo_game.story import Story
from demo_game.world import REACH, World


@dataclass(frozen=True, slots=True)
class Thing:
    """Something one can use.

    Attributes:
        place: Where it is, a place of the map.
        verb: What using it is called.
        shown: What the player reads.
        again: What they read the next time.
        clues: Pieces of the mystery that it gives.
        gains: What the player takes along.
        price: Silver that it costs.
        flag: What is true from now on.
        light: The lamp that is lit.
        told: What a villager is told of it: stem and sentence.
        trust: Trust of whoever is told that is won.
        needs: What must hold before it can be used: ``crypt`` open, or the ferry on the ``east`` bank.
    """

    place: str
    verb: str
    shown: str
    again: str
    clues: tuple[str, ...] = ()
    gains: str = ""
    price: int = 0
    flag: str = ""
    light: str = ""
    told: tuple[str, str] = ("", "")
    trust: int = 0
    needs: Literal["", "crypt", "east"] = ""


THINGS: Mapping[str, Thing] = {
    "notice": Thing(
        "board",
        "Read the notice",
        "“At midsummer I hang whoever burned the lord's mill. Hask, reeve.”",
        "The reeve's notice. Somebody has drawn a gallows below it, with flowers.",
        clues=("notice",),
    ),
    "ashes": Thing(
        "mill",
        "Search the ashes",
        "Burned beams. Not a bone anywhere, and a grey crust on what was the loft: salt.",
        "Ash and salt. The river goes by as if nothing had happened.",
        clues=("no_bones",),
        flag="saw_salt",
    ),
    "cart": Thing(
        "cart",
        "Look into the wreck",
        "One of the reeve's salt carts, empty. Under the seat lies a die. It always falls on six.",
        "The wreck of a salt cart. Grass grows through the wheels.",
        clues=("carts", "loaded"),
        gains="loaded die",
    ),
    "shrine": Thing(
        "shrine",
        "Look at the wayside shrine",
        "A brass tag hangs here on a thread, as thanks for a safe crossing. It says BISHOP.",
        "The shrine at the road to Varn. The candle stubs are from last winter.",
        gains="mule tag",
    ),
    "candle": Thing(
        "chapel",
        "Light a candle for one silver",
        "The candle burns. Oswin nods to you.",
        "Your candle burns beside another that somebody lights every week.",
        price=1,
        flag="helped_chapel",
        light="candle",
        told=("oswin", "The player lit a candle in the chapel and paid for it."),
        trust=10,
    ),
    "boat": Thing("east", "Step aboard for the way back", "The fare is there and back.", "", needs="east"),
    "crypt": Thing(
        "crypt",
        "Go down into the crypt",
        "A bandit with a mended leg gives you a pouch of salt with the reeve's seal. “From the mill's loft.”",
        "The bandit is asleep. He snores like an honest man.",
        clues=("loft",),
        gains="salt pouch",
        needs="crypt",
    ),
}


def usable(world: World) -> Iterator[str]:
    """Names of all things that can be used as the world is now."""
    holds = {"": True, "crypt": world.crypt_open, "east": world.ferry.progress == 1.0}
    return (name for name, thing in THINGS.items() if holds[thing.needs])


def thing_near(world: World) -> str | None:
    """The thing that the player can use from where they stand; None where there is nothing."""
    places = {name: world.map.places[THINGS[name].place] for name in usable(world)}
    near = min(places, key=lambda name: world.player.distance(places[name]), default=None)
    return near if near is not None and world.player.distance(places[near]) <= REACH - 1.0 else None


def use(name: str, story: Story, world: World) -> tuple[str, list[Entry]]:
    """The player uses a thing; gives the line to read and what was learnt."""
    thing = THINGS[name]
    if f"used_{name}" in story.flags:
        return thing.again, []
    if thing.price > story.gold:
        return f"You cannot pay {thing.price} silver.", []
    story.gold -= thing.price
    story.flags.add(f"used_{name}")
    if thing.flag:
        story.flags.add(thing.flag)
    if thing.light:
        world.lights.add(thing.light)
    if thing.gains:
        story.gain(thing.gains)
    return thing.shown, [entry for clue in thing.clues if (entry := story.find(clue))]
