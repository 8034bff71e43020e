"""The pieces of the mystery: who tells each of them, where it can be found, and which tale it disproves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clue:
    """One piece.

    Attributes:
        name: What the game calls it.
        thread: The heading in the notebook below which it stands.
        text: What the player knows from then on.
        told_by: Facts of character files, ``stem.id``: whoever tells one of them gives the clue.
        disproves: Facts, told as true, that are crossed out in the notebook once the clue is known.
    """

    name: str
    thread: str
    text: str
    told_by: frozenset[str] = frozenset()
    disproves: frozenset[str] = frozenset()


FIRE, MILLER, FERRYMAN, SALT = "The fire", "Tobias the miller", "Aldo", "The salt"
THREADS = (FIRE, MILLER, FERRYMAN, SALT)


def _clue(name: str, thread: str, text: str, told_by: str = "", disproves: str = "") -> Clue:
    return Clue(name, thread, text, frozenset(told_by.split()), frozenset(disproves.split()))


CLUES = {
    clue.name: clue
    for clue in (
        _clue(
            "notice",
            FIRE,
            "Reeve Hask comes at midsummer to hang whoever burned the mill.",
            "gerta.reeve maren.reeve oswin.reeve",
        ),
        _clue("no_bones", FIRE, "Nobody died in the mill: there were no bones.", "oswin.no_bones"),
        _clue(
            "lantern",
            FIRE,
            "Gerta found Aldo's lantern in the ashes.",
            "gerta.lantern",
            "aldo.lantern_story",
        ),
        _clue("order", FIRE, "Sella of the bandits ordered the mill burned.", "aldo.the_order"),
        _clue("truth", FIRE, "Aldo got Tobias out, then burned the empty mill himself.", "aldo.the_fire"),
        _clue("confession", FIRE, "Somebody has confessed to Oswin.", "oswin.confession"),
        _clue(
            "sober",
            MILLER,
            "Tobias was sober and careful: it was no forgotten lamp.",
            "maren.tobias_sober gerta.tobias_careful",
            "maren.rumour aldo.mill_fire",
        ),
        _clue(
            "mule",
            MILLER,
            "Tobias left before the fire, on Maren's mule.",
            "maren.mule_given",
            "maren.mule_strayed",
        ),
        _clue(
            "ferry",
            MILLER,
            "At midnight the ferry took two men and a mule over. One man came back.",
            "oswin.ferry_midnight",
        ),
        _clue("letter", MILLER, "Tobias lives in Varn. He holds nothing against “the boy”.", "maren.letter"),
        _clue("debt", FERRYMAN, "Aldo owes the bandits forty silver.", "gerta.aldo_debt aldo.own_debt"),
        _clue(
            "dice", FERRYMAN, "He lost it to Crake at dice, in Maren's back room.", "aldo.dice_night maren.dice_night"
        ),
        _clue("loaded", FERRYMAN, "Crake's dice are loaded."),
        _clue("wet", FERRYMAN, "Aldo was wet to the knees before the first bucket.", "gerta.aldo_wet"),
        _clue("candle", FERRYMAN, "Since the winter Aldo lights a candle every week.", "oswin.aldo_candle"),
        _clue("carts", SALT, "Bandits robbed the reeve's salt carts in autumn.", "maren.salt_carts"),
        _clue("salt_coin", SALT, "Quarry men paid in salt, right up to the fire.", "maren.salt_coin"),
        _clue("loft", SALT, "The stolen salt lay in the mill's loft.", "aldo.night_runs oswin.salt"),
    )
}


def clues_of(fact: str) -> list[Clue]:
    """The clues that a told fact (``stem.id``) gives."""
    return [clue for clue in CLUES.values() if fact in clue.told_by]
