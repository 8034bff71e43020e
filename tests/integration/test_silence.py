"""How soon a voice is silent, by the device's own samples: the real mixer, with a file for a sound card."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

RATE = 44_100
"""That of the mixer which the engine opens where a game has none (Hz); the child process says so if it is another."""
BUFFER_S = 512 / RATE
LONGEST_S = 0.06
MARK_S = 0.15
LOUD = 10_000
TRIALS = 6

SPEAKER = """
import sys
import numpy as np
import pygame
from npcengine.audio.mixer_speaker import MixerSpeaker
from npcengine.audio.playback import Piece, Playback
from npcengine.clock import SystemClock
from npcengine.face.animator import silence

verb, rate, loud, mark_s, trials = sys.argv[1], *map(float, sys.argv[2:])
speaker = MixerSpeaker(SystemClock(), latency_s=0.03)
assert speaker.rate == rate, speaker.rate
hum = (loud * np.sin(2 * np.pi * 150 * np.arange(2 * speaker.rate) / speaker.rate)).astype(np.int16)
right = np.zeros((round(mark_s * rate), 2), dtype=np.int16)
right[:, 1] = loud
mark = pygame.mixer.Sound(buffer=right)

def until_quiet():
    while any(pygame.mixer.Channel(number).get_busy() for number in range(pygame.mixer.get_num_channels())):
        pygame.time.wait(5)

for trial in range(int(trials)):
    playback = Playback(speaker.line())
    playback.place(-1.0, 1.0)
    for _ in range(2):
        playback.add(Piece("hum", hum, (), silence(speaker.rate)))
    pygame.time.wait(600 + 7 * trial)
    getattr(playback, verb)()
    pygame.mixer.Channel(0).play(mark)
    until_quiet()
    playback.resume()
    pygame.time.wait(200)
    playback.stop()
    until_quiet()
pygame.mixer.quit()
"""


def device_s_samples(folder: Path, verb: str) -> NDArray[np.int16]:
    """What the sound card got, (samples, left and right): the voice on the left; on the right, a mark after `verb`."""
    recording = folder / "device.raw"
    environment = os.environ | {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(recording)}
    figures = [str(figure) for figure in (RATE, LOUD, MARK_S, TRIALS)]
    subprocess.run([sys.executable, "-c", SPEAKER, verb, *figures], env=environment, check=True, timeout=120)
    return np.fromfile(recording, dtype=np.int16).reshape(-1, 2)


def marks(samples: NDArray[np.int16]) -> list[int]:
    """Where each mark begins: in the first buffer that the mixer filled after the call."""
    there = (samples[:, 1] != 0).astype(np.int8)
    begins = np.flatnonzero(np.diff(there, prepend=0) == 1).tolist()
    assert len(begins) == TRIALS
    return begins


@pytest.mark.parametrize("verb", ["stop", "hold"])
def test_a_voice_is_silent_at_once_and_without_a_click(tmp_path: Path, verb: str) -> None:
    """Within 60 ms of the call nothing more comes, not even the piece that waits, and it fades in small steps."""
    samples = device_s_samples(tmp_path, verb)
    waits_s, steps = [], []
    for mark in marks(samples):
        voice = samples[mark : mark + round(MARK_S * RATE), 0].astype(np.int32)
        sounding = np.flatnonzero(voice)
        # The call came at most a buffer before the mark, since each buffer is filled when the one before it is done.
        waits_s.append(BUFFER_S + (sounding[-1] + 1) / RATE if len(sounding) else BUFFER_S)
        steps.append(np.abs(np.diff(samples[mark - 64 : mark + len(voice), 0].astype(np.int32))).max() / LOUD)
    print(f"{verb}: silent {1000 * np.median(waits_s):.0f} ms after the call, at most {1000 * max(waits_s):.0f}; ")
    print(f"in steps of {np.median(steps):.2f} of the loudness")
    assert max(waits_s) <= LONGEST_S
    assert np.median(steps) < 0.5  # a machine under load may skip one


def test_a_voice_goes_on_without_a_click(tmp_path: Path) -> None:
    """After the silence of a held voice, the middle of a sound swells from nothing, on the side where it was placed."""
    samples = device_s_samples(tmp_path, "hold").astype(np.int32)
    ordinary = 2 * np.pi * 150 / RATE * LOUD
    for mark in marks(samples.astype(np.int16)):
        silent = mark + round(MARK_S * RATE) - 1
        begins = silent + np.flatnonzero(samples[silent:, 0])[0]
        swelling = samples[begins - 1 : begins + round(0.005 * RATE), 0]
        assert np.abs(swelling[:20]).max() < 0.1 * LOUD
        assert np.abs(np.diff(swelling)).max() < 2.0 * ordinary
        assert not samples[begins : begins + 2_000, 1].any()
