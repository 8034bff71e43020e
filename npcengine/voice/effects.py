"""Makes one recorded voice many characters': pitch, timbre and level of finished speech; its timing stays exact.

Timbre is a change of rate: the voice is asked to speak slower by the factor that resampling then makes it faster and
smaller by. That moves the pitch along with the formants; what is left between that and the pitch wanted is shifted with
the formants kept (`npcengine.voice.pitch`).
"""

from __future__ import annotations

import numpy as np
import soxr

from npcengine.types import Pcm, Speech, Voice
from npcengine.voice.level import levelling_gain
from npcengine.voice.pitch import with_pitch
from npcengine.voice.resampling import with_length

_PITCH_LIMIT = 12.0
_TIMBRE_LIMITS = (0.7, 1.4)
"""Past these a shifted voice stops sounding like one: grains repeat or go missing, consonants whistle."""
_KNEE, _CEILING = 0.75, 0.95
"""Of full scale. Speech at another rate has its peaks elsewhere: what is resampled later may rise by 2 %."""


def synthesis_speed(voice: Voice) -> float:
    """How fast the plain speech must be so that it has the voice's speed once `apply` has changed its timbre."""
    return voice.speed / hastened_by(voice)


def hastened_by(voice: Voice) -> float:
    """By how much `apply` makes speech faster: the timbre, within its limits."""
    return min(max(voice.timbre, _TIMBRE_LIMITS[0]), _TIMBRE_LIMITS[1])


def apply(speech: Speech, voice: Voice) -> Speech:
    """The speech with this voice's pitch (±12 semitones) and timbre (0.7–1.4), as loud as any, times the volume.

    Args:
        speech: Plain, spoken at `synthesis_speed(voice)`.
        voice: Values past the limits count as the limit.

    Returns:
        Speech of the same rate, its length divided by the timbre, its phonemes and words moved along.
    """
    timbre = hastened_by(voice)
    shift = 2 ** (float(np.clip(voice.pitch, -_PITCH_LIMIT, _PITCH_LIMIT)) / 12) / timbre
    pcm = speech.pcm
    if timbre != 1.0:
        pcm = soxr.resample(pcm, speech.sample_rate * timbre, speech.sample_rate, quality="HQ")
    pcm = with_pitch(np.asarray(pcm, np.float32), shift, sample_rate=speech.sample_rate)
    return with_length(speech, _loud(pcm, levelling_gain(pcm, speech.sample_rate) * voice.volume))


def _loud(pcm: Pcm, gain: float) -> Pcm:
    """A linear gain; what would pass the knee is bent so that it never passes the ceiling."""
    louder = pcm * np.float32(gain)
    if np.max(np.abs(louder), initial=0.0) <= _KNEE:
        return np.asarray(louder, np.float32)
    above = np.abs(louder) - _KNEE
    room = _CEILING - _KNEE
    bent = np.sign(louder) * (_KNEE + room * np.tanh(np.maximum(above, 0.0) / room))
    return np.asarray(np.where(above > 0, bent, louder), np.float32)
