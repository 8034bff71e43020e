"""Which declared action a player's line asks for, decided by rules alone; knows no model.

Conservative on purpose: a door that opens unasked is worse than one that must be asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from npcengine.conditions import parse_condition
from npcengine.mind.words import FILLER, stems_of, words
from npcengine.persona import Action, Persona
from npcengine.types import ActionCall, Value, World

NO_VALUE = "none"
"""An argument that the player's line does not name."""

_SAME_DEED = tuple(
    frozenset(group.split())
    for group in (
        "repair fix mend restore patch", "open unlock unbar unseal raise", "close shut lock bar seal",
        "give hand pass lend grant", "sell buy purchase trade", "follow accompany join", "heal cure treat tend bandage",
        "attack fight kill strike", "teach train instruct", "wait stay halt", "lead guide escort", "show reveal",
        "forge make craft smith", "sharpen hone whet grind", "summon call fetch", "leave depart", "help assist aid",
        "start begin", "stop cease", "rent hire", "serve pour bring", "play perform", "sing chant", "free release",
        "bless sanctify", "pay reward", "sit rest", "light kindle ignite",
    )
)  # fmt: skip
"""Verbs that ask for the same thing."""

_SENTENCE = re.compile(r"[.!?;]+|\band then\b")
_COURTESY = re.compile(
    r"^(?:(?:please|hey|hi|hello|oi|so|well|then|now|ok|okay|alright|yes|and|but|good|kind|dear|sir|madam|friend)\b"
    r"[ ,]*)+"
)
_ASKING = re.compile(
    r"^(?:(?:can|could|would|will|won't|can't|couldn't) you(?: please| kindly| just| maybe)*"
    r"|(?:i(?:'d| would) (?:like|love|want|need)|i (?:want|need)) you to|i beg(?: of)? you(?: to)?"
    r"|be so kind as to|do me a favou?r and|go ahead and|just|please|kindly) +"
)
_HAVING = re.compile(r"^i(?:'d| would)? ?(?:like|want|need)(?: to have| to get)? (?P<thing>.+?) (?P<deed>\w+ed)$")
_VAGUE = frozenset({"again", "away", "back", "me", "right", "stuff", "thing", "up", "us"})
"""Objects of a request that name nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a line asks for, whether or not the character may do it now."""

    action: Action
    call: ActionCall


def pick_action(persona: Persona, text: str, *, state: Mapping[str, Value], world: World) -> ActionCall | None:
    """The action that `text` asks for and that may happen now, with its arguments; None when in doubt."""
    request = find_request(persona, text, world)
    return request.call if request and is_allowed(request.action, persona, state=state, world=world) else None


def is_allowed(action: Action, persona: Persona, *, state: Mapping[str, Value], world: World) -> bool:
    """Whether `action` may happen now."""
    return action.when is None or parse_condition(action.when, persona.state.keys()).holds(state, world)


def find_request(persona: Persona, text: str, world: World) -> Request | None:
    """The one declared action that `text` asks for; None for no request, or when two would fit equally."""
    requests = (_find_in(sentence, persona, world) for sentence in _SENTENCE.split(_plain(text)))
    return next((request for request in requests if request), None)


def _find_in(sentence: str, persona: Persona, world: World) -> Request | None:
    asked = _request_words(persona, sentence)
    if not asked:
        return None
    fitting = []
    for action in persona.actions:
        args = _arguments(action, asked, persona.language, world)
        if score := _fit(action, asked, args, persona.language):
            fitting.append((score, Request(action, ActionCall(action.name, args))))
    best = max((score for score, _ in fitting), default=0)
    winners = [request for score, request in fitting if score == best]
    return winners[0] if len(winners) == 1 else None


def _plain(text: str) -> str:
    return text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _request_words(persona: Persona, sentence: str) -> tuple[str, ...]:
    """The words of a request, its verb first. What requests nothing begins with another kind of word."""
    said = " ".join(sentence.split()).strip(" ,")
    names = "|".join(re.escape(name) for name in (persona.name.lower(), *persona.name.lower().split()))
    said = re.sub(rf"[ ,]*(?:please|now|thanks|thank you|\b(?:{names}))*$", "", said)
    for _ in range(2):  # "please, Gerta, could you …" as well as "Gerta, please …"
        said = re.sub(rf"^(?:{names})\b[ ,]*", "", _COURTESY.sub("", said))
    if wish := _HAVING.match(said):
        said = f"{wish['deed']} {wish['thing']}"
    return words(_ASKING.sub("", said))


def _fit(action: Action, asked: tuple[str, ...], args: Mapping[str, str], language: str) -> int:
    """How well a request fits an action: 0 not at all, 1 by its verb alone, 2 by verb and object."""
    verb, *objects = stems_of((asked[0], *(word for word in asked[1:] if word not in FILLER)), language)
    name = stems_of(action.name.lower().split("_"), language)
    if verb not in _deeds(name[0], action, language):
        return 0
    if not set(objects) - set(stems_of(_VAGUE, language)):
        return 1
    kinds = stems_of((*action.args, *action.args.values()), language)
    nouns = set(name[1:]) - set(kinds)
    if nouns:
        return 2 if nouns <= set(objects) else 0
    if any(value != NO_VALUE for value in args.values()):
        return 2
    described = set(stems_of(words(action.description), language))
    return 1 if set(objects) <= described else 0


def _deeds(verb: str, action: Action, language: str) -> set[str]:
    """The stems of all verbs that ask for `action`."""
    own = {verb, *stems_of(words(action.description)[:1], language)}
    groups = (set(stems_of(group, language)) for group in _SAME_DEED)
    return own.union(*(group for group in groups if verb in group))


def _arguments(action: Action, asked: tuple[str, ...], language: str, world: World) -> dict[str, str]:
    """A value for each argument, out of its registry, each value once; "none" where the line names none."""
    said = stems_of(asked, language)
    chosen: dict[str, str] = {}
    for argument, registry in action.args.items():
        named = [
            value
            for value in _registry(world, registry)
            if value not in chosen.values() and _names(said, value, language)
        ]
        chosen[argument] = max(named, key=len, default=NO_VALUE)
    return chosen


def _registry(world: World, name: str) -> tuple[str, ...]:
    values = world.get(name, ())
    return tuple(map(str, values)) if isinstance(values, (tuple, list, set, frozenset)) else ()


def _names(said: tuple[str, ...], value: str, language: str) -> bool:
    """Whether the words of `value` stand in the line, in order and side by side."""
    parts = stems_of(words(value.replace("_", " ")), language)
    return bool(parts) and any(said[start : start + len(parts)] == parts for start in range(len(said) - len(parts) + 1))
