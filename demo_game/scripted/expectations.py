"""Whether a game is as a script expects it; changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from demo_game.game import Game
from demo_game.world import REACH


def unmet(game: Game, expected: Mapping[str, Any]) -> list[str]:
    """What is not as expected, a line for each."""
    return [problem for name, value in expected.items() if (problem := _CHECKS[name](game, value))]


def _words(found: str, value: object) -> bool:
    """Whether one of the words, or the only one, is part of a text."""
    wanted = value if isinstance(value, list) else [value]
    return any(str(word).lower() in found.lower() for word in wanted)


def _reply(game: Game, value: object) -> str:
    reply = game.turn.text_heard if game.turn else ""
    return "" if _words(reply, value) else f"the reply has none of {value}: {reply!r}"


def _not_reply(game: Game, value: object) -> str:
    reply = game.turn.text_heard if game.turn else ""
    return f"the reply has one of {value}: {reply!r}" if _words(reply, value) else ""


def _heard(game: Game, value: object) -> str:
    return "" if _words(game.heard[0], value) else f"{value} was not understood: {game.heard[0]!r}"


def _trust(game: Game, value: Mapping[str, int]) -> str:
    low = [
        f"{stem} trusts {game.trust(stem)}, not {least}" for stem, least in value.items() if game.trust(stem) < least
    ]
    return ", ".join(low)


def _partner(game: Game, value: object) -> str:
    partner = game.talk.partner.stem if game.talk.partner else None
    return "" if partner == value else f"the player talks to {partner}"


def _at(game: Game, value: str) -> str:
    distance = game.world.player.distance(game.world.map.places[value])
    return "" if distance <= REACH else f"the player is {distance:.1f} tiles away from {value}"


def _same(name: str, found: Callable[[Game], object]) -> Callable[[Game, Any], str]:
    return lambda game, value: "" if found(game) == value else f"{name} is {found(game)!r}"


def _each(text: str, holds: Callable[[Game, str], bool], *, wanted: bool = True) -> Callable[[Game, Any], str]:
    def check(game: Game, value: Any) -> str:  # noqa: ANN401 - as the script gives it
        names = value if isinstance(value, list) else [value]
        wrong = [name for name in names if holds(game, name) != wanted]
        return f"{text} {', '.join(wrong)}" if wrong else ""

    return check


_CHECKS: Mapping[str, Callable[[Game, Any], str]] = {
    "reply": _reply,
    "not_reply": _not_reply,
    "heard": _heard,
    "knows": _each("the notebook lacks", lambda game, name: game.story.notebook.knows(name)),
    "not_knows": _each("the notebook has", lambda game, name: game.story.notebook.knows(name), wanted=False),
    "has": _each("the bag lacks", lambda game, name: game.story.has(name)),
    "not_has": _each("the bag holds", lambda game, name: game.story.has(name), wanted=False),
    "flag": _each("it does not hold that", lambda game, name: name in game.story.flags),
    "light": _each("no light burns at", lambda game, name: name in game.world.lights),
    "gold": _same("the purse", lambda game: game.story.gold),
    "gate_open": _same("the open gate", lambda game: game.world.gate_open),
    "crypt_open": _same("the open crypt", lambda game: game.world.crypt_open),
    "ending": _same("the ending", lambda game: game.story.ending),
    "notice": lambda game, value: "" if _words(game.notice, value) else f"the notice is {game.notice!r}",
    "trust": _trust,
    "partner": _partner,
    "at": _at,
}
