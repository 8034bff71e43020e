"""Spoken turns, push-to-talk: how soon the first sound of the reply is there, beside the naive chain, clip by clip.

The count starts at the last voiced sample for both, and ends at the first sample that could be played: for the engine
when the first speech has come to the game's process, for the naive chain when the whole reply is synthesised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import npcengine
from npcengine.audio.speaker import RecordingSpeaker
from npcengine.clock import SystemClock
from npcengine.errors import NpcEngineError
from npcengine.studio.bench.clips import Clip, load_clips
from npcengine.studio.bench.figures import median, ratio, spread
from npcengine.studio.bench.headless_game import HeadlessGame
from npcengine.studio.bench.naive_chain import NaiveTurn
from npcengine.studio.bench.naive_process import NaiveProcess
from npcengine.studio.bench.paced_microphone import PacedMicrophone
from npcengine.studio.bench.scenario import Options, Progress, Result, run
from npcengine.studio.bench.wording import word_errors

REACTION_MS = 150.0
"""From the last voiced sample to the key's release: nobody lets go sooner than they have spoken, and most people a
little later. Reported apart, so that it can be taken away."""

_SETTLE_S = 0.8
"""Frames after a reply, in which the engine reads what was said: nobody speaks again sooner."""


@dataclass(frozen=True, slots=True)
class EngineTurn:
    """One turn of the engine; milliseconds count from the last voiced sample."""

    heard: str
    source: str
    key_ms: float
    stt_ms: float
    first_token_ms: float
    first_audio_ms: float
    first_words_ms: float

    @property
    def stt_after_key_ms(self) -> float:
        """From the key's release to the final transcript."""
        return self.stt_ms - self.key_ms


@dataclass(frozen=True, slots=True)
class Pair:
    """One clip, answered by both."""

    clip: Clip
    ours: EngineTurn | None
    naive: NaiveTurn | None


def measure(options: Options, progress: Progress) -> Result:
    """Spoken turns beside the naive chain."""
    clips, origin = load_clips(options)
    clock = SystemClock()
    microphone = PacedMicrophone(clock)
    notes: list[str] = []
    pairs: list[Pair] = []
    with (
        _naive(options, notes) as chain,
        HeadlessGame(options.config(), speaker=RecordingSpeaker(), microphone=microphone, clock=clock) as game,
    ):
        npc = game.engine.spawn(options.character())
        game.wait_until_ready()
        _speak(game, npc, microphone, clips[0])  # not counted: the first turn of all pays for cold caches
        if chain:
            chain.answer(clips[0].pcm)
        for index, clip in enumerate(clips):
            first = _answer(chain, clip) if index % 2 else None
            ours = _speak(game, npc, microphone, clip)
            pairs.append(Pair(clip, ours, first if index % 2 else _answer(chain, clip)))
            progress((index + 1) / len(clips))
    if unheard := sum(pair.ours is None for pair in pairs):
        notes.append(f"first_audio_ms: {unheard} of {len(pairs)} clips were not understood by the engine")
    return {**_report(pairs), "voice": origin, "notes": notes}


@contextmanager
def _naive(options: Options, notes: list[str]) -> Iterator[NaiveProcess | None]:
    """The naive chain with its models loaded; None and the reason where it can't be had."""
    if options.fakes:
        notes.append("naive_first_audio_ms: fake models have no library")
        yield None
        return
    with NaiveProcess() as naive:
        try:
            naive.wait_until_ready()
        except NpcEngineError as error:
            notes.append(f"naive_first_audio_ms: {error}")
            yield None
        else:
            yield naive


def _answer(chain: NaiveProcess | None, clip: Clip) -> NaiveTurn | None:
    """What was recorded until the key came up, all at once."""
    return chain.answer(clip.until(clip.voiced_end_s + REACTION_MS / 1000.0)) if chain else None


def _speak(game: HeadlessGame, npc: npcengine.Npc, microphone: PacedMicrophone, clip: Clip) -> EngineTurn | None:
    """The player holds the key and says `clip`; None when nothing was understood."""
    npc.listen()
    saying = microphone.say(clip.pcm)
    heard, turn = "", None
    voiced_end_s = released_s = 0.0
    over = False
    while not over:
        for event in game.frame():
            match event:
                case npcengine.PlayerHeard(text=text, final=True):
                    heard, over = text, not text
                case npcengine.TurnFinished(timings=timings, source=source):
                    turn, over = _turn(heard, source, timings, key_ms=(released_s - voiced_end_s) * 1000.0), True
                case _:
                    pass
        if not released_s and saying.began_s is not None:
            voiced_end_s = saying.began_s + clip.voiced_end_s
            now_s = game.clock.now()
            if now_s >= voiced_end_s + REACTION_MS / 1000.0:
                npc.stop_listening()
                released_s = now_s
    game.run(_SETTLE_S)
    return turn


def _turn(heard: str, source: str, timings: npcengine.Timings, *, key_ms: float) -> EngineTurn:
    """The engine counts from the key's release; what was ready before it can't be heard before it."""
    steps_ms = (timings.stt, timings.first_token, timings.first_audio, timings.first_words)
    return EngineTurn(heard, source, key_ms, *(key_ms + max(0.0, step_ms or 0.0) for step_ms in steps_ms))


def _report(pairs: Sequence[Pair]) -> Result:
    turns = [pair.ours for pair in pairs if pair.ours]
    chains = [pair.naive for pair in pairs if pair.naive]
    ours_ms = [turn.first_audio_ms for turn in turns]
    naive_ms = [REACTION_MS + turn.total_ms for turn in chains]
    return {
        "first_audio_ms": spread(ours_ms),
        "naive_first_audio_ms": spread(naive_ms),
        "first_audio_ratio": ratio(median(ours_ms), median(naive_ms)),
        **_words(turns, naive_ms),
        "turns": len(turns),
        "samples": {
            "first_audio_ms": [round(each, 1) for each in ours_ms],
            "naive_first_audio_ms": [round(each, 1) for each in naive_ms],
        },
        "key_released_ms": median([turn.key_ms for turn in turns]),
        **_model_replies(pairs),
        "sources": dict(Counter(turn.source for turn in turns)),
        "stt": _transcription(pairs),
        "steps_ms": {"engine": _engine_steps(turns), "naive": _naive_steps(chains)},
    }


def _words(turns: Sequence[EngineTurn], naive_ms: Sequence[float]) -> Result:
    """The same without counting fillers, which are said while a reply is thought of."""
    words_ms = [turn.first_words_ms for turn in turns]
    return {
        "first_words_ms": spread(words_ms),
        "first_words_ratio": ratio(median(words_ms), median(naive_ms)),
        "fillers": sum(turn.first_words_ms > turn.first_audio_ms for turn in turns),
    }


def _model_replies(pairs: Sequence[Pair]) -> Result:
    """The turns whose words are the language model's own, beside the naive chain over the same clips."""
    written = [(pair.ours, pair.naive) for pair in pairs if pair.ours and pair.ours.source == "model"]
    ours_ms = [ours.first_words_ms for ours, _ in written]
    naive_ms = [REACTION_MS + naive.total_ms for _, naive in written if naive]
    return {
        "first_words_model_ms": spread(ours_ms),
        "first_words_model_ratio": ratio(median(ours_ms), median(naive_ms)),
    }


def _transcription(pairs: Sequence[Pair]) -> Result:
    """Every clip counts; one of which nothing was understood as missing all of its words."""
    ours_ms = [pair.ours.stt_after_key_ms for pair in pairs if pair.ours]
    default_ms = [pair.naive.stt_ms for pair in pairs if pair.naive]
    said = [pair.clip.text for pair in pairs]
    answered = [pair for pair in pairs if pair.naive]
    errors = word_errors(said, [pair.ours.heard if pair.ours else "" for pair in pairs])
    errors_default = word_errors(
        [pair.clip.text for pair in answered], [each.naive.text for each in answered if each.naive]
    )
    added = None if errors is None or errors_default is None else round(errors - errors_default, 4)
    return {
        "ratio_to_default": ratio(median(ours_ms), median(default_ms)),
        "wer": errors,
        "wer_default": errors_default,
        "wer_added": added,
        "ms": median(ours_ms),
        "default_ms": median(default_ms),
    }


def _engine_steps(turns: Sequence[EngineTurn]) -> Result:
    """Medians of when each step ended, from the last voiced sample."""
    return {
        "key": median([turn.key_ms for turn in turns]),
        "stt": median([turn.stt_ms for turn in turns]),
        "first_token": median([turn.first_token_ms for turn in turns]),
        "first_audio": median([turn.first_audio_ms for turn in turns]),
    }


def _naive_steps(turns: Sequence[NaiveTurn]) -> Result:
    return {
        "key": REACTION_MS,
        "stt": median([REACTION_MS + turn.stt_ms for turn in turns]),
        "reply": median([REACTION_MS + turn.stt_ms + turn.llm_ms for turn in turns]),
        "first_audio": median([REACTION_MS + turn.total_ms for turn in turns]),
    }


if __name__ == "__main__":
    run(measure)
