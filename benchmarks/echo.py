"""Does a character hear itself, and the player who talks over it? python -m benchmarks.echo."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import jiwer
import numpy as np
import psutil
from rich.console import Console
from whisper_normalizer.english import EnglishTextNormalizer

from benchmarks.echo_scenes import ROOMS, Scene, alone, clips, spoken, talked_over, without_character
from npcengine.hearing import apm, silero, whisper
from npcengine.hearing.echo import EchoCanceller, FramedCanceller
from npcengine.hearing.echo_gate import GateFrames
from npcengine.hearing.endpointing import SpeechStarted
from npcengine.hearing.listener import Listener, Utterance
from npcengine.hearing.protocol import SpeechToText
from npcengine.types import HEARING_RATE, LoadOptions, Pcm

BLOCK_SAMPLES = 512
_EARLY_SAMPLES = HEARING_RATE // 10
"""A detector's block may begin a little before the player's first sound."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the ears made of a scene; samples are those of the cleaned stream."""

    cleaned: Pcm
    starts: tuple[int, ...]
    utterances: tuple[Utterance, ...]

    def player_start(self, scene: Scene) -> int | None:
        """Where the player's speech was found."""
        begin = scene.player_at - _EARLY_SAMPLES
        return next((start for start in self.starts if begin <= start < scene.player_end), None)


CANCELLERS: dict[str, Callable[[], EchoCanceller | None]] = {
    "none": lambda: None,
    "gate": lambda: FramedCanceller(GateFrames()),
    "apm": lambda: FramedCanceller(apm.load()),
}


def hear(scene: Scene, canceller: EchoCanceller | None) -> Heard:
    """Runs the scene through canceller, voice detector and end of turn, as an open microphone does."""
    listener = Listener(silero.load(), mode="open")
    cleaned: list[Pcm] = []
    starts: list[int] = []
    utterances: list[Utterance] = []
    for at in range(0, len(scene.microphone), BLOCK_SAMPLES):
        block, reference = scene.microphone[at : at + BLOCK_SAMPLES], scene.reference[at : at + BLOCK_SAMPLES]
        cleaned.append(canceller.clean(block, reference if reference.any() else None) if canceller else block)
        for event in listener.hear(cleaned[-1]):
            if isinstance(event, SpeechStarted):
                starts.append(event.at_sample)
            elif isinstance(event, Utterance):
                utterances.append(event)
    if len(listener.so_far):
        utterances.append(Utterance(listener.so_far, len(scene.microphone) - len(listener.so_far)))
    return Heard(np.concatenate(cleaned), tuple(starts), tuple(utterances))


def words_of(heard: Heard, ears: SpeechToText, scene: Scene | None = None) -> str:
    """What is transcribed: of all utterances, or of those that overlap with the player."""
    return " ".join(
        ears.transcribe(each.pcm).text
        for each in heard.utterances
        if scene is None or (each.start < scene.player_end and each.start + len(each.pcm) > scene.player_at)
    ).strip()


def return_loss_db(scene: Scene, heard: Heard, skip_s: float = 0.0) -> float:
    """How much less of the sound is left, over the whole scene but its first seconds."""
    skip = int(skip_s * HEARING_RATE)
    left = np.mean(heard.cleaned[skip:] ** 2) + 1e-10
    return float(10 * np.log10(np.mean(scene.microphone[skip:] ** 2) / left))


def word_error_rate(said: list[str], heard: list[str]) -> float:
    """Of all words said, how many were heard wrongly, missed or invented."""
    normalize = EnglishTextNormalizer()
    return float(jiwer.wer([normalize(text) for text in said], [normalize(text) for text in heard]))


@dataclass(frozen=True, slots=True)
class EchoFigures:
    """What came of the echo alone, over all rooms and voices."""

    starts_per_minute: float
    words: int
    return_loss_db: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """What came of players talking over a character; delays are beside the same clip with the character silent."""

    false_starts: int
    found: int
    delays_ms: tuple[float, ...]
    word_error_rate: float


def echo_alone(canceller: Callable[[], EchoCanceller | None], ears: SpeechToText) -> EchoFigures:
    """Every room and voice, each with a canceller that knows nothing yet."""
    starts, words, samples, losses = 0, 0, 0, []
    for number, room in enumerate(ROOMS):
        for sound in spoken():
            scene = alone(sound, room, number)
            heard = hear(scene, canceller())
            starts += len(heard.starts)
            samples += len(scene.microphone)
            words += len(words_of(heard, ears).split())
            losses.append(return_loss_db(scene, heard, skip_s=2.0))
    return EchoFigures(starts * 60 * HEARING_RATE / samples, words, tuple(losses))


def double_talk(
    canceller: Callable[[], EchoCanceller | None],
    ears: SpeechToText,
    *,
    level_db: float,
    stops_after_s: float | None = None,
) -> TalkFigures:
    """Every clip over a speaking character."""
    false_starts, delays, said, understood = 0, [], [], []
    for number, (_, text) in enumerate(clips()):
        scene = talked_over(number, level_db=level_db, stops_after_s=stops_after_s)
        heard = hear(scene, canceller())
        false_starts += sum(start < scene.player_at - _EARLY_SAMPLES for start in heard.starts)
        start, clean = heard.player_start(scene), hear(without_character(scene, number), None).player_start(scene)
        if start is not None and clean is not None:
            delays.append((start - clean) * 1000 / HEARING_RATE)
        said.append(text)
        understood.append(words_of(heard, ears, scene))
    return TalkFigures(false_starts, len(delays), tuple(delays), word_error_rate(said, understood))


def cost(canceller: Callable[[], EchoCanceller | None], *, silent: bool = False, rounds: int = 5) -> float:
    """Processor time of cleaning over the sound's length, the median of some rounds."""
    process, scene, ratios = psutil.Process(), alone(spoken()[0], ROOMS[0]), []
    for _ in range(rounds):
        cleaning = canceller()
        started = process.cpu_times()
        for at in range(0, len(scene.microphone), BLOCK_SAMPLES):
            if cleaning:
                part = slice(at, at + BLOCK_SAMPLES)
                cleaning.clean(scene.microphone[part], None if silent else scene.reference[part])
        took_s = sum(process.cpu_times()[:2]) - sum(started[:2])
        ratios.append(took_s * HEARING_RATE / len(scene.microphone))
    return float(np.median(ratios))


def report(ears: SpeechToText) -> Iterator[str]:
    """The figures, a line each."""
    for name, canceller in CANCELLERS.items():
        before = psutil.Process().memory_info().rss
        canceller()
        grown = (psutil.Process().memory_info().rss - before) / 2**20
        resting = cost(canceller, silent=True)
        yield f"{name}: {cost(canceller):.4f} of real time, resting {resting:.4f}, {grown:.0f} MB more in memory"
        echo = echo_alone(canceller, ears)
        low, middle = min(echo.return_loss_db), float(np.median(echo.return_loss_db))
        yield f"  echo alone: {echo.starts_per_minute:.2f} false starts a minute, {echo.words} words"
        yield f"  echo return loss: median {middle:.1f} dB, lowest {low:.1f} dB"
        for level_db in (0.0, -6.0):
            for stops_after_s in (None, 0.5):
                talk = double_talk(canceller, ears, level_db=level_db, stops_after_s=stops_after_s)
                median_ms, most_ms = np.median(talk.delays_ms or (np.nan,)), max(talk.delays_ms, default=np.nan)
                yield (
                    f"  player at {level_db:+.0f} dB, character {'goes on' if stops_after_s is None else 'stops'}: "
                    f"{talk.false_starts} false starts, {talk.found} of {len(clips())} found, "
                    f"{median_ms:.0f} ms later (most {most_ms:.0f}), "
                    f"word error rate {talk.word_error_rate:.2f}"
                )


if __name__ == "__main__":
    recogniser = whisper.load("tiny.en", LoadOptions(threads=2))
    for line in report(recogniser):
        Console(highlight=False).print(line, soft_wrap=True)
