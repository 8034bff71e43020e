"""What a villager's action does: its price, what changes hands, and what can be seen to change; knows no engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import npcengine
from demo_game.notebook import Entry
from demo_game.story import Story
from demo_game.world import World

Change = Literal["", "gate", "crypt", "bell", "ferry", "dice", "confess"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one action does; ``{npc}`` and the action's arguments are filled in.

    Attributes:
        shown: The line the player reads.
        told: What the character then knows.
        price: Silver the player pays.
        gains: What the player is handed.
        loses: What leaves the player's hands.
        flag: What is true from now on.
        light: The lamp or fire that is lit.
        change: What else changes in the world.
        trust: Trust that is won, the first time.
        say: The author's words for the villager while it does it; empty leaves it to what it was about to say.
        emotion: How they are said.
    """

    shown: str
    told: str
    price: int = 0
    gains: str = ""
    loses: str = ""
    flag: str = ""
    light: str = ""
    change: Change = ""
    trust: int = 0
    say: str = ""
    emotion: npcengine.Emotion = "neutral"


EFFECTS: Mapping[str, Effect] = {
    "open_gate": Effect(
        "{npc} opens the gate.", "The village gate stands open now.", flag="gate_open", change="gate",
        say="There. Go through, and mind the hinge. It's a good hinge.", emotion="content",
    ),
    "repair": Effect(
        "{npc} mends your {item} for five silver.", "{npc} repaired the player's {item}.",
        price=5, gains="mended {item}", loses="{item}", light="forge", trust=8,
        say="Done. Hit something harder next time, and it will still be whole.", emotion="content",
    ),
    "give_lantern": Effect(
        "{npc} hands you a burned lantern.", "{npc} gave the player Aldo's burned lantern.", gains="lantern",
        say="Take it, then. I've sat on it long enough. Ask him. I never could.", emotion="sad",
    ),
    "ferry_across": Effect(
        "{npc} ferries you over the Wend.", "{npc} took the player across the river.", price=1, flag="crossed",
        change="ferry", trust=4, say="All aboard, friend. Hold on to something that floats.", emotion="happy",
    ),
    "play_dice": Effect(
        "{npc} throws the dice with you.", "{npc} threw dice with the player.", change="dice", trust=5,
        say="Throw, friend. These are honest bones. I made sure of that, this time.", emotion="amused",
    ),
    "confess": Effect(
        "{npc} sets out for the forge to tell Gerta everything.", "{npc} goes to tell Gerta the truth.",
        flag="confessed", change="confess",
        say="All right. Walk with me, friend, before I think better of it.", emotion="afraid",
    ),
    "rent_room": Effect(
        "{npc} gives you a bed for two silver, and lights the lamp in your window.",
        "The player rented a room for the night.", price=2, flag="has_room", light="inn", trust=8,
        say="Second door up the stairs, duck. I've put a lamp in your window.", emotion="happy",
    ),
    "serve": Effect(
        "{npc} serves you {dish} for one silver.", "{npc} served the player {dish}.", price=1, flag="bought_ale",
        trust=8, say="There you are, duck. Now you're a guest, and guests get the news.", emotion="happy",
    ),
    "give_letter": Effect(
        "{npc} hands you a letter.", "{npc} gave the player the letter from Varn.", gains="letter",
        say="Here, duck. Read it, and then tell me which boy he means.", emotion="tender",
    ),
    "heal": Effect(
        "{npc} tends your wounds.", "{npc} tended the player's wounds.", light="chapel", trust=3,
        say="Hold still. It stings because it works.", emotion="tender",
    ),
    "ring_bell": Effect(
        "{npc} rings the chapel bell.", "The bell has called the village together.", flag="bell_rung", change="bell",
        say="Then let them come, all of them. Hear how she lisps.", emotion="firm",
    ),
    "open_crypt": Effect(
        "{npc} unlocks the crypt.", "The crypt stands open now.", flag="crypt_open", change="crypt",
        say="Mind the steps, my child. And whomever you meet below, pity him.", emotion="worried",
    ),
}  # fmt: skip
TAKEN = Effect("You hand {npc} your {item}.", "The player gave {npc} the {item}.", loses="{item}")
GIVEN = Effect(
    "{npc} gives you {item}.",
    "{npc} gave the player {item}.",
    gains="{item}",
    trust=3,
    say="Use it sparingly, and bring back the jar.",
    emotion="content",
)

ADDED_CLUES: Mapping[str, str] = {"lantern": "lantern", "letter": "letter"}
"""What the player knows once they hold an item."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an action.

    Attributes:
        shown: The line the player reads.
        told: What the character then knows.
        done: Whether anything happened.
        trust: Trust that was won.
        change: What else must happen now that needs the whole game.
        learnt: New entries of the notebook.
        say: The author's words for it; empty where there are none.
        emotion: How they are said.
    """

    shown: str
    told: str
    done: bool = True
    trust: int = 0
    change: Change = ""
    learnt: list[Entry] = field(default_factory=list)
    say: str = ""
    emotion: npcengine.Emotion = "neutral"


def effect_of(action: str) -> Effect:
    """The effect of an action; one this game does not know changes nothing but is shown all the same."""
    if action == "give_item":
        return GIVEN
    if action == "take_item":
        return TAKEN
    plain = action.replace("_", " ")
    return EFFECTS.get(action) or Effect(f"{{npc}}: {plain}.", f"{{npc}} did this: {plain}.")


def carry_out(action: str, npc: str, args: Mapping[str, str], story: Story, world: World) -> Outcome:
    """Carries out an action on story and world.

    Args:
        action: Its name in the character file.
        npc: First name of the villager.
        args: The action's arguments; one that is missing or ``"none"`` is no item.
        story: Changed.
        world: Changed.
    """
    effect = effect_of(action)
    words = {"npc": npc, "item": "things", "dish": "a meal", **{k: v for k, v in args.items() if v != "none"}}
    price = min(effect.price, story.gold) if effect.change == "ferry" else effect.price  # he takes friends for nothing
    if price > story.gold:
        return Outcome(f"You cannot pay {price} silver.", "The player could not pay.", done=False)
    shown, told, gains, loses = (_fill(text, words) for text in (effect.shown, effect.told, effect.gains, effect.loses))
    if loses and not story.has(loses):
        return Outcome(f"You have no {loses}.", f"The player has no {loses}.", done=False)
    if effect.change == "ferry" and world.ferry.moving:
        return Outcome("The ferry is on its way.", "The ferry is on its way.", done=False)
    story.gold -= price
    story.lose(loses)
    if gains:
        story.gain(gains)
    if effect.flag:
        story.flags.add(effect.flag)
    if effect.light:
        world.lights.add(effect.light)
    if effect.change == "dice":
        shown = _throw_dice(story, npc)
    found = story.find(ADDED_CLUES.get(gains, ""))
    trust = effect.trust if story.first_time(f"did.{npc}.{action}") else 0
    return Outcome(
        shown,
        told,
        trust=trust,
        change=_change(effect.change, world),
        learnt=[found] if found else [],
        say=effect.say,
        emotion=effect.emotion,
    )


def _change(change: Change, world: World) -> Change:
    """Changes what is the world's alone."""
    if change == "gate":
        world.gate_open = True
    elif change == "crypt":
        world.crypt_open = True
    elif change == "bell":
        world.ring()
    return change


def _throw_dice(story: Story, npc: str) -> str:
    """The player loses twice and then wins, so that luck is the same in every game."""
    story.counts["dice"] += 1
    wins = story.counts["dice"] % 3 == 0
    story.gold += 1 if wins else -1
    return f"{npc} throws the dice with you. You {'win' if wins else 'lose'} a silver."


def _fill(text: str, words: Mapping[str, str]) -> str:
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text
