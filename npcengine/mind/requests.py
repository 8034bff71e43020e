"""How well a wish fits a declared action: evidence from its words and its meaning, weighed; knows no condition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from npcengine.mind.deeds import converse, like_deeds, opposite_deeds
from npcengine.mind.naming import NO_VALUE, Naming
from npcengine.mind.protocol import Embeddings
from npcengine.mind.sounding import is_meant
from npcengine.mind.wishes import Form, Wish
from npcengine.mind.words import FILLER, stems_of, words
from npcengine.persona import Action

_VAGUE = FILLER | {"again", "away", "back", "here", "there", "right", "stuff", "until", "while", "bit", "player", "village"}
"""Words of a request that name nothing."""

_LIGHT = frozenset(
    "get let give have take put make go come need want bring do move step use see cross pass send".split()
) | FILLER
"""Verbs that ask for anything: what is asked for stands behind them."""

_TAKING = frozenset({"take", "accept", "receive", "collect"})
"""Verbs that begin the description of an action by which the character gets something from the player."""

_PASSING_ON = frozenset({"tell", "ask", "order", "command", "beg", "remind", "persuade", "make"})
"""Verbs of a request that somebody else shall do it, or that something shall be told."""

_AS_GOOD_AS_SAID = 0.8
"""Likeness of a wish in the action's own words, however short."""

LEAST_LIKE = 0.5
"""A request that is less like an action than this (−1…1) asks for something else."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an action.

    Attributes:
        verb: 1 when the wish's verb asks for the same, 0.7 when it may have been misheard.
        light: 1 when the wish's verb says nothing.
        named: 1 when it names a value of an argument, 0.8 when that may have been misheard.
        unnamed: 1 when it names something else where an argument's value should be.
        elsewhere: 1 when it names something, and not what the action's name does.
        strange: How many of its words the action has not, up to 3.
        likeness: Of the meanings, −1…1.
        margin: How much more alike this action is than anything else that could be asked for.
    """

    verb: float
    light: float
    named: float
    unnamed: float
    elsewhere: float
    strange: float
    likeness: float = 0.0
    margin: float = 0.0


WEIGHTS = Evidence(
    verb=1.3, light=2.7, named=1.3, unnamed=-2.9, elsewhere=-0.7, strange=-1.0, likeness=4.2, margin=10.2
)
BIAS = -1.7
