"""How the story can end, and what each end takes: facts, things and trust from several people, never one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from demo_game.story import Story


@dataclass(frozen=True, slots=True)
class Ending:
    """An end.

    Attributes:
        title: Its heading on the last page.
        text: What became of everybody.
        gathers: Where which villager walks before the last scene.
    """

    title: str
    text: tuple[str, ...]
    gathers: Mapping[str, str]


ENDINGS: Mapping[str, Ending] = {
    "truth": Ending(
        "The truth, at the forge",
        (
            "Aldo told his sister, and at midsummer both of them told the reeve.",
            "Sella's salt was found where Aldo said. Hask got thirty sacks back and had to be content with that.",
            "Aldo rows for the lord three years without pay. He sleeps well.",
        ),
        {"aldo": "forge"},
    ),
    "mercy": Ending(
        "The bell of Oakhollow",
        (
            "The cracked bell called everybody, and Oswin read out a dead man's letter.",
            "A mill can be built again. By harvest it was, with the whole village carrying beams.",
            "Tobias came home on Maren's mule. He has never asked who lit it.",
        ),
        {"oswin": "green", "gerta": "board", "maren": "well", "aldo": "street"},
    ),
    "iron": Ending(
        "Iron forgets",
        (
            "The lantern went into the fire, and with it all that could be proved.",
            "Hask hanged nobody that summer, and nobody in Oakhollow ever spoke of it.",
            "Aldo still lights a candle every week. Gerta still does not ask.",
        ),
        {},
    ),
}


def bell_tells_all(story: Story) -> bool:
    """Whether ringing the bell ends the story: Oswin has read the letter, and how and why are known."""
    knows = story.notebook.knows
    how, why = knows("mule") or knows("ferry"), knows("loft") or knows("order")
    return story.has("letter") and "oswin_read_letter" in story.flags and how and why


def iron_forgets(story: Story) -> bool:
    """Whether giving Gerta the lantern back ends the story: she knows that Tobias lives."""
    return story.has("lantern") and "gerta_read_letter" in story.flags
