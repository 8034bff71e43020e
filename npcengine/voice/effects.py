"""Makes one recorded voice many characters': pitch, timbre and volume of finished speech; its timing stays exact.

Timbre is a change of rate: the voice is asked to speak slower by the factor that resampling then makes it faster and
smaller by. That moves the pitch along with the formants; what is left between that and the pitch wanted is shifted with
the formants kept (`npcengine.voice.pitch`).
"""

from __future__ import annotations

import numpy as np
import soxr

from npcengine.types import Pcm, Speech, Voice
from npcengine.voice.pitch import with_pitch
from npcengine.voice.resampling import with_length

_PITCH_LIMIT = 9.0
_TIMBRE_LIMITS = (0.7, 1.4)
"""Past these a shifted voice stops sounding like one: grains repeat or go missing, consonants whistle."""
_KNEE = 0.8


def synthesis_speed(voice: Voice) -> float:
    """How fast the plain speech must be so that it has the voice's speed once `apply` has changed its timbre."""
    return voice.speed / _timbre(voice)


def apply(speech: Speech, voice: Voice) -> Speech:
    """The speech with this voice's pitch (±9 semitones), timbre (0.7–1.4) and volume.

    Args:
        speech: Plain, spoken at `synthesis_speed(voice)`.
        voice: Values past the limits count as the limit.

    Returns:
        Speech of the same rate, its length divided by the timbre, its phonemes and words moved along.
    """
    timbre = _timbre(voice)
    shift = 2 ** (float(np.clip(voice.pitch, -_PITCH_LIMIT, _PITCH_LIMIT)) / 12) / timbre
    pcm = speech.pcm
    if timbre != 1.0:
        pcm = soxr.resample(pcm, speech.sample_rate * timbre, speech.sample_rate, quality="HQ")
    pcm = with_pitch(np.asarray(pcm, np.float32), shift, sample_rate=speech.sample_rate)
    return with_length(speech, _loud(pcm, voice.volume))


def _timbre(voice: Voice) -> float:
    return min(max(voice.timbre, _TIMBRE_LIMITS[0]), _TIMBRE_LIMITS[1])


def _loud(pcm: Pcm, volume: float) -> Pcm:
    """A linear gain; what would pass 0.8 of full scale is bent so that it never passes full scale."""
    louder = pcm * np.float32(volume)
    above = np.abs(louder) - _KNEE
    room = 1.0 - _KNEE
    bent = np.sign(louder) * (_KNEE + room * np.tanh(np.maximum(above, 0.0) / room))
    return np.asarray(np.where(above > 0, bent, louder), np.float32)
