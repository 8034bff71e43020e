"""How long a silence must last to end the player's turn, from what is known of the words; pure, no model, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from npcengine.errors import ConfigError
from npcengine.types import Pcm

TextHint: TypeAlias = Literal["answer", "closed", "open", "dangling"]
"""What a transcript's end says: a complete short answer; a full stop; no stop; words that ask for more words."""

_BROKEN_OFF = ("...", "…", "-", "–", "—", ",", ";", ":")
_STOPS = (".", "!", "?", '."', '!"', '?"')


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ASKS_FOR_MORE = (
    _set("and or but nor because if unless until although though while whereas than as so")  # conjunctions
    | _set("a an the my your our their every")  # before a noun
    | _set("i'm you're we're they're i'll you'll we'll they'll i've we've i'd")  # before a verb
    | _set("um uh uhm er erm hmm well like")  # fillers
)

_ASKS_FOR_MORE_UNLESS_STOPPED = _set(
    # The recogniser hears from the melody that "What are you looking for?" and "I know who." are whole.
    "to of from with for by into at about between without is are was were am be who whose which that"
)

_ANSWERS = _set("yes yeah yep no nope okay ok sure maybe never nothing nobody hello hi thanks goodbye bye please")
_ANSWER_WORDS = 3
"""«No, thank you.»"""


class EndOfTurn(Protocol):
    """Judges by the voice whether a speaker is finished."""

    def probability(self, pcm: Pcm) -> float:
        """How likely the speaker is finished, 0 to 1.

        Args:
            pcm: Mono float32, shape (samples,), 16 kHz, up to the end of the voice; the last 8 s are looked at.

        Raises:
            BackendError: The model failed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a silence must last, in milliseconds, by what the judge of turns says.

    Attributes:
        finished_ms: It is sure that the speaker is finished.
        unfinished_ms: It is sure that they are not.
        unjudged_ms: It was not asked.
    """

    finished_ms: float
    unfinished_ms: float
    unjudged_ms: float


@dataclass(frozen=True, slots=True)
class TurnEndOptions:
    """What ends a turn.

    Attributes:
        judge_after_ms: The judge of turns is asked after so much silence; shorter ones are within a word.
        sure_finished: From this probability on it counts as sure that the speaker is finished.
        sure_unfinished: Up to this one, that they are not.
        answer: "Yes.", "No, thank you.": nothing need follow.
        closed: The text ends with a full stop or a question mark.
        unheard: No text is known of this pause.
        open: The text ends without any stop, which the recogniser would set.
        dangling: The text ends in a word that asks for another, or is broken off.
    """

    judge_after_ms: float = 192.0
    sure_finished: float = 0.8
    sure_unfinished: float = 0.1
    answer: Wait = Wait(300.0, 400.0, 400.0)
    closed: Wait = Wait(300.0, 900.0, 500.0)
    unheard: Wait = Wait(400.0, 2000.0, 700.0)
    open: Wait = Wait(1000.0, 2000.0, 1200.0)
    dangling: Wait = Wait(1400.0, 2000.0, 1600.0)

    def __post_init__(self) -> None:
        if not 0.0 <= self.sure_unfinished < self.sure_finished <= 1.0:
            raise ConfigError("turn end: 0 <= sure_unfinished < sure_finished <= 1 does not hold")


def silence_needed_ms(probability: float | None, text: str, options: TurnEndOptions) -> float:
    """How long the silence must last for the turn to be over.

    Args:
        probability: That the speaker is finished, by the judge of turns; None when it was not asked.
        text: What was transcribed up to this silence; empty when nothing was.
        options: The waits.
    """
    wait = _wait(text, options)
    if probability is None:
        return wait.unjudged_ms
    doubt = (options.sure_finished - probability) / (options.sure_finished - options.sure_unfinished)
    return wait.finished_ms + min(max(doubt, 0.0), 1.0) * (wait.unfinished_ms - wait.finished_ms)


def text_hint(text: str) -> TextHint | None:
    """What the end of a transcript says about whether more will come; None for no words. English."""
    words = re.findall(r"[a-z']+", text.lower().replace("’", "'"))
    if not words:
        return None
    text = text.rstrip()
    if text.endswith(_BROKEN_OFF):
        return "dangling"
    stopped = text.endswith(_STOPS)
    if words[-1] in _ASKS_FOR_MORE or (words[-1] in _ASKS_FOR_MORE_UNLESS_STOPPED and not stopped):
        return "dangling"
    if len(words) <= _ANSWER_WORDS and words[0] in _ANSWERS:
        return "answer"
    return "closed" if stopped else "open"


def _wait(text: str, options: TurnEndOptions) -> Wait:
    match text_hint(text):
        case "answer":
            return options.answer
        case "closed":
            return options.closed
        case "open":
            return options.open
        case "dangling":
            return options.dangling
        case None:
            return options.unheard
