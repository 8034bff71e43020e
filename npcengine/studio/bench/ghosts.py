"""Words that an open microphone hears where nobody speaks: silence, noise, hum and music."""

from __future__ import annotations

import npcengine
from npcengine.audio.speaker import RecordingSpeaker
from npcengine.clock import SystemClock
from npcengine.studio.bench.headless_game import HeadlessGame
from npcengine.studio.bench.noises import noises
from npcengine.studio.bench.paced_microphone import PacedMicrophone
from npcengine.studio.bench.scenario import Options, Progress, Result, run
from npcengine.types import HEARING_RATE, Pcm

SECONDS, QUICK_SECONDS = 60.0, 10.0
_SPEED = 12.0
"""Times real time: only the content counts, and the voice detector takes 3 ms for a second of sound."""
_PAUSE_S = 0.5


def measure(options: Options, progress: Progress) -> Result:
    """Words heard in sounds without any."""
    seconds = QUICK_SECONDS if options.quick else SECONDS
    clock = SystemClock()
    microphone = PacedMicrophone(clock, speed=_SPEED)
    words: dict[str, int] = {}
    with HeadlessGame(options.config(), speaker=RecordingSpeaker(), microphone=microphone, clock=clock) as game:
        npc = game.engine.spawn(options.character())
        game.wait_until_ready()
        game.engine.microphone.mode = "open"
        game.engine.focus(npc)
        for name, pcm in noises(seconds).items():
            words[name] = _words_heard(game, microphone, pcm)
            progress(len(words) / 4)
    return {"ghost_words": sum(words.values()), "ghost_words_by_sound": words, "ghost_seconds_each": seconds}


def _words_heard(game: HeadlessGame, microphone: PacedMicrophone, pcm: Pcm) -> int:
    """Words of all final transcripts while `pcm` plays, and until its last one has come."""
    microphone.say(pcm)
    until_s = game.clock.now() + len(pcm) / HEARING_RATE / _SPEED + _PAUSE_S
    words = 0
    while game.clock.now() < until_s or _busy(game):
        for event in game.frame():
            if isinstance(event, npcengine.PlayerHeard) and event.final:
                words += len(event.text.split())
    return words


def _busy(game: HeadlessGame) -> bool:
    return any(npc.status != "idle" for npc in game.engine.npcs)


if __name__ == "__main__":
    run(measure)
