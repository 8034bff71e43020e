"""What is true in the village, and what a character's action changes in it; knows no window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import npcengine

START_GOLD = 12
START_INVENTORY = ("sword", "shield", "kettle")
MENU = ("ale", "cider", "stew", "bread", "pie")
REMEDIES = ("honey salve", "willow tea", "sage balm")


@dataclass(frozen=True, slots=True)
class Effect:
    """What one action does.

    Attributes:
        shown: The line the player reads; ``{npc}`` and the action's arguments are filled in.
        told: What the character then knows.
        price: Silver the player pays.
        gains: What the player is handed; ``{…}`` names an argument.
        loses: What leaves the player's hands.
        flag: What is true from now on.
    """

    shown: str
    told: str
    price: int = 0
    gains: str = ""
    loses: str = ""
    flag: str = ""


EFFECTS: Mapping[str, Effect] = {
    "open_gate": Effect("{npc} opens the gate.", "The village gate stands open now.", flag="gate_open"),
    "repair": Effect("{npc} mends your {item} for five silver.", "{npc} repaired the player's {item}.", price=5),
    "give_lantern": Effect(
        "{npc} hands you a burned lantern.", "{npc} gave the player Aldo's burned lantern.", gains="lantern"
    ),
    "ferry_across": Effect(
        "{npc} ferries you over the Wend.", "{npc} took the player across the river.", price=1, flag="crossed"
    ),
    "play_dice": Effect("{npc} throws the dice with you. You lose a silver.", "{npc} won a silver at dice.", price=1),
    "confess": Effect(
        "{npc} goes up to the forge to tell Gerta everything.", "{npc} told Gerta the truth.", flag="confessed"
    ),
    "rent_room": Effect("{npc} gives you a bed for two silver.", "The player rented a room for the night.", price=2),
    "serve": Effect(
        "{npc} serves you {dish} for one silver.", "{npc} served the player {dish}.", price=1, flag="bought_ale"
    ),
    "give_letter": Effect("{npc} hands you a letter.", "{npc} gave the player the letter from Varn.", gains="letter"),
    "heal": Effect("{npc} tends your wounds.", "{npc} tended the player's wounds."),
    "ring_bell": Effect("{npc} rings the chapel bell.", "The bell has called the village together.", flag="bell_rung"),
    "open_crypt": Effect("{npc} unlocks the crypt.", "The crypt stands open now.", flag="crypt_open"),
}
TAKEN = Effect("You hand {npc} your {item}.", "The player gave {npc} the {item}.", loses="{item}")
GIVEN = Effect("{npc} gives you {item}.", "{npc} gave the player {item}.", gains="{item}")


@dataclass(slots=True)
class Village:
    """The little world that the characters' actions change."""

    gold: int = START_GOLD
    inventory: list[str] = field(default_factory=lambda: list(START_INVENTORY))
    flags: set[str] = field(default_factory=set)

    @property
    def gate_open(self) -> bool:
        """Whether the village gate stands open."""
        return "gate_open" in self.flags

    def share(self, engine: npcengine.Engine, npcs: list[npcengine.Npc]) -> None:
        """Lets all characters know: the world's values, and what each one's own conditions read."""
        engine.world["gold"] = self.gold
        engine.world["gate_open"] = self.gate_open
        engine.world["inventory"] = self.inventory
        engine.world["menu"] = MENU
        engine.world["remedies"] = REMEDIES
        for npc in npcs:
            if "gold" in npc.state:
                npc.state["gold"] = self.gold
            for flag in self.flags & set(npc.state):
                npc.state[flag] = True

    def apply(self, npc_name: str, action: str, args: Mapping[str, str]) -> tuple[str, str]:
        """Carries out an action; returns the line the player reads and the one the character is told."""
        effect = self._effect(action, args)
        words = {"npc": npc_name.split(maxsplit=1)[0], **args}
        shown, told, gains, loses = (
            _fill(text, words) for text in (effect.shown, effect.told, effect.gains, effect.loses)
        )
        if effect.price > self.gold:
            return f"You cannot pay {effect.price} silver.", "The player could not pay, so nothing came of it."
        self.gold -= effect.price
        if gains and gains not in self.inventory:
            self.inventory.append(gains)
        if loses in self.inventory:
            self.inventory.remove(loses)
        if effect.flag:
            self.flags.add(effect.flag)
        if loses == "lantern":
            self.flags.add("lantern_shown")
        return shown, told

    def _effect(self, action: str, args: Mapping[str, str]) -> Effect:
        """The effect of an action; one this game does not know changes nothing but is shown all the same."""
        if action == "give_item":
            return TAKEN if args.get("item") in self.inventory else GIVEN
        plain = " ".join([action.replace("_", " "), *args.values()])
        return EFFECTS.get(action) or Effect(f"{{npc}}: {plain}.", f"{{npc}} did this: {plain}.")


def _fill(text: str, words: Mapping[str, str]) -> str:
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text
