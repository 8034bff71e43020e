"""The voice alone: how long the first clause of a reply takes, and how long a whole sentence."""

from __future__ import annotations

from dataclasses import replace

from npcengine.brain.pipeline import load_options
from npcengine.brain.registry import open_tts
from npcengine.clock import SystemClock, elapsed_ms
from npcengine.studio.bench.figures import median
from npcengine.studio.bench.scenario import Options, Progress, Result, run
from npcengine.types import Voice
from npcengine.voice.chunker import Chunker
from npcengine.voice.protocol import TextToSpeech
from npcengine.voice.speaking import speak

_OUTPUT_RATE = 44_100
_ROUNDS = 2

REPLIES = (
    "Burned to the beams last winter, and Tobias ran off to Varn.",
    "Five silver, traveller, and I will not haggle with you today.",
    "My father built this forge, and I mean to die beside it.",
    "Sundays I sit down and listen to my back complain for a while.",
    "Ask the brother at the chapel, he hears more than he should.",
    "That blade was never mine, look at the grain of the steel.",
    "I have seen worse swords, but never one held so badly.",
    "Keep away from the river road, the bandits watch it at night.",
)
"""Sentences of the length that a character says (54 to 63 letters)."""


def measure(options: Options, progress: Progress) -> Result:
    """First clause and whole sentence, with a character's effects."""
    config = options.config()
    character = options.character().to_voice()
    tts = open_tts(character.tts or config.tts, replace(load_options(config), threads=1))  # as the brain does
    clock = SystemClock()
    _say(tts, REPLIES[0], character)
    first_ms, whole_ms, sounds_s = [], [], []
    rounds = 1 if options.quick else _ROUNDS
    for number in range(rounds):
        for reply in REPLIES:
            began_s = clock.now()
            _say(tts, first_clause(reply), character, first_piece=True)
            first_ms.append(elapsed_ms(clock, began_s))
            began_s = clock.now()
            sounds_s.append(_say(tts, reply, character))
            whole_ms.append(elapsed_ms(clock, began_s))
        progress((number + 1) / rounds)
    tts.close()
    return {
        "tts": {
            "first_chunk_ms": median(first_ms),
            "sentence_ms": median(whole_ms),
            "sentence_sounds_ms": median([1000.0 * each for each in sounds_s]),
        }
    }


def first_clause(reply: str) -> str:
    """What the chunker hands to the voice first, when the reply comes word by word."""
    chunker = Chunker()
    for word in reply.split(" "):
        for clause in chunker.feed(f"{word} "):
            return clause
    return next(iter(chunker.finish()), reply)


def _say(tts: TextToSpeech, text: str, voice: Voice, *, first_piece: bool = False) -> float:
    """Seconds of sound made of `text`."""
    seconds = 0.0
    for speech in speak(tts, text, voice, _OUTPUT_RATE):
        seconds += len(speech.pcm) / speech.sample_rate
        if first_piece:
            break
    return seconds


if __name__ == "__main__":
    run(measure)
