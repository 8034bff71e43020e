"""From `npc.interrupt()` to silence at the sound device: SDL's disk device writes what a speaker would have played.

The device takes a buffer (512 frames, 11.6 ms) at a time, in real time. What lies in the file when the call is made has
been played, except for its last buffer; what is loud behind that point is heard after the call. So the figure is how
far the last loud sample lies behind the file's end at the call, and one buffer more: an upper bound.
"""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from npcengine.persona import persona_from_dict
from npcengine.studio.bench.figures import median, percentile
from npcengine.studio.bench.headless_game import HeadlessGame
from npcengine.studio.bench.scenario import Options, Progress, Result, run

RATE = 44_100
BUFFER = 512
_CHANNELS = 4
"""A buffer is then 4,096 bytes, which C's file library hands on at once; with two channels it would keep every other
one back, and the file's end would lie up to a buffer behind the device."""
_FRAME_BYTES = 2 * _CHANNELS
_BUFFER_MS = 1000.0 * BUFFER / RATE
_TIMES, _QUICK_TIMES = 15, 5
_SPEAKS_S = 0.5
_QUIET_S = 0.3
_LINE = "The road to Varn is long, and the bandits watch it from the old mill to the second bridge."


def measure(options: Options, progress: Progress) -> Result:
    """How long a character is still heard after it was interrupted."""
    times = _QUICK_TIMES if options.quick else _TIMES
    with TemporaryDirectory() as folder:
        path = Path(folder) / "device.raw"
        os.environ["SDL_AUDIODRIVER"] = "disk"
        os.environ["SDL_DISKAUDIOFILE"] = str(path)
        try:
            import pygame  # noqa: PLC0415 - SDL reads the environment when it opens the device
        except ModuleNotFoundError:
            return {"notes": ["interrupt: pygame is not installed: pip install 'npcengine[game]'"]}
        pygame.mixer.init(RATE, -16, _CHANNELS, BUFFER)
        marks = _interrupt_again_and_again(options, path, times, progress)
        pygame.quit()
        device = np.fromfile(path, dtype=np.int16).reshape(-1, _CHANNELS)
    stops_ms = stop_times_ms(device, marks)
    return {"interrupt": {"stop_ms": median(stops_ms), "p95_ms": percentile(stops_ms, 95.0), "samples": len(stops_ms)}}


def _interrupt_again_and_again(options: Options, path: Path, times: int, progress: Progress) -> list[int]:
    """Frames in the device's file at each call of `interrupt`; a humming voice has no pauses to mistake for silence."""
    hums = persona_from_dict({"npcengine": 1, "name": "Hummer", "voice": {"tts": "fake:hum"}})
    config = options.config(stt="fake:nothing", llm="fake:nothing", embedding="none", tts="fake:hum", microphone="none")
    marks = []
    with HeadlessGame(config) as game:
        npc = game.engine.spawn(hums)
        game.wait_until_ready()
        for number in range(times):
            npc.say(_LINE)
            while npc.status != "speaking":
                game.frame()
            game.run(_SPEAKS_S + number * 0.0017)  # not always at the same place of a buffer
            marks.append(path.stat().st_size // _FRAME_BYTES)
            npc.interrupt()
            game.run(_QUIET_S)
            progress((number + 1) / times)
    return marks


def stop_times_ms(device: np.ndarray[tuple[int, int], np.dtype[np.int16]], marks: list[int]) -> list[float]:
    """How long each interruption took.

    Args:
        device: What the device played, shape (frames, channels).
        marks: Frames it had been given when each interruption was asked for, in order.
    """
    loud = np.flatnonzero(np.abs(device).max(axis=1) > 0)
    stops_ms = []
    for mark, following in zip(marks, [*marks[1:], len(device)], strict=True):
        quiet_by = mark + int(_QUIET_S * 0.8 * RATE)  # the next line begins after this
        still_loud = loud[(loud >= mark) & (loud < min(quiet_by, following))]
        samples = int(still_loud[-1]) + 1 - mark if len(still_loud) else 0
        stops_ms.append(1000.0 * samples / RATE + _BUFFER_MS)
    return stops_ms


if __name__ == "__main__":
    run(measure)
