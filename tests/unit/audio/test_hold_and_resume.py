"""Whatever a game does with a playback, each word is heard once and no sound is lost."""

from __future__ import annotations

from collections import deque

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from npcengine.audio.playback import Piece, Playback
from npcengine.face.animator import silence
from npcengine.types import SpokenWord

RATE = 80
"""So few samples a second (Hz) that none is faded in, and each can be told by its value."""
_LONGEST_REWIND = 32


class DeviceLine:
    """A device with room for two pieces; what reaches the ear is written down, sample by sample.

    Attributes:
        ear: Each sample heard.
        cuts: How many samples had been heard whenever it was stopped.
    """

    def __init__(self) -> None:
        self.ear: list[int] = []
        self.cuts: list[int] = []
        self._queue: deque[list[int]] = deque()

    def accept(self, piece: Piece) -> bool:
        """Two at a time."""
        if len(self._queue) == 2:
            return False
        self._queue.append(piece.pcm.tolist())
        return True

    def heard(self) -> int:
        """All that was written down."""
        return len(self.ear)

    def stop(self) -> None:
        """What is not heard yet is gone."""
        self._queue.clear()
        self.cuts.append(len(self.ear))

    def place(self, pan: float, volume: float) -> None:
        """Nobody can tell."""

    def run(self, samples: int) -> None:
        """Time passes."""
        while samples and self._queue:
            playing = self._queue[0]
            self.ear += playing[:samples]
            heard = min(samples, len(playing))
            samples -= heard
            del playing[:heard]
            if not playing:
                self._queue.popleft()


class HeldPlayback(RuleBasedStateMachine):
    """Adds, feeds, holds, resumes and stops in any order. Each sample's value is its number in the whole speech."""

    def __init__(self) -> None:
        super().__init__()
        self.line = DeviceLine()
        self.playback = Playback(self.line)
        self.length = 0
        self.words: list[tuple[str, int]] = []  # each with where it ends in the whole speech
        self.stopped = False
        self.said = ""
        self.checked = 1  # so many samples that the ear has heard are in order

    @precondition(lambda self: self.length < 30_000)
    @rule(lengths=st.lists(st.integers(1, 70), max_size=4), tail=st.integers(0, 25))
    def add(self, lengths: list[int], tail: int) -> None:
        """A piece with words of these lengths, and some silence behind them."""
        ends = np.cumsum(lengths, dtype=int).tolist()
        size = sum(lengths) + tail
        names = [f"w{len(self.words) + index}" for index in range(len(lengths))]
        pcm = np.arange(self.length, self.length + size, dtype=np.int16)
        words = tuple(SpokenWord(name, end) for name, end in zip(names, ends, strict=True))
        self.playback.add(Piece(" ".join(names), pcm, words, silence(RATE)))
        if not self.stopped:
            self.words += [(name, self.length + end) for name, end in zip(names, ends, strict=True)]
            self.length += size

    @rule(samples=st.integers(1, 120))
    def play(self, samples: int) -> None:
        """Time passes, and a frame comes."""
        self.line.run(samples)
        self.playback.feed()

    @rule()
    def hold(self) -> None:
        """Somebody may be interrupting."""
        self.playback.hold()

    @rule()
    def resume(self) -> None:
        """Nobody was."""
        self.playback.resume()

    @precondition(lambda self: self.length > 400)
    @rule()
    def stop(self) -> None:
        """Somebody was."""
        self.playback.stop()
        self.stopped = True

    @invariant()
    def words_are_heard_once_and_never_taken_back(self) -> None:
        """The words heard are those whose last sample the ear has reached."""
        reached = max(self.line.ear, default=-1) + 1
        heard = self.playback.heard_text()
        assert heard == " ".join(name for name, end in self.words if end <= reached)
        assert heard.startswith(self.said)
        self.said = heard

    @invariant()
    def no_sample_is_lost_or_repeated_but_the_cut_word_s(self) -> None:
        """The ear hears the speech in order; behind a cut, it hears the cut word's beginning again."""
        speech = self.line.ear
        for at in range(self.checked, len(speech)):
            back = speech[at - 1] + 1 - speech[at]
            if back == 0:
                continue
            assert at in self.line.cuts
            assert back > 0
            furthest = max(speech[:at]) + 1
            assert speech[at] >= furthest - _LONGEST_REWIND
            assert not any(speech[at] < end <= furthest for _, end in self.words)
        self.checked = max(1, len(speech))

    @invariant()
    def the_face_is_at_the_sample_heard(self) -> None:
        """Where the position is, and nowhere while nothing is heard."""
        speech = self.line.ear
        at = self.playback.face_position()
        if self.playback.held or self.stopped or self.playback.finished:
            assert at is None
        elif speech and len(speech) not in self.line.cuts:
            assert at is not None
            assert self.playback.position == speech[-1] + 1

    def teardown(self) -> None:
        """In the end all of it has been heard, unless it was stopped."""
        self.playback.resume()
        for _ in range(self.length // 100 + 200):  # a short piece each time, or 100 samples
            self.line.run(100)
            self.playback.feed()
        assert self.playback.finished
        self.words_are_heard_once_and_never_taken_back()
        self.no_sample_is_lost_or_repeated_but_the_cut_word_s()
        assert self.stopped or max(self.line.ear, default=-1) == self.length - 1


HeldPlayback.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestHeldPlayback = HeldPlayback.TestCase
