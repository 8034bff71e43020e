"""From a clause of a reply to sound a game can play: text, voice, effects, rate and edges in order; owns no model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from npcengine.types import Pcm, Speech, Voice
from npcengine.voice import effects
from npcengine.voice.displayed_text import displayed
from npcengine.voice.names import spoken_weight
from npcengine.voice.protocol import TextToSpeech
from npcengine.voice.resampling import resampled
from npcengine.voice.sentences import sentences
from npcengine.voice.spoken_text import speakable
from npcengine.voice.trimming import trimmed
from npcengine.voice.words import timed_words

_FADE_MS = 4


def speak(tts: TextToSpeech, text: str, voice: Voice, output_rate: int | None = None) -> Iterator[Speech]:
    """Speech for `text` as a character with this voice says it.

    Args:
        tts: Where plain speech comes from.
        text: As written: numerals, stage directions and markup may be in it.
        voice: All of it is honoured.
        output_rate: Of the speech wanted (Hz); the voice's own when left out.

    Yields:
        Pieces of at most a sentence as soon as they are made. Their `text` and `words` are what a subtitle shows; edges
        are faded, so that pieces may be joined anyhow. Nothing for a text without a speakable word.

    Raises:
        BackendError: The voice engine failed.
    """
    for sentence in sentences(displayed(text)):
        said = speakable(sentence)
        if said:
            yield from _sentence(tts, sentence, said, voice=voice, output_rate=output_rate)


def _sentence(
    tts: TextToSpeech, sentence: str, said: str, *, voice: Voice, output_rate: int | None
) -> Iterator[Speech]:
    unspoken = sentence.split()
    unsaid = _letters(said)
    for piece in tts.speak(said, replace(voice, speed=effects.synthesis_speed(voice))):
        unsaid -= _letters(piece.text)
        shown = _first_words(unspoken, _letters(piece.text)) if unsaid > 0 else unspoken
        unspoken = unspoken[len(shown) :]
        if len(piece.pcm):  # an empty sound is no sound, and would crash some players
            cut = trimmed(piece, ending=piece.text, speed=voice.speed, hastened_by=effects.hastened_by(voice))
            yield _finished(effects.apply(cut, voice), shown, voice, output_rate or piece.sample_rate)


def _finished(speech: Speech, shown: list[str], voice: Voice, output_rate: int) -> Speech:
    speech = resampled(speech, output_rate)
    spoken = [spoken_weight(speakable(word), voice.pronunciation) for word in shown]
    return replace(
        speech,
        text=" ".join(shown),
        pcm=_faded(speech.pcm, output_rate),
        words=timed_words(shown, speech.phonemes, len(speech.pcm), spoken=spoken),
    )


def _first_words(words: list[str], letters: int) -> list[str]:
    """As many words as a piece of a sentence with so many spoken letters covers."""
    taken, covered = 0, 0
    while taken < len(words) and covered < letters:
        covered += max(_letters(speakable(words[taken])), 1)
        taken += 1
    return words[:taken]


def _letters(text: str) -> int:
    return sum(character.isalnum() for character in text)


def _faded(pcm: Pcm, sample_rate: int) -> Pcm:
    """A raised-cosine rise and fall of 4 ms, so that no edge clicks."""
    length = min(sample_rate * _FADE_MS // 1000, len(pcm) // 2)
    rise = (0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / max(length, 1))).astype(np.float32)
    faded = pcm.copy()
    faded[:length] *= rise
    faded[len(pcm) - length :] *= rise[::-1]
    return faded
