"""Transcription with Whisper models through faster-whisper; the only module that imports it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import BackendError, BackendMissing, ModelBroken
from npcengine.hearing import silero
from npcengine.hearing.guards import confidence, is_ghost, is_guess, repeats_itself
from npcengine.hearing.protocol import SpeechToText
from npcengine.hearing.spans import speech_spans
from npcengine.hearing.voice_activity import VoiceActivity, probabilities
from npcengine.models import store
from npcengine.types import HEARING_RATE, LoadOptions, Pcm, Transcript

_log = logging.getLogger(__name__)

_FRAMES_PER_S = 100
_WINDOW_FRAMES = 30 * _FRAMES_PER_S
"""What the encoder was trained on (Radford et al. 2022, section 2.2); a shorter window is faster and less accurate."""

_MAX_PIECE_SAMPLES = 29 * HEARING_RATE

_MAX_TOKENS_PER_S = 12
"""Half as much again as the fastest speech; a decoder that writes more is looping."""

_EXTRA_TOKENS = 16


@dataclass(frozen=True, slots=True)
class _Decoded:
    """What the decoder made of one piece of sound."""

    text: str
    tokens: int
    log_probability: float
    no_speech: float


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
    return _Whisper(engine, tokenizer, silero.load())


class _Whisper:
    """Greedy decoding without timestamps; what looks like a loop or a guess is decoded once more with a wider search.

    Sampling at a rising temperature, the library's own remedy, takes seconds and gives other words on every run.
    """

    def __init__(self, engine: Any, tokenizer: Any, activity: VoiceActivity) -> None:  # noqa: ANN401 - untyped
        self._engine = engine
        self._tokenizer = tokenizer
        self._activity = activity
        self._closed = False

    def transcribe(self, pcm: Pcm) -> Transcript:
        if self._closed:
            raise BackendError("The speech recogniser is closed; load it again.")
        judged = probabilities(self._activity, pcm)
        pieces = speech_spans(judged, len(pcm), _MAX_PIECE_SAMPLES)
        try:
            decoded = [self._decode(pcm[start:end]) for start, end in pieces]
        except (RuntimeError, ValueError, MemoryError) as error:
            raise BackendError(
                f"Whisper failed on {len(pcm) / HEARING_RATE:.1f} s of sound ({error}). Run: npcengine doctor"
            ) from error
        return _joined(decoded)

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._engine.model.unload_model()

    def _decode(self, pcm: Pcm) -> _Decoded:
        """The words of one piece of at most 30 s; empty text when they look invented."""
        encoded = self._encode(pcm, _WINDOW_FRAMES)
        max_tokens = _EXTRA_TOKENS + int(len(pcm) / HEARING_RATE * _MAX_TOKENS_PER_S)
        decoded = self._search(encoded, max_tokens=max_tokens, beams=1)
        if repeats_itself(decoded.text) or is_guess(decoded.log_probability):
            decoded = self._search(encoded, max_tokens=max_tokens, beams=5)
        if is_ghost(decoded.text, log_probability=decoded.log_probability, no_speech=decoded.no_speech):
            _log.debug("Dropped as never said: %r", decoded)
            return _Decoded("", 0, decoded.log_probability, decoded.no_speech)
        return decoded

    def _encode(self, pcm: Pcm, window_frames: int) -> Any:  # noqa: ANN401 - untyped
        """The encoder's view of `pcm`, filled up to the window."""
        features: NDArray[np.float32] = self._engine.feature_extractor(pcm)[:, :window_frames]
        missing = window_frames - features.shape[1]
        return self._engine.encode(np.pad(features, ((0, 0), (0, missing))))

    def _search(self, encoded: Any, *, max_tokens: int, beams: int) -> _Decoded:  # noqa: ANN401 - untyped
        prompt = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        [result] = self._engine.model.generate(
            encoded,
            [prompt],
            beam_size=beams,
            max_length=min(len(prompt) + max_tokens, self._engine.max_length),
            return_scores=True,
            return_no_speech_prob=True,
        )
        tokens = result.sequences_ids[0]
        # The score is a mean over the tokens without the end mark, whose probability it includes.
        log_probability = result.scores[0] * len(tokens) / (len(tokens) + 1)
        text = self._tokenizer.decode(tokens).strip()
        return _Decoded(text, len(tokens), log_probability, result.no_speech_prob)


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
