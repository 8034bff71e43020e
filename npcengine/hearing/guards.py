"""Tells heard words from a decoder's inventions by figures alone; no model, no I/O.

The thresholds are those of Whisper's authors (Radford et al. 2022, section 4.5).
"""

from __future__ import annotations

import math
import re
import zlib

_MAX_COMPRESSION = 2.4
"""Text that zlib shrinks further than this repeats itself."""

_MIN_LOG_PROBABILITY = -1.0
"""A mean log probability per token below this is guessing."""

_MAX_NO_SPEECH = 0.6

_PHRASE_WORDS = 4
"""People repeat a word or two for emphasis; so many words twice are more often the decoder's."""


_MOST_WORDS_PER_S = 4.5
"""Hasty speech with its margins of silence; a line that comes twice is above it."""


def repeats_itself(text: str) -> bool:
    """Whether a decoder got caught in a loop."""
    encoded = text.encode()
    return bool(encoded) and len(encoded) / len(zlib.compress(encoded)) > _MAX_COMPRESSION


def says_twice(text: str) -> bool:
    """Whether a phrase comes twice: the first sign of a loop, though people do it too, so a reason to look again."""
    words = re.findall(r"[\w']+", text.lower())
    phrases = [tuple(words[at : at + _PHRASE_WORDS]) for at in range(len(words) - _PHRASE_WORDS + 1)]
    return len(set(phrases)) < len(phrases)


def without_restart(text: str, seconds: float) -> str:
    """The text up to where a decoder began again at the first word and said it all over.

    Only where so many words can't have been said in `seconds`: then what comes before the repetition is right, while
    people who repeat themselves take their time. Any other text is left as it is.
    """
    words = text.split()
    if len(words) <= _MOST_WORDS_PER_S * seconds:
        return text
    keys = [re.sub(r"[^\w']", "", word.lower()) for word in words]
    period = next((length for length in range(1, len(keys)) if keys[length:] == keys[:-length]), 0)
    # A shorter line would be a loop rather than a line, and a word or two at the end may be the first ones by chance.
    complete = len(words) - period > 2 or words[period - 1].endswith((".", "!", "?"))
    return " ".join(words[:period]) if period >= _PHRASE_WORDS and complete else text


def is_guess(log_probability: float) -> bool:
    """Whether the decoder was unsure of the whole text, given the mean log probability of its tokens."""
    return log_probability < _MIN_LOG_PROBABILITY


def is_ghost(text: str, *, log_probability: float, no_speech: float) -> bool:
    """Whether nobody said this: a loop, or a guess over what the model itself takes for no speech."""
    return repeats_itself(text) or (is_guess(log_probability) and no_speech > _MAX_NO_SPEECH)


def confidence(log_probability: float) -> float:
    """The geometric mean probability of a text's tokens, 0 to 1."""
    return min(1.0, math.exp(log_probability))
