"""The microphone's blocks become partial words, a draft, and a turn's end; a failure in the middle ends nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from npcengine.brain.ears import Ears
from npcengine.brain.hearing_stage import HearingResult, HearingStage, HearingWork
from npcengine.brain.messages import Context, Listen, MicrophoneBlock, Recontext, Transcribed
from npcengine.brain.utterance import OpenUtterance
from npcengine.brain.work import KeyReleased, Preparation, Question, Settled
from npcengine.brain.worker import Job
from npcengine.errors import BackendError
from npcengine.hearing.listener import Utterance
from npcengine.hearing.protocol import SpeechToText
from npcengine.mind.memory import Memory
from npcengine.testing import ManualClock
from npcengine.types import HEARING_RATE, Pcm, Transcript, Turn

NOW = Context(Memory(), {}, {})
LATER = Context(Memory(), {"trust": 80}, {})
BLOCK = 512


class Loudness:
    """Takes every loud block for voice."""

    def probability(self, block: Pcm) -> float:
        return 1.0 if float(np.abs(block).max()) > 0.05 else 0.0

    def reset(self) -> None: ...


class Recorder:
    """Understands "where is the mill" in any sound, and remembers what it was given; fails when told to."""

    def __init__(self, *confidences: float) -> None:
        self.given: list[Pcm] = []
        self.fails = False
        self._confidences = list(confidences)

    def transcribe(self, pcm: Pcm, *, opening: str = "") -> Transcript:  # noqa: ARG002 - the protocol's
        if self.fails:
            raise BackendError("told to fail")
        self.given.append(pcm.copy())
        confidence = self._confidences.pop(0) if self._confidences else 0.9
        return Transcript("where is the mill" if len(pcm) else "", confidence=confidence)

    def close(self) -> None: ...


class Saying:
    """Understands these, one after the other."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = iter(lines)

    def transcribe(self, pcm: Pcm, *, opening: str = "") -> Transcript:  # noqa: ARG002 - the protocol's
        return Transcript(next(self._lines), confidence=0.9)

    def close(self) -> None: ...


class HoldingBack:
    """A canceller that keeps half a block to itself, as real ones do."""

    latency_samples = BLOCK // 2

    def __init__(self) -> None:
        self._kept = np.zeros(self.latency_samples, dtype=np.float32)

    def clean(self, pcm: Pcm, reference: Pcm | None) -> Pcm:  # noqa: ARG002 - the protocol's
        line = np.concatenate((self._kept, pcm))
        self._kept = line[len(pcm) :]
        return line[: len(pcm)]

    def reset(self) -> None: ...


def a_stage(ears: SpeechToText, *, hurried: bool = False) -> HearingStage:
    """A stage with these ears, opened."""
    stage = HearingStage(
        lambda: Ears(ears, Loudness(), canceller=HoldingBack()), ManualClock(), hurried=lambda _: hurried
    )
    stage.open()
    return stage


def run(stage: HearingStage, turn: Turn, works: Sequence[HearingWork]) -> list[HearingResult]:
    """All that comes of these."""
    return [result for work in works for result in stage.run(Job(turn, work))]


def sound(seconds: float, level: float) -> list[HearingWork]:
    """Blocks of a steady level."""
    return [
        MicrophoneBlock(np.full(BLOCK, level, dtype=np.float32), HEARING_RATE)
        for _ in range(round(seconds * HEARING_RATE / BLOCK))
    ]


def test_a_pause_drafts_the_question_and_the_release_keeps_it() -> None:
    """The answer begins in the pause, and nothing is transcribed again when the key comes up."""
    ears, turn = Recorder(), Turn(7, 1)
    stage = a_stage(ears)
    before = run(stage, turn, [Listen(7, 1, NOW), *sound(0.5, 0.3), *sound(0.3, 0.0)])
    [draft] = [each for each in before if isinstance(each, Job) and isinstance(each.work, Question)]
    assert isinstance(draft.work, Question)
    assert draft.work.draft
    assert draft.turn is not turn
    passes = len(ears.given)
    heard, settled = run(stage, turn, [KeyReleased(NOW, 0.0)])
    assert isinstance(heard, Transcribed)
    assert heard.final
    assert isinstance(settled, Settled)
    assert settled.kept
    assert settled.turn is draft.turn
    assert len(ears.given) == passes


def drafts(results: Sequence[HearingResult]) -> int:
    """How many answers were begun."""
    return sum(isinstance(each, Job) and isinstance(each.work, Question) for each in results)


def test_after_a_moment_of_silence_only_a_very_sure_transcript_is_believed() -> None:
    """The last consonant may be missing; an unsure one is made again once the silence is longer."""
    for confidences, early, passes in (((0.9,), 1, 1), ((0.75, 0.75), 0, 2)):
        ears, turn = Recorder(*confidences), Turn(7, 1)
        stage = a_stage(ears)
        run(stage, turn, [Listen(7, 1, NOW), *sound(0.5, 0.3)])
        assert drafts(run(stage, turn, sound(BLOCK / HEARING_RATE, 0.0))) == early
        assert drafts(run(stage, turn, sound(0.3, 0.0))) == 1 - early
        assert len(ears.given) == passes


def test_an_unsure_transcript_of_a_moment_of_silence_is_not_the_final_one() -> None:
    """A key that comes up at once has the utterance heard again."""
    ears, turn = Recorder(0.75, 0.95), Turn(7, 1)
    stage = a_stage(ears)
    run(stage, turn, [Listen(7, 1, NOW), *sound(0.5, 0.3), *sound(BLOCK / HEARING_RATE, 0.0)])
    heard, _ = run(stage, turn, [KeyReleased(NOW, 0.0)])
    assert isinstance(heard, Transcribed)
    assert heard.confidence == 0.95
    assert len(ears.given) == 2


def test_a_draft_for_another_moment_is_forgotten() -> None:
    """What the game changed meanwhile counts: the same words are asked again with what holds now."""
    stage, turn = a_stage(Recorder()), Turn(7, 1)
    run(stage, turn, [Listen(7, 1, NOW), *sound(0.5, 0.3), *sound(0.3, 0.0)])
    _, settled, asked = run(stage, turn, [KeyReleased(LATER, 0.0)])
    assert isinstance(settled, Settled)
    assert not settled.kept
    assert isinstance(asked, Job)
    assert isinstance(asked.work, Question)
    assert asked.work.context == LATER
    assert not asked.work.draft


def test_a_long_sentence_is_read_ahead_and_not_drafted() -> None:
    """Without a pause the mind only prepares."""
    stage, turn = a_stage(Recorder()), Turn(7, 1)
    results = run(stage, turn, [Listen(7, 1, NOW), *sound(2.0, 0.3)])
    works = [each.work for each in results if isinstance(each, Job)]
    assert works
    assert all(isinstance(work, Preparation) for work in works)


def test_a_key_loses_nothing_of_its_end() -> None:
    """What an echo canceller holds back is for open microphones: the last sample before the release is heard."""
    ears, turn = Recorder(), Turn(7, 1)
    last = np.full(BLOCK, 0.3, dtype=np.float32)
    last[-1] = 0.77
    stage = a_stage(ears, hurried=True)
    end: list[HearingWork] = [MicrophoneBlock(last, HEARING_RATE), KeyReleased(NOW, 0.0)]
    run(stage, turn, [Listen(7, 1, NOW), *sound(0.5, 0.3), *end])
    assert ears.given[-1][-1] == np.float32(0.77)


def test_no_partial_words_when_there_is_no_time() -> None:
    """Sound that waits, or a key that is up already, is heard once, at the end."""
    ears, turn = Recorder(), Turn(7, 1)
    stage = a_stage(ears, hurried=True)
    run(stage, turn, [Listen(7, 1, NOW), *sound(2.0, 0.3), *sound(0.3, 0.0), KeyReleased(NOW, 0.0)])
    assert len(ears.given) == 1


def test_a_failure_in_the_middle_does_not_end_the_turn() -> None:
    """A partial transcript that fails is missed by nobody: at the end the whole is heard."""
    ears, turn = Recorder(), Turn(7, 1)
    stage = a_stage(ears)
    run(stage, turn, [Listen(7, 1, NOW), *sound(0.5, 0.3)])
    ears.fails = True
    rescued: list[HearingResult] = []
    for block in sound(0.3, 0.0):
        job = Job(Turn(0, 0), block)
        try:
            list(stage.run(job))
        except BackendError:
            rescued += stage.rescue(job)
    assert rescued == []
    assert not stage.transcribing
    ears.fails = False
    heard = run(stage, turn, [KeyReleased(NOW, 0.0)])[0]
    assert isinstance(heard, Transcribed)
    assert heard.text == "where is the mill"


def test_a_player_who_wanted_the_turn_gets_it() -> None:
    """The game may have silenced the character for half a sentence: at its end that is no mere nod any more."""
    turn = Turn(7, 1)
    listen = Listen(7, 1, NOW, open_microphone=True)
    for partly, taken in (("wait what", True), ("mhm", False)):
        ears = Saying([partly, "mhm"])
        utterance = OpenUtterance(turn, listen, ears, ManualClock())
        utterance.bring_up_to_date(Recontext(7, 1, NOW, talked_over="Iron remembers the hammer."))
        voice = np.full(BLOCK, 0.3, dtype=np.float32)
        list(utterance.hear_partly(voice, BLOCK, pausing=False))
        ended = Utterance(np.tile(voice, 2), 0, voiced_ms=300.0)
        heard = next(utterance.hear_finally(ended, voiced_since=True, ended_s=0.0))
        assert isinstance(heard, Transcribed)
        assert heard.aside is not taken
