"""Piper as the voice, with the exact time of every phoneme; the only place that knows piper and onnxruntime."""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import BackendError, BackendMissing, ModelBroken
from npcengine.models.store import locate
from npcengine.types import LoadOptions, Pcm, Speech, Voice
from npcengine.voice.durations import durations_output, network_input, phoneme_spans
from npcengine.voice.names import STAND_INS, Names, american, prepared, with_names
from npcengine.voice.protocol import TextToSpeechCapabilities
from npcengine.voice.sentences import sentences
from npcengine.voice.words import timed_words

if TYPE_CHECKING:
    import onnxruntime
    from piper import PiperVoice

logger = logging.getLogger(__name__)

_AMERICAN = "en-us"
"""espeak's name for it."""
_GAIN = 1.25
"""Brings a voice trained on studio recordings to about −20 dBFS while it speaks; its peaks, 0.39–0.72 over 19
sentences, stay below 0.9. One gain for all pieces: Piper's own normalisation lifts every sentence to full scale, so
that a whispered "no" comes out as loud as a shout."""
_INPUTS = {"input", "input_lengths", "scales"}


def load(model: str, options: LoadOptions) -> PiperSpeech:
    """Load a Piper voice.

    Args:
        model: A catalogue name or the path of an ``.onnx`` file with its ``.onnx.json`` beside it.
        options: `threads` bounds the processor's cores. The same `seed` and the same calls in the same order give the
            same samples, while one sentence said twice varies as the voice was trained to.

    Raises:
        BackendMissing: piper-tts is not installed.
        ModelMissing: The voice is not on this machine.
        ModelBroken: The voice's files can't be read.
    """
    path = locate("tts", model)
    try:
        from piper import PiperVoice  # noqa: PLC0415 - the brain alone pays for it, and only when a voice is loaded
        from piper.config import PiperConfig  # noqa: PLC0415
    except ImportError as error:
        raise BackendMissing("The voice engine piper is not installed: pip install 'npcengine[voice]'") from error
    try:
        config = PiperConfig.from_dict(json.loads(Path(f"{path}.json").read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelBroken(
            f"{path}.json is not the description of a Piper voice ({error!r}). Fetch it again."
        ) from error
    return PiperSpeech(PiperVoice(session=_session(path, options), config=config))


class PiperSpeech:
    """A Piper voice; one thread at a time may speak with it."""

    def __init__(self, voice: PiperVoice) -> None:
        self._voice: PiperVoice | None = voice
        self._stand_ins: dict[str, list[str]] = {}
        self.capabilities = TextToSpeechCapabilities(
            sample_rate=voice.config.sample_rate, phonemes=len(voice.session.get_outputs()) > 1
        )

    def speak(self, text: str, voice: Voice) -> Iterator[Speech]:
        """Speech for `text`, one piece per sentence."""
        for sentence in sentences(text):
            speech = self._sentence(sentence, voice)
            if speech is not None:
                yield speech

    def close(self) -> None:
        """Frees the model."""
        self._voice = None

    def _sentence(self, sentence: str, voice: Voice) -> Speech | None:
        if self._voice is None:
            raise BackendError("This voice was closed and can't speak any more. Load it again.")
        symbols = self._pronounced(self._voice, sentence, voice.pronunciation)
        if not any(symbol.isalpha() for symbol in symbols):
            return None
        ids, counts = network_input(symbols, self._voice.config.phoneme_id_map)
        pcm, frames = _run(self._voice, ids, voice.speed)
        phonemes = phoneme_spans(counts, frames, len(pcm)) if frames is not None else ()
        words = timed_words(sentence.split(), phonemes, len(pcm))
        return Speech(sentence, pcm, self.capabilities.sample_rate, phonemes, words)

    def _pronounced(self, engine: PiperVoice, sentence: str, names: Names) -> list[str]:
        """Phonemes of one sentence, its names said as the author wants them."""
        of = prepared(sentence, names)
        if not of.stand_ins:
            return _symbols(engine, sentence)
        if not self._stand_ins:
            self._stand_ins = {word: _symbols(engine, word) for word in STAND_INS}
        if engine.config.espeak_voice == _AMERICAN:
            of = replace(of, phonemes=tuple(map(american, of.phonemes)))
        symbols = with_names(_symbols(engine, of.text), of, self._stand_ins)
        if symbols is None:
            logger.warning("The voice engine hides where names stand in %r: it says them its own way.", of.text)
            return _symbols(engine, sentence)
        return symbols


def _symbols(voice: PiperVoice, sentence: str) -> list[str]:
    """Phonemes of one sentence; where espeak sees several (an unknown abbreviation), they are joined again."""
    try:
        parts = voice.phonemize(sentence)
    except (RuntimeError, ValueError) as error:
        raise BackendError(
            f"The voice engine can't pronounce a sentence ({error}). Is its language installed?"
        ) from error
    return list(itertools.chain.from_iterable([*part, " "] for part in parts))[:-1]


def _run(voice: PiperVoice, ids: list[int], speed: float) -> tuple[Pcm, NDArray[np.float64] | None]:
    """One pass: samples, and per id how long it sounds (in the decoder's frames) where the voice tells."""
    config = voice.config
    scales = [config.noise_scale, config.length_scale / speed, config.noise_w_scale]
    feed: dict[str, Any] = {
        "input": np.array([ids], np.int64),
        "input_lengths": np.array([len(ids)], np.int64),
        "scales": np.array(scales, np.float32),
    }
    if config.num_speakers > 1:
        feed["sid"] = np.array([config.default_speaker_id], np.int64)
    try:
        pcm, *told = voice.session.run(None, feed)
    except _runtime_errors() as error:
        raise BackendError(f"The voice engine failed on a sentence of {len(ids)} phonemes: {error}") from error
    frames = np.asarray(told[0], np.float64).reshape(-1) if told else None
    sound = np.asarray(pcm, np.float32).reshape(-1) * np.float32(_GAIN)
    return sound, frames if frames is not None and len(frames) == len(ids) else None


def _session(path: Path, options: LoadOptions) -> onnxruntime.InferenceSession:
    import onnxruntime  # noqa: PLC0415 - see `load`

    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = options.threads
    settings.inter_op_num_threads = 1
    # Spinning threads would steal the game's cores between two sentences.
    settings.add_session_config_entry("session.intra_op.allow_spinning", "0")
    onnxruntime.set_seed(options.seed)
    failure: Exception | None = None
    with TemporaryDirectory(prefix="npcengine-", ignore_cleanup_errors=True) as folder:
        for attempt in (_telling_durations(path, Path(folder)), path):
            try:
                session = onnxruntime.InferenceSession(attempt, settings, providers=["CPUExecutionProvider"])
            except _runtime_errors() as error:
                failure = error
                continue
            if not {each.name for each in session.get_inputs()} >= _INPUTS:
                raise ModelBroken(f"{path} is a model, but no Piper voice. Choose another: npcengine setup --list")
            return session
    raise ModelBroken(f"{path} is not a voice that onnxruntime can read ({failure}). Fetch it again.") from failure


def _telling_durations(path: Path, folder: Path) -> Path:
    """The same model with one more output, in a file: of a model given as bytes, the library keeps them all (63 MB)."""
    model = path.read_bytes()
    telling = folder / path.name
    with telling.open("wb") as file:
        file.write(model)
        file.write(durations_output(model))
    return telling


def _runtime_errors() -> tuple[type[Exception], ...]:
    """What onnxruntime raises; it has no common base of its own."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state  # noqa: PLC0415 - see `load`

    return (
        state.Fail,
        state.InvalidArgument,
        state.InvalidGraph,
        state.InvalidProtobuf,
        state.NoModel,
        state.NotImplemented,
        state.RuntimeException,
    )
