"""Silence in what a sound device played."""

from __future__ import annotations

import numpy as np

from npcengine.studio.bench.interrupt import BUFFER, RATE, stop_times_ms

ONE_BUFFER_MS = 1000.0 * BUFFER / RATE


def device(*loud: tuple[int, int], length: int = RATE) -> np.ndarray[tuple[int, int], np.dtype[np.int16]]:
    """A second of silence, loud in these spans of frames."""
    played = np.zeros((length, 2), dtype=np.int16)
    for start, end in loud:
        played[start:end, 0] = 900
    return played


def test_the_time_is_what_was_loud_after_the_call() -> None:
    """From the file's end at the call to the last loud sample, and the buffer that the device was playing."""
    [stopped_ms] = stop_times_ms(device((0, 10_000)), [10_000 - 441])
    assert abs(stopped_ms - (10.0 + ONE_BUFFER_MS)) < 0.1


def test_silence_at_once_takes_the_buffer_that_plays() -> None:
    """Nothing in the file after the call still means that the last buffer is being heard."""
    assert stop_times_ms(device((0, 5000)), [5000]) == [ONE_BUFFER_MS]


def test_the_next_line_is_not_mistaken_for_the_last_one() -> None:
    """Each interruption is looked at until the quiet after it is over."""
    times = stop_times_ms(device((0, 5000), (20_000, 30_000)), [5000 - 441, 30_000 - 882])
    assert [round(each - ONE_BUFFER_MS) for each in times] == [10, 20]
