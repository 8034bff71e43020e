"""Many characters: a frame with a thousand of them, and what going from one to another costs the language model."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

import npcengine
from npcengine.audio.speaker import RecordingSpeaker
from npcengine.studio.bench.figures import median, percentile, ratio
from npcengine.studio.bench.headless_game import HeadlessGame
from npcengine.studio.bench.scenario import Options, Progress, Result, characters_folder, run

COUNT = 1000
SPEAKING = 8
_FRAMES, _QUICK_FRAMES = 900, 240
_PEOPLE, _QUICK_PEOPLE = 20, 4
_PAIRS, _QUICK_PAIRS = 12, 4
_SETTLE_S = 1.0
_CHAT = (
    "I had a strange dream last night.",
    "Do you ever get tired of people?",
    "You seem to be in a good mood today.",
    "I slept badly and my back aches.",
    "What makes you happy these days?",
    "I wish I could stay here for ever.",
    "I am glad to see you again.",
)
"""Talk that the model answers, and no author's line."""
_SPEECH = (
    "The road to Varn is long, and the bandits watch it from the old mill to the second bridge. "
    "Go by day, keep to the river, and do not stop for anybody who waves a lantern. "
    "My brother went that way with a cart of nails and came home without the cart."
)


def measure(options: Options, progress: Progress) -> Result:
    """A thousand characters of which eight speak, then twenty that are talked to in turn."""
    updates_ms = _crowd(options, lambda share: progress(0.2 * share))
    switched_ms, stayed_ms = _switching(options, lambda share: progress(0.2 + 0.8 * share))
    return {
        "npcs": {
            "count": COUNT,
            "update_p50_ms": percentile(updates_ms, 50.0, 3),
            "update_p99_ms": percentile(updates_ms, 99.0, 3),
            "speaking": SPEAKING,
            "switch_first_token_ratio": ratio(median(switched_ms), median(stayed_ms)),
            "switch_first_token_ms": median(switched_ms),
            "stay_first_token_ms": median(stayed_ms),
            "people": _QUICK_PEOPLE if options.quick else _PEOPLE,
            "samples": len(switched_ms),
        }
    }


def _crowd(options: Options, progress: Progress) -> list[float]:
    """Milliseconds of each update while eight of a thousand speak.

    With fake models, since it is the game's side that is measured: a voice on two cores can't keep eight speaking.
    """
    fakes = replace(options, fakes=True)
    persona = fakes.character()
    wanted = _QUICK_FRAMES if options.quick else _FRAMES
    updates_ms: list[float] = []
    with HeadlessGame(fakes.config(microphone="none", speaker="none")) as game:
        crowd = [game.engine.spawn(persona) for _ in range(COUNT)]
        game.wait_until_ready()
        speakers = crowd[:: COUNT // SPEAKING][:SPEAKING]
        while len(updates_ms) < wanted:
            for npc in speakers:
                if npc.status == "idle":
                    npc.say(_SPEECH)
            game.frame()
            if all(npc.status == "speaking" for npc in speakers):
                updates_ms.append(game.update_ms)
                if len(updates_ms) % 60 == 0:
                    progress(len(updates_ms) / wanted)
    return updates_ms


def _switching(options: Options, progress: Progress) -> tuple[list[float], list[float]]:
    """First tokens (ms) after a change of character, and of the next line to the same one."""
    people, pairs = (_QUICK_PEOPLE, _QUICK_PAIRS) if options.quick else (_PEOPLE, _PAIRS)
    personas = cycle(_personas(options))
    lines = cycle(_CHAT)
    switched_ms: list[float] = []
    stayed_ms: list[float] = []
    with HeadlessGame(options.config(microphone="none"), speaker=RecordingSpeaker()) as game:
        crowd = [game.engine.spawn(next(personas)) for _ in range(people)]
        game.wait_until_ready()
        for index, npc in enumerate(crowd):
            _ask(game, npc, next(lines), settle_s=0.0)
            progress(0.4 * (index + 1) / people)
        for index in range(pairs):
            npc = crowd[index % people]
            switched_ms += _first_token_ms(game, npc, next(lines))
            stayed_ms += _first_token_ms(game, npc, next(lines))
            progress(0.4 + 0.6 * (index + 1) / pairs)
    return switched_ms, stayed_ms


def _first_token_ms(game: HeadlessGame, npc: npcengine.Npc, line: str) -> list[float]:
    """When the first token of the reply came; empty where the words are the author's and not the model's."""
    finished = _ask(game, npc, line)
    if finished is None or finished.source != "model" or finished.timings.first_token is None:
        return []
    return [finished.timings.first_token]


def _ask(
    game: HeadlessGame, npc: npcengine.Npc, line: str, settle_s: float = _SETTLE_S
) -> npcengine.TurnFinished | None:
    npc.tell(line)
    finished = game.await_reply(npc)
    game.run(settle_s)
    return finished


def _personas(options: Options) -> list[npcengine.Persona]:
    """Without fillers, which would be the first token of every other reply and cost nothing."""
    if options.fakes:
        return [options.character()]
    shipped = map(npcengine.load_persona, sorted(characters_folder().glob("*.yaml")))
    return [persona.model_copy(update={"fillers": ()}) for persona in shipped]


if __name__ == "__main__":
    run(measure)
