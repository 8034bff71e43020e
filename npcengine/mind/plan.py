"""What a reply is made of, as plain values: an author's words, or what a model is asked for. Knows no rule."""

from __future__ import annotations

from dataclasses import dataclass

from npcengine.mind.knowledge import Found
from npcengine.persona import Fact
from npcengine.types import Emotion, Source


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that an author wrote.

    Attributes:
        text: Spoken as it stands.
        source: Where it comes from.
        emotion: How it feels.
        used: Ids of the facts in it.
    """

    text: str
    source: Source
    emotion: Emotion
    used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Improvised:
    """A reply that the model writes.

    Attributes:
        told: Facts that it is given, the best first.
        must: The fact that it has to tell; None for talk that is about none.
        instead: What is spoken when nothing that it writes will do.
        emotion: How it feels.
        filler: What it begins with, said before the model has written a word; empty for none.
        informed: It has to answer from the facts that it is given, whichever of them answers, or not at all.
        judges: The model is only asked whether the facts hold an answer: `instead` is spoken if they do.
        declined: What follows when the model writes nothing; None for `instead`.
        reluctance: The model writes nothing from these log-odds on, in nats; None where it was not taught to.
        meant: The fact that is surely meant: a reply that tells another gives way to `instead`.
        aside: What it is told besides, in the prompt's words.
    """

    told: tuple[Found, ...]
    must: Fact | None
    instead: Spoken
    emotion: Emotion
    filler: str = ""
    informed: bool = False
    judges: bool = False
    declined: Spoken | Improvised | None = None
    reluctance: float | None = None
    meant: Fact | None = None
    aside: str = ""
