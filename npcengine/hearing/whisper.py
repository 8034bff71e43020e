"""Transcription with Whisper models through faster-whisper; the only module that imports it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import BackendError, BackendMissing, ModelBroken
from npcengine.hearing import silero
from npcengine.hearing.growing import GrowingRecording
from npcengine.hearing.guards import confidence, is_ghost, is_guess, repeats_itself, says_twice, without_restart
from npcengine.hearing.protocol import SpeechToText
from npcengine.hearing.spans import speech_spans
from npcengine.hearing.voice_activity import VoiceActivity
from npcengine.models import store
from npcengine.types import HEARING_RATE, LoadOptions, Pcm, Transcript

_log = logging.getLogger(__name__)

_FRAMES_PER_S = 100
_FRAMES_PER_POSITION = 2
"""The encoder's second convolution halves the frames, so that a window is an even number of them."""

_FULL_WINDOW_S = 30.0
"""What the encoder was trained on (Radford et al. 2022, section 2.2); its cost grows with the window."""

_SHORT_WINDOW_S = 8.0
_WINDOW_MARGIN_S = 2.0
"""The shortest window and the least silence after the words. Measured with tiny.en on human clips of 2 to 5 s, the
words are as right as at 30 s; one line in twelve is said over again after its end, which `without_restart` undoes. With
6 s a clip takes 5 ms less, and a third more words are wrong in slow and in quiet speech."""

_MAX_PIECE_SAMPLES = 29 * HEARING_RATE

_MAX_TOKENS_PER_S = 8
_EXTRA_TOKENS = 8
"""The fastest speech is about six words a second; a decoder that writes more than this is looping."""

_BEAMS = 5
"""The library's own number; with two a clip takes a sixth less time, with one more words are wrong in noise."""

_LENGTH_PER_TOKEN = 2
"""CTranslate2 writes at most half of `max_length` (models/whisper.cc: as much is kept for a prompt)."""


@dataclass(frozen=True, slots=True)
class _Decoded:
    """What the decoder made of one piece of sound; `unfinished` when it would have gone on writing."""

    text: str
    tokens: int
    log_probability: float
    no_speech: float
    unfinished: bool = False

    @property
    def doubtful(self) -> bool:
        return self.unfinished or says_twice(self.text) or repeats_itself(self.text) or is_guess(self.log_probability)


def load(model: str, options: LoadOptions) -> SpeechToText:
    """A Whisper model in CTranslate2's format, on the CPU with 8-bit weights.

    Args:
        model: A catalogue name (``"tiny.en"``) or the path of a model folder.
        options: Its `threads` are used.

    Raises:
        BackendMissing: faster-whisper is not installed.
        ModelMissing: The model is not on this machine.
        ModelBroken: It is, but can't be loaded.
    """
    folder = store.locate("stt", model)
    try:
        import faster_whisper  # noqa: PLC0415 - takes a second, and only the brain needs it
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415
    except ImportError as error:
        raise BackendMissing("Whisper needs faster-whisper: pip install 'npcengine[hearing]'") from error
    try:
        engine = faster_whisper.WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=options.threads, local_files_only=True
        )
        many = engine.model.is_multilingual
        tokenizer = Tokenizer(engine.hf_tokenizer, many, task="transcribe", language="en")
    except (RuntimeError, ValueError, OSError) as error:
        raise ModelBroken(
            f"{folder}: not a Whisper model ({error}). Fetch it again: npcengine setup --model {model}"
        ) from error
    ears = _Whisper(engine, tokenizer, silero.load())
    ears.warm_up()
    return ears


class _Whisper:
    """A short window without timestamps; for doubtful words the full one.

    Sampling at a rising temperature, the library's own remedy, takes seconds and gives other words on every run.
    """

    def __init__(self, engine: Any, tokenizer: Any, activity: VoiceActivity) -> None:  # noqa: ANN401 - untyped
        self._engine = engine
        self._tokenizer = tokenizer
        self._recording = GrowingRecording(activity)
        self._closed = False

    def transcribe(self, pcm: Pcm, *, opening: str = "") -> Transcript:  # noqa: ARG002 - of no use here
        # CTranslate2 steps through given words one by one (models/whisper.cc): with all but the last four tokens given
        # the search took 1.2 times as long, and a word agreed on too early stayed wrong.
        if self._closed:
            raise BackendError("The speech recogniser is closed; load it again.")
        judged = self._recording.probabilities(pcm)
        pieces = speech_spans(judged, len(pcm), _MAX_PIECE_SAMPLES)
        try:
            decoded = [self._decode(pcm[start:end]) for start, end in pieces]
        except (RuntimeError, ValueError, MemoryError) as error:
            raise BackendError(
                f"Whisper failed on {len(pcm) / HEARING_RATE:.1f} s of sound ({error}). Run: npcengine doctor"
            ) from error
        return _joined(decoded)

    def warm_up(self) -> None:
        """Runs the model once, since the first time is the slowest; `transcribe` would not ask it about silence."""
        self._decode(np.zeros(HEARING_RATE, dtype=np.float32))

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._engine.model.unload_model()

    def _decode(self, pcm: Pcm) -> _Decoded:
        """The words of one piece of at most 30 s; empty text when they look invented."""
        seconds = len(pcm) / HEARING_RATE
        max_tokens = min(_EXTRA_TOKENS + int(seconds * _MAX_TOKENS_PER_S), self._engine.max_length // _LENGTH_PER_TOKEN)
        window_s = min(_FULL_WINDOW_S, max(_SHORT_WINDOW_S, seconds + _WINDOW_MARGIN_S))
        decoded = self._search(self._encode(pcm, window_s), max_tokens=max_tokens)
        once = without_restart(decoded.text, seconds)
        if once != decoded.text:
            decoded = replace(decoded, text=once, unfinished=False)
        if decoded.doubtful:
            _log.debug("Decoding again with the full window: %r", decoded)
            decoded = self._search(self._encode(pcm, _FULL_WINDOW_S), max_tokens=max_tokens)
        if is_ghost(decoded.text, log_probability=decoded.log_probability, no_speech=decoded.no_speech):
            _log.debug("Dropped as never said: %r", decoded)
            return _Decoded("", 0, decoded.log_probability, decoded.no_speech)
        return decoded

    def _encode(self, pcm: Pcm, window_s: float) -> Any:  # noqa: ANN401 - untyped
        """The encoder's view of `pcm`, filled up to the window with silence."""
        frames = _FRAMES_PER_POSITION * round(window_s * _FRAMES_PER_S / _FRAMES_PER_POSITION)
        features: NDArray[np.float32] = self._engine.feature_extractor(pcm)[:, :frames]
        # Silence is the spectrum's floor; zero, the library's filling, is a hum to which a short window listens.
        missing = ((0, 0), (0, frames - features.shape[1]))
        return self._engine.encode(np.pad(features, missing, constant_values=features.min()))

    def _search(self, encoded: Any, *, max_tokens: int) -> _Decoded:  # noqa: ANN401 - untyped
        prompt = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        [result] = self._engine.model.generate(
            encoded,
            [prompt],
            beam_size=_BEAMS,
            max_length=_LENGTH_PER_TOKEN * max_tokens,
            return_scores=True,
            return_no_speech_prob=True,
        )
        tokens = result.sequences_ids[0]
        # The score is a mean over the tokens without the end mark, whose probability it includes.
        log_probability = result.scores[0] * len(tokens) / (len(tokens) + 1)
        text = self._tokenizer.decode(tokens).strip()
        unfinished = len(tokens) >= max_tokens
        return _Decoded(text, len(tokens), log_probability, result.no_speech_prob, unfinished)


def _joined(pieces: list[_Decoded]) -> Transcript:
    """One transcript of pieces that follow one another; nothing heard is certainly no speech."""
    spoken = [piece for piece in pieces if piece.text]
    if not spoken:
        return Transcript("", no_speech=max((piece.no_speech for piece in pieces), default=1.0))
    tokens = sum(piece.tokens for piece in spoken)
    log_probability = sum(piece.log_probability * piece.tokens for piece in spoken) / tokens
    return Transcript(
        " ".join(piece.text for piece in spoken),
        confidence=confidence(log_probability),
        no_speech=min(piece.no_speech for piece in spoken),
    )
