"""Which declared action a player's line asks for, by its form, its words and, with an embedder, its meaning.

Conservative on purpose: a door that opens unasked is worse than one that must be asked for again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz

from npcengine.conditions import parse_condition
from npcengine.mind.deeds import converse, like_deeds, opposite_deeds
from npcengine.mind.protocol import Embeddings, SentenceEmbedder
from npcengine.mind.sounding import is_meant
from npcengine.mind.wishes import Form, Wish, wishes
from npcengine.mind.words import FILLER, stems_of, words
from npcengine.persona import Action, Persona
from npcengine.types import ActionCall, Value, World

NO_VALUE = "none"

@dataclass(frozen=True, slots=True)
class Evidence:
    verb: float
    verb_like: float
    opposite: bool
    noun: float
    stray: int
    arg: float
    cos: float
    form: Form

def evidence(persona, wish, action, world, embedder, text):
    language = persona.language
    args, left = find_args(action, wish.words, language, world)
    name = stems_of(action.name.lower().split("_"), language)
    described = words(action.description)
    dstems = stems_of(described, language)
    verbs = {name[0], dstems[0]} if dstems else {name[0]}
    deeds = frozenset().union(*(like_deeds(v, language) for v in verbs))
    against = frozenset().union(*(opposite_deeds(v, language) for v in verbs)) - verbs
    said = stems_of(left, language)
    first = left[0] if left else ""
    kinds = set(stems_of((*action.args, *action.args.values()), language))
    return args, left, said, name, verbs, deeds, against, kinds, dstems
