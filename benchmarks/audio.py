"""What speech costs the game's own thread, and its echo's reference the capture's: python -m benchmarks.audio."""

from __future__ import annotations

import os
import statistics
import timeit
from collections.abc import Callable
from functools import partial

import numpy as np

from npcengine.audio.echo_reference import EchoReference
from npcengine.audio.playback import Piece, Playback
from npcengine.audio.speaker import open_speaker
from npcengine.clock import SystemClock
from npcengine.face.animator import silence
from npcengine.types import SpokenWord

CHARACTERS = 8
PIECES = 30
PIECE_S = 2.5
BLOCK = 512
WORDS = ["the", "old", "mill", "by", "the", "river", "burned", "down", "last", "winter"]


def main() -> None:
    """Prints medians in microseconds; the machine's load is in them, so compare them with each other."""
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    frame_us()
    reference_us()


def frame_us() -> None:
    """All that a frame asks of eight characters who speak at once, in the mixer and without a device."""
    for spec in ("none", "auto"):
        speaker = open_speaker(spec, SystemClock(), latency_s=0.03)
        playbacks = [Playback(speaker.line()) for _ in range(CHARACTERS)]
        for playback in playbacks:
            for _ in range(PIECES):
                playback.add(piece(speaker.rate))
        verbs: tuple[Callable[[Playback], object], ...] = (Playback.feed, Playback.heard_text, Playback.face_position)
        for verb in verbs:
            show(f"speaker {spec}: {verb.__name__}", partial(for_each, verb, playbacks))
        speaker.close()


def for_each(verb: Callable[[Playback], object], playbacks: list[Playback]) -> None:
    """One after the other."""
    for playback in playbacks:
        verb(playback)


def reference_us() -> None:
    """The echo's reference: noted by the game's thread once a piece, and for a voice that moves; read once a block."""
    for rate in (22_050, 44_100):
        reference = EchoReference()
        pcm = piece(rate).pcm
        for number in range(CHARACTERS):
            reference.play(number, pcm, rate, at_s=0.0)
        show(f"{rate} Hz: play", partial(reference.play, CHARACTERS, pcm, rate, at_s=3.1), runs=20)
        reference.cut(CHARACTERS, 3.1)
        show(f"{rate} Hz: place", partial(reference.place, 0, 1.0, 1.0))
        alone = EchoReference()
        alone.play(0, pcm, rate, at_s=0.0)
        show(f"{rate} Hz: between, one voice", partial(alone.between, 1.0, BLOCK))


def piece(rate: int) -> Piece:
    """A sentence."""
    samples = round(PIECE_S * rate)
    pcm = (8_000 * np.sin(np.arange(samples) / 20)).astype(np.int16)
    words = tuple(SpokenWord(word, (index + 1) * samples // len(WORDS)) for index, word in enumerate(WORDS))
    return Piece(" ".join(WORDS), pcm, words, silence(rate))


def show(what: str, run: Callable[[], object], *, runs: int = 300) -> None:
    """Prints how long `run` takes."""
    seconds = statistics.median(timeit.repeat(run, number=runs, repeat=15)) / runs
    print(f"{what:32} {1e6 * seconds:8.1f} us")


if __name__ == "__main__":
    main()
