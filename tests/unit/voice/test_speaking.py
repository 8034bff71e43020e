"""A clause of a reply becomes speech at the game's rate, with a subtitle's words."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from npcengine.types import Phoneme, Speech, Voice
from npcengine.voice.protocol import TextToSpeechCapabilities
from npcengine.voice.speaking import speak


class _Tones:
    """Says every sentence as a tone, a tenth of a second a letter; half a sentence at a time where asked to."""

    def __init__(self, *, halves: bool = False) -> None:
        self.capabilities = TextToSpeechCapabilities(sample_rate=16_000, phonemes=True)
        self.asked: list[tuple[str, float]] = []
        self._halves = halves

    def speak(self, text: str, voice: Voice) -> Iterator[Speech]:
        self.asked.append((text, voice.speed))
        words = text.split()
        middle = len(words) // 2 if self._halves else 0
        for part in (words[:middle], words[middle:]):
            if part:
                yield self._tone(" ".join(part), voice.speed)

    def close(self) -> None: ...

    def _tone(self, text: str, speed: float) -> Speech:
        each = round(1600 / speed)
        pcm = np.full(each * len(text), 0.5, np.float32)
        phonemes = tuple(Phoneme(letter, i * each, (i + 1) * each) for i, letter in enumerate(text))
        return Speech(text, pcm, 16_000, phonemes)


class _Humming(_Tones):
    """As tones, with half a second of silence around each sentence."""

    def _tone(self, text: str, speed: float) -> Speech:
        speech = super()._tone(text, speed)
        hum = 0.3 * np.sin(2 * np.pi * 200 * np.arange(len(speech.pcm)) / 16_000)
        around = 8000
        moved = tuple(Phoneme(each.symbol, each.start + around, each.end + around) for each in speech.phonemes)
        moved = (Phoneme("^", 0, around), *moved, Phoneme("$", moved[-1].end, moved[-1].end + around))
        return Speech(text, np.pad(hum, around).astype(np.float32), 16_000, moved)


def test_what_is_said_and_what_is_shown() -> None:
    """The voice gets words it can say; the subtitle keeps the numerals; neither has the stage direction."""
    tones = _Tones()
    (speech,) = speak(tones, "*sighs* Dr. Holt wants $5 now", Voice())
    assert tones.asked == [("Doctor Holt wants five dollars now", 1.0)]
    assert speech.text == "Dr. Holt wants $5 now"
    assert [word.text for word in speech.words] == ["Dr.", "Holt", "wants", "$5", "now"]
    assert [word.end // 1600 for word in speech.words] == [6, 11, 17, 30, 34]


def test_a_piece_per_sentence() -> None:
    """Sentences come one by one, so that the first can play while the second is made."""
    pieces = speak(_Tones(), "It burned down. Ask him.", Voice())
    assert next(pieces).text == "It burned down."
    assert next(pieces).text == "Ask him."


@pytest.mark.parametrize("rate", [None, 22_050, 48_000])
@pytest.mark.parametrize("voice", [Voice(), Voice(speed=1.2, pitch=3, timbre=1.08)])
def test_spans_cover_the_sound_at_any_rate(rate: int | None, voice: Voice) -> None:
    """Phonemes run from the first sample to the last, words end within them, and the speed is the voice's."""
    (speech,) = speak(_Tones(), "one two three", voice, rate)
    assert speech.sample_rate == (rate or 16_000)
    assert len(speech.pcm) / speech.sample_rate == pytest.approx(1.34 / voice.speed - 0.02, abs=0.01)
    assert speech.phonemes[0].start == 0
    assert speech.phonemes[-1].end == len(speech.pcm)
    assert speech.words[-1].end == len(speech.pcm)


@pytest.mark.parametrize("voice", [Voice(), Voice(speed=1.2, timbre=1.1), Voice(speed=0.8, timbre=0.9)])
@pytest.mark.parametrize(("first", "pause_ms"), [("hello", 40), ("hello,", 200), ("hello.", 260), ("hello...", 400)])
def test_pieces_that_are_joined_pause_as_their_text_asks(first: str, pause_ms: int, voice: Voice) -> None:
    """From the last sound of one to the first of the next, whatever the timbre; a fast character pauses shorter."""
    rate = 48_000
    joined = np.concatenate([piece.pcm for text in (first, "you") for piece in speak(_Humming(), text, voice, rate)])
    heard = np.flatnonzero(np.abs(joined) > 0.02)
    gap = np.max(np.diff(heard))
    assert 1000 * gap / rate == pytest.approx(pause_ms / voice.speed, abs=12)


@pytest.mark.parametrize("voice", [Voice(), Voice(pitch=3, timbre=1.1)])
def test_joins_do_not_click(voice: Voice) -> None:
    """No step from sample to sample at a join is larger than the speech's own within it."""
    pieces = [piece.pcm for text in ("hello", "you there") for piece in speak(_Tones(), text, voice, 48_000)]
    assert abs(pieces[1][0] - pieces[0][-1]) < 0.001
    joined = np.concatenate(pieces)
    around = slice(len(pieces[0]) - 480, len(pieces[0]) + 480)
    assert np.max(np.abs(np.diff(joined[around]))) < 0.02


def test_a_voice_that_gives_half_sentences() -> None:
    """Every word is shown once, with the piece that says it."""
    pieces = list(speak(_Tones(halves=True), "Five of 12 men left", Voice()))
    assert " ".join(piece.text for piece in pieces) == "Five of 12 men left"
    assert [len(piece.words) for piece in pieces] == [2, 3]


def test_edges_are_silent() -> None:
    """Pieces start and end near zero, so that joins don't click."""
    (speech,) = speak(_Tones(), "hello", Voice(), 48_000)
    assert abs(speech.pcm[0]) < 0.01
    assert abs(speech.pcm[-1]) < 0.01
    assert abs(speech.pcm[len(speech.pcm) // 2]) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("text", ["", "...", "*sighs*", "🙂"])
def test_nothing_to_say(text: str) -> None:
    """No speech, and the voice is not even asked."""
    tones = _Tones()
    assert list(speak(tones, text, Voice())) == []
    assert tones.asked == []
