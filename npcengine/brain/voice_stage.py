"""The voice and the face as a worker runs them: clauses in, sound with its curves out."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from npcengine.brain.label_timing import animator_of
from npcengine.brain.messages import Spoken, Voiced
from npcengine.brain.work import Clause, EndOfReply, Rehearsal
from npcengine.brain.worker import Job
from npcengine.errors import NpcEngineError
from npcengine.face.animator import silence as shut_mouth
from npcengine.face.protocol import FaceAnimator
from npcengine.types import Emotion, FaceCurves, LoadOptions, Speech, Turn, Voice
from npcengine.voice.displayed_text import displayed
from npcengine.voice.prosody import coloured
from npcengine.voice.protocol import TextToSpeech
from npcengine.voice.repertoire import Line, Repertoire
from npcengine.voice.speaking import speak
from npcengine.voice.words import timed_words

logger = logging.getLogger(__name__)

_READING_CHARACTERS_PER_S = 18
"""How long a clause stays on screen when it can't be heard: as long as it would take to say."""

_WARM_UP = "Good day."

_REPERTOIRE_BYTES = 16 * 1024 * 1024
"""Three minutes of lines: those of about eight characters."""

VoiceWork: TypeAlias = Clause | EndOfReply | Rehearsal
VoiceResult: TypeAlias = Spoken | Voiced


class VoiceStage:
    """Speaks; opens further voices as characters need them; has authors' lines ready.

    Args:
        open_voice: Loads a voice by its name.
        options: What it is told.
        default_voice: Of characters that name none.
        output_rate: Of the speech it makes (Hz).
        undisturbed: Whether nobody is being listened to or answered, so that there is time to rehearse.
    """

    name = "voice"

    def __init__(
        self,
        open_voice: Callable[[str, LoadOptions], TextToSpeech],
        options: LoadOptions,
        *,
        default_voice: str,
        output_rate: int,
        undisturbed: Callable[[], bool],
    ) -> None:
        self._open_voice = open_voice
        self._options = options
        self._default_voice = default_voice
        self._output_rate = output_rate
        self._undisturbed = undisturbed
        self._repertoire = Repertoire(_REPERTOIRE_BYTES)
        self._to_rehearse: deque[tuple[Line, Emotion]] = deque()
        self._voices: dict[str, _OpenVoice] = {}

    def open(self) -> None:
        """Loads the default voice and lets it say a word to nobody, since the first is the slowest."""
        voice = Voice(tts=self._default_voice)
        for speech in speak(self._voice(voice.tts).tts, _WARM_UP, voice, self._output_rate):
            self._voice(voice.tts).animator.animate(speech, "neutral")

    def run(self, job: Job[VoiceWork]) -> Iterator[VoiceResult]:
        """Speech for a clause, or the word that there is no more; a rehearsal waits until there is time."""
        match job.work:
            case Clause(text, emotion, voice):
                # A rehearsed line sounds as it was rehearsed: at once counts for more than a semitone.
                for speech in self._repertoire.recall((text, voice)) or self._speak((text, voice), emotion):
                    curves = self._voice(voice.tts).animator.animate(speech, emotion)
                    yield _spoken(job.turn, speech, curves, job.work)
            case Rehearsal(clauses, voice):
                new = (((clause, voice), emotion) for clause, emotion in clauses)
                self._to_rehearse.extend(line for line in new if line not in self._to_rehearse)
            case EndOfReply():
                yield Voiced(job.turn.number, job.turn.npc)

    def rescue(self, job: Job[VoiceWork]) -> Iterator[VoiceResult]:
        """Without a voice the words are shown as long as it would take to say them."""
        match job.work:
            case Clause(text):
                if shown := displayed(text):
                    speech = _silence(shown, self._output_rate)
                    yield _spoken(job.turn, speech, shut_mouth(self._output_rate), job.work)
            case EndOfReply():
                yield Voiced(job.turn.number, job.turn.npc)
            case Rehearsal():
                pass

    def idle(self) -> bool:
        """Rehearses one clause, unless somebody is talking: the voice would take the core that they wait for."""
        if not self._to_rehearse or not self._undisturbed():
            return False
        line, emotion = self._to_rehearse.popleft()
        if line not in self._repertoire:
            self._repertoire.learn(line, tuple(self._speak(line, emotion)))
        return True

    def close(self) -> None:
        """Frees all voices."""
        for voice in self._voices.values():
            voice.tts.close()

    def _speak(self, line: Line, emotion: Emotion) -> Iterator[Speech]:
        text, voice = line
        return speak(self._voice(voice.tts).tts, text, coloured(voice, emotion), self._output_rate)

    def _voice(self, name: str) -> _OpenVoice:
        """The voice `name`; the default one where none is named, or where it can't be had and the default can."""
        name = name or self._default_voice
        if name not in self._voices:
            try:
                self._voices[name] = self._opened(name)
            except NpcEngineError:
                if self._default_voice not in self._voices:
                    raise
                self._voices[name] = self._voices[self._default_voice]
        return self._voices[name]

    def _opened(self, name: str) -> _OpenVoice:
        tts = self._open_voice(name, self._options)
        if not tts.capabilities.phonemes:
            logger.warning("%s doesn't tell when its phonemes sound: its faces move by the sound alone", name)
        return _OpenVoice(tts, animator_of(name))


@dataclass(frozen=True, slots=True)
class _OpenVoice:
    """A voice, and what moves a face with it."""

    tts: TextToSpeech
    animator: FaceAnimator


def _spoken(turn: Turn, speech: Speech, curves: FaceCurves, clause: Clause) -> Spoken:
    pcm = (np.clip(speech.pcm, -1.0, 1.0) * np.iinfo(np.int16).max).astype(np.int16)
    return Spoken(turn.number, turn.npc, speech.text, pcm, speech.words, curves, clause.filler)


def _silence(text: str, rate: int) -> Speech:
    length = len(text) * rate // _READING_CHARACTERS_PER_S
    return Speech(text, np.zeros(length, dtype=np.float32), rate, words=timed_words(text.split(), (), length))
