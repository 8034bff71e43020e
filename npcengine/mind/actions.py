"""Which declared action a player's line asks for, and whether it may happen now.

Conservative on purpose: a door that opens unasked is worse than one that must be asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from npcengine.conditions import parse_condition
from npcengine.mind.deed_meanings import DeedMeanings
from npcengine.mind.naming import Naming, name_arguments
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.requests import Deed, is_ahead, weigh
from npcengine.mind.wishes import Wish, wishes
from npcengine.mind.words import FILLER, words
from npcengine.persona import Action, Persona
from npcengine.types import ActionCall, Value, World

SURE_ENOUGH = 0.0
"""Logarithm of the odds from which on an action is asked for; figures in docs/experiments.md."""

_ROLE_OF = re.compile(r"\b(?:of|at|in|on|from|to|for|who|that|with)\b|,")
"""What follows in a role says where or what for, and is no form of address."""

_POINTING = frozenset({"it", "her", "him", "this", "that", "them", "these", "those", "one"})


@dataclass(frozen=True, slots=True)
class Request:
    """What a line asks for, whether or not the character may do it now."""

    action: Action
    call: ActionCall


def is_allowed(action: Action, persona: Persona, *, state: Mapping[str, Value], world: World) -> bool:
    """Whether `action` may happen now."""
    return action.when is None or parse_condition(action.when, persona.state.keys()).holds(state, world)


class Requests:
    """Finds requests for a character's actions; reads their declarations once.

    Args:
        persona: The character.
        embedder: Tells the meaning of texts. Without it, and for other languages than English, words alone decide.
    """

    def __init__(self, persona: Persona, embedder: SentenceEmbedder | None = None) -> None:
        self._deeds = tuple(Deed(action, persona.language) for action in persona.actions)
        self._language = persona.language
        self._known_as = _titles(persona)
        english = persona.language.startswith("en")
        self._meanings = DeedMeanings(self._deeds, embedder) if embedder and english and self._deeds else None

    def find(self, text: str, world: World) -> Request | None:
        """The one declared action that `text` asks for; None for no request, or when two would fit equally.

        Raises:
            BackendError: The embedder failed.
        """
        found = (self._find(wish, text, world) for wish in wishes(text, known_as=self._known_as))
        return next((request for request in found if request), None)

    def _find(self, wish: Wish, text: str, world: World) -> Request | None:
        namings = [self._naming(deed, wish, text, world) for deed in self._deeds]
        found = [deed.evidence(wish, naming) for deed, naming in zip(self._deeds, namings, strict=True)]
        if self._meanings:
            compared = self._meanings.compare(wish, text, namings, found)
            scores = [weigh(each) - SURE_ENOUGH if is_ahead(each) else 0.0 for each in compared]
        else:
            scores = [
                each.verb + each.named if deed.is_said_plainly(each, naming.words) else 0.0
                for deed, naming, each in zip(self._deeds, namings, found, strict=True)
            ]
        fitting = sorted(
            (score, index)
            for index, (deed, score) in enumerate(zip(self._deeds, scores, strict=True))
            if score > 0 and not deed.is_ruled_out(wish, namings[index].words)
        )
        if not fitting or (len(fitting) > 1 and fitting[-1][0] == fitting[-2][0]):
            return None
        best = fitting[-1][1]
        action = self._deeds[best].action
        return Request(action, ActionCall(action.name, namings[best].values))

    def _naming(self, deed: Deed, wish: Wish, text: str, world: World) -> Naming:
        """What a wish names; one that only points ("mend it") means what the rest of the line names."""
        naming = name_arguments(deed.action.args, wish.words, world, self._language)
        if naming.sureness or not _POINTING & set(wish.words):
            return naming
        around = name_arguments(deed.action.args, words(text), world, self._language)
        return replace(around, words=wish.words)


def _titles(persona: Persona) -> frozenset[str]:
    """Words by which a character is addressed."""
    role = _ROLE_OF.split(persona.role.lower(), maxsplit=1)[0]
    return frozenset(word for word in words(f"{persona.name} {role}") if len(word) > 2) - FILLER
