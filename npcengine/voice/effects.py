"""Volume."""

from __future__ import annotations

from dataclasses import replace

from npcengine.types import Speech, Voice


def synthesis_speed(voice: Voice) -> float:
    """Speed."""
    return voice.speed


def apply(speech: Speech, voice: Voice) -> Speech:
    """Volume."""
    return replace(speech, pcm=speech.pcm * voice.volume)
