"""The real voice: exact spans, intelligible in every guise, repeatable, and clear about broken files."""

from __future__ import annotations

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import jiwer
import numpy as np
import pytest

from npcengine.clock import SystemClock
from npcengine.errors import BackendError, ModelBroken
from npcengine.models.store import locate
from npcengine.pronunciation import SOUNDS
from npcengine.types import HEARING_RATE, LoadOptions, Speech, Voice
from npcengine.voice import piper
from npcengine.voice.speaking import speak

pytestmark = pytest.mark.models

_MODEL = "en_US-joe-medium"
_LINES = (
    "Burned to the beams last winter, and the miller ran off to the city.",
    "A cry of joy burst from his lips.",
    "I would rather walk all the way home than talk to him again.",
    "Mind the sparks when you come near the forge, my friend.",
    "The old man came to the door with a bag of silver coins, didn't he?",
)


@pytest.fixture(scope="module")
def tts() -> Iterator[piper.PiperSpeech]:
    """One voice for all tests that do not change it."""
    loaded = piper.load(_MODEL, LoadOptions(threads=2))
    yield loaded
    loaded.close()


def _error_rate(pieces: list[Speech], texts: tuple[str, ...]) -> float:
    from faster_whisper import WhisperModel  # noqa: PLC0415 - only these tests pay for it

    ears = WhisperModel(str(locate("stt", "tiny.en")), device="cpu", compute_type="int8", cpu_threads=2)
    heard = []
    for piece in pieces:
        segments, _ = ears.transcribe(piece.pcm, language="en", beam_size=1, without_timestamps=True)
        heard.append(_plain(" ".join(segment.text for segment in segments)))
    return float(jiwer.wer([_plain(text) for text in texts], heard))


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z' ]", " ", text.lower()).split())


@pytest.mark.parametrize(
    "voice",
    [Voice(), Voice(pitch=3), Voice(pitch=-3), Voice(pitch=3, timbre=1.08, speed=0.95), Voice(timbre=0.88)],
    ids=["plain", "higher", "lower", "gerta", "larger"],
)
def test_every_guise_is_understood(tts: piper.PiperSpeech, voice: Voice) -> None:
    """A speech recogniser gets the words back: at most one in ten is wrong."""
    pieces = [piece for line in _LINES for piece in speak(tts, line, voice, HEARING_RATE)]
    assert [piece.text for piece in pieces] == list(_LINES)
    assert _error_rate(pieces, _LINES) <= 0.1


@pytest.mark.parametrize("speed", [0.7, 1.0, 1.5])
def test_spans_cover_the_sound(tts: piper.PiperSpeech, speed: float) -> None:
    """Phonemes run without gap from the first sample to the last, and every word has its end in order."""
    for text in ("Five of the 12 men, at least.", "Well... who goes there?", "St. Mary's"):
        for speech in speak(tts, text, Voice(speed=speed), 48_000):
            spans = speech.phonemes
            assert spans[0].start == 0
            assert spans[-1].end == len(speech.pcm)
            assert all(one.end == two.start for one, two in itertools.pairwise(spans))
            ends = [word.end for word in speech.words]
            assert [word.text for word in speech.words] == speech.text.split()
            assert ends == sorted(ends)
            assert ends[-1] <= len(speech.pcm)


def test_words_end_where_they_are_heard_to_end(tts: piper.PiperSpeech) -> None:
    """Cut at a word's end, the sound holds the words up to it."""
    (speech,) = speak(tts, _LINES[2], Voice(), HEARING_RATE)
    end = next(word.end for word in speech.words if word.text == "home")
    cut = Speech("", np.pad(speech.pcm[:end], (0, HEARING_RATE // 2)), HEARING_RATE)
    assert _error_rate([cut], ("I would rather walk all the way home",)) <= 0.15


def test_names_are_said_as_the_author_wants(tts: piper.PiperSpeech) -> None:
    """Wherever a name stands, its phonemes are the author's; all else is said, shown and timed as without it."""
    names = (("Varn", "vˈɛɹn"), ("Oakhollow", "ˈoʊkhɒloʊ"))
    for text, said in (
        ("Welcome to Oakhollow, traveller.", "tʊ ˈoʊkhɑːloʊ, tɹˈævəlɚ."),
        ("The Oakhollow mill is Varn's!", "ðɪʲ ˈoʊkhɑːloʊ mˈɪl ɪz vˈɛɹnz!"),
        ("Varn?", "vˈɛɹn?"),
    ):
        (plain,), (speech,) = (list(speak(tts, text, Voice(pronunciation=each))) for each in ((), names))
        assert said in "".join(phoneme.symbol for phoneme in speech.phonemes)
        assert speech.text == plain.text == text
        assert [word.text for word in speech.words] == text.split()
        assert speech.phonemes[-1].end == len(speech.pcm)
        assert [word.end for word in speech.words] == sorted(word.end for word in speech.words)


def test_the_voice_knows_every_sound_that_a_character_file_may_hold(tts: piper.PiperSpeech) -> None:
    """What `npcengine check` lets pass, no voice leaves out."""
    assert tts._voice is not None
    assert set(tts._voice.config.phoneme_id_map) >= SOUNDS


def test_the_same_seed_gives_the_same_sound() -> None:
    """Two voices with one seed say the same twice; another seed says it otherwise."""

    def said(seed: int) -> list[Speech]:
        loaded = piper.load(_MODEL, LoadOptions(threads=1, seed=seed))
        return [*loaded.speak("Who goes there?", Voice()), *loaded.speak("Who goes there?", Voice())]

    first, again, other = said(3), said(3), said(4)
    assert all(np.array_equal(one.pcm, two.pcm) for one, two in zip(first, again, strict=True))
    assert not np.array_equal(first[0].pcm, other[0].pcm)


def test_clauses_are_even_in_loudness_and_unclipped(tts: piper.PiperSpeech) -> None:
    """One gain for all: no line is over three times as loud as another, and none reaches full scale."""
    pieces = [next(tts.speak(text, Voice())) for text in (*_LINES, "No.", "Aye,", "Run!")]
    loudness = [float(np.sqrt(np.mean(piece.pcm**2))) for piece in pieces]
    assert max(loudness) < 3 * min(loudness)
    assert max(float(np.max(np.abs(piece.pcm))) for piece in pieces) < 1.0


def test_a_first_clause_is_ready_before_it_could_be_said(tts: piper.PiperSpeech) -> None:
    """Speech is made faster than it sounds, effects included (prints how much)."""
    clock = SystemClock()
    list(speak(tts, "Warm up the voice first.", Voice()))
    for voice in (Voice(), Voice(pitch=3, timbre=1.08)):
        start = clock.now()
        (speech,) = speak(tts, "Aye, that I can tell you,", voice, 48_000)
        took, lasts = clock.now() - start, len(speech.pcm) / speech.sample_rate
        print(f"{voice}: {took * 1000:.0f} ms for {lasts:.2f} s, ratio {took / lasts:.3f}")
        assert took < lasts


def test_a_closed_voice_says_so() -> None:
    """Closing twice is fine; speaking after it is not."""
    loaded = piper.load(_MODEL, LoadOptions(threads=1))
    loaded.close()
    loaded.close()
    with pytest.raises(BackendError, match="closed"):
        list(loaded.speak("Hello there", Voice()))


@pytest.mark.parametrize("damage", ["text", "cut", "no description", "wrong description"])
def test_broken_files_are_named(tmp_path: Path, damage: str) -> None:
    """A file that is no voice gives ModelBroken with its path, whatever is wrong with it."""
    good = locate("tts", _MODEL)
    model, description = tmp_path / "voice.onnx", tmp_path / "voice.onnx.json"
    shutil.copy(f"{good}.json", description)
    if damage == "text":
        model.write_text("<html>not found</html>")
    else:
        model.write_bytes(good.read_bytes()[: 200_000 if damage == "cut" else None])
    if damage == "no description":
        description.unlink()
    if damage == "wrong description":
        description.write_text('{"audio": 3}')
    with pytest.raises(ModelBroken, match=re.escape("voice.onnx")):
        piper.load(str(model), LoadOptions(threads=1))
