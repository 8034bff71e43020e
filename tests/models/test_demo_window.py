"""The demo on a virtual screen with the real models: keys pressed by xdotool, a recording as the microphone."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import ImageGrab

from npcengine.clock import SystemClock

pytestmark = [
    pytest.mark.models,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")),
        reason="needs Xvfb and xdotool (apt install xvfb xdotool)",
    ),
]

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE_S = 180.0
CLIP_S = 3.2

# The demo as a player starts it, with what happens written down beside it.
PLAYED = """
import json, sys
from pathlib import Path
import npcengine
from demo_game.main import run
from npcengine.clock import SystemClock
log, clock, update = open(sys.argv[1], "w", buffering=1), SystemClock(), npcengine.Engine.update
def told(engine, dt):
    began_s = clock.now()
    events = update(engine, dt)
    took_ms = (clock.now() - began_s) * 1000
    jaw = max(float(npc.face.weights[npcengine.ARKIT_NAMES.index("jawOpen")]) for npc in engine.npcs)
    print(json.dumps({"dt": dt, "update_ms": took_ms, "jaw": jaw}), file=log)
    for event in events:
        fields = {name: str(getattr(event, name)) for name in type(event).__dataclass_fields__}
        print(json.dumps({"event": type(event).__name__, **fields}), file=log)
    return events
npcengine.Engine.update = told
sys.exit(run(npcengine.EngineConfig(microphone="wav:" + sys.argv[2])))
"""


class Player:
    """Someone at the virtual screen."""

    def __init__(self, display: str, log: Path) -> None:
        self.display = display
        self._log = log
        self._clock = SystemClock()

    def press(self, *arguments: str) -> None:
        """What xdotool does: ``press("key", "Return")``."""
        subprocess.run(["xdotool", *arguments], check=True, env={**os.environ, "DISPLAY": self.display})

    def walk(self, key: str, seconds: float) -> None:
        """Holds a key to walk."""
        self.press("keydown", key)
        self.rest(seconds)
        self.press("keyup", key)

    def lines(self) -> list[dict[str, object]]:
        """All that the demo wrote down so far."""
        written = self._log.read_text() if self._log.exists() else ""
        return [json.loads(line) for line in written.splitlines() if line.endswith("}")]

    def events(self, name: str) -> list[dict[str, object]]:
        """Events of this name."""
        return [line for line in self.lines() if line.get("event") == name]

    def wait_until(self, happened: Callable[[], bool]) -> None:
        """Gives the demo time."""
        until_s = self._clock.now() + PATIENCE_S
        while not happened():
            assert self._clock.now() < until_s, f"it did not happen: {[x for x in self.lines() if 'event' in x]}"
            self.rest(0.1)

    def rest(self, seconds: float) -> None:
        """Holds still."""
        Event().wait(seconds)

    def look(self) -> NDArray[np.uint8]:
        """The screen as pixels, shape (height, width, 3)."""
        return np.asarray(ImageGrab.grab(xdisplay=self.display).convert("RGB"))


@pytest.fixture
def player(tmp_path: Path) -> Iterator[Player]:
    """The demo, running on a screen of its own."""
    recording = PROJECT.parent / "shared" / "speech" / "bdl_arctic_a0074.wav"
    if not recording.is_file():
        pytest.skip(f"no human speech at {recording}")
    reader, writer = os.pipe()
    screen = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x800x24"], pass_fds=[writer], stderr=subprocess.DEVNULL
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        display = f":{told.readline().strip()}"
    log = tmp_path / "played.jsonl"
    environment = {**os.environ, "DISPLAY": display, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy"}
    game = subprocess.Popen([sys.executable, "-c", PLAYED, str(log), str(recording)], env=environment, cwd=PROJECT)
    yield Player(display, log)
    game.kill()
    game.wait()
    screen.kill()
    screen.wait()


def test_a_player_speaks_types_and_is_answered(player: Player) -> None:
    """From the title to the smith on foot; space held while the recording plays, a line typed; both are answered."""
    player.wait_until(lambda: bool(player.events("EngineReady")))
    player.press("key", "Return")
    player.rest(1.0)
    player.walk("w", 0.5)
    player.walk("a", 1.0)
    player.rest(4.0)
    player.press("keydown", "space")
    player.rest(CLIP_S)
    player.press("keyup", "space")
    player.wait_until(lambda: any("waiting for him" in str(event["text"]) for event in player.events("PlayerHeard")))
    spoken = len(player.events("TurnFinished"))
    player.wait_until(lambda: len(player.events("TurnFinished")) > spoken)
    before = player.look()

    player.press("key", "Return")
    player.press("type", "--delay", "40", "What happened to the mill?")
    player.press("key", "Return")
    typed = len(player.events("TurnFinished"))
    player.wait_until(lambda: len(player.events("TurnFinished")) > typed)
    assert not np.array_equal(before, player.look())
    assert str(player.events("TurnFinished")[-1]["text_heard"])

    frames = [line for line in player.lines() if "update_ms" in line]
    assert max(float(str(frame["jaw"])) for frame in frames) > 0.15
    took_ms = np.percentile([float(str(frame["update_ms"])) for frame in frames], [50, 99])
    late = np.mean([float(str(frame["dt"])) > 0.020 for frame in frames[300:]])
    print(f"update: median {took_ms[0]:.3f} ms, 99th percentile {took_ms[1]:.3f} ms; frames over 20 ms: {late:.1%}")
    assert took_ms[1] < 1.0
    player.press("key", "Escape")
