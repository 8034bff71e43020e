"""How long a game waits from `Engine()` until everything is loaded; the brain's process is new each time."""

from __future__ import annotations

from npcengine.audio.speaker import RecordingSpeaker
from npcengine.studio.bench.figures import median
from npcengine.studio.bench.headless_game import HeadlessGame
from npcengine.studio.bench.scenario import Options, Progress, Result, run

RUNS = 2


def measure(options: Options, progress: Progress) -> Result:
    """Engine() to EngineReady, with one character spawned at once."""
    persona = options.character()
    runs = 1 if options.quick else RUNS
    took_s = []
    for number in range(runs + 1):  # the first puts the models into the system's file cache
        with HeadlessGame(options.config(microphone="none"), speaker=RecordingSpeaker()) as game:
            began_s = game.began_s
            game.engine.spawn(persona)
            game.wait_until_ready()
            took_s.append(game.clock.now() - began_s)
        progress((number + 1) / (runs + 1))
    return {"ready_s": median(took_s[1:], digits=2)}


if __name__ == "__main__":
    run(measure)
