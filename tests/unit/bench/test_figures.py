"""Numbers out of samples."""

from __future__ import annotations

from npcengine.studio.bench.figures import median, percentile, ratio, share_above, spread


def test_nothing_measured_is_null_and_not_zero() -> None:
    """A figure without samples must not look like a good one."""
    assert median([]) is None
    assert spread([]) == {"median": None, "p95": None}
    assert share_above([], 20.0) is None
    assert ratio(None, 3.0) is None
    assert ratio(3.0, None) is None
    assert ratio(3.0, 0.0) is None


def test_figures_are_the_textbook_ones() -> None:
    """Median, interpolated percentile, share above a limit that is itself not counted."""
    assert median([4.0, 1.0, 2.0, 3.0]) == 2.5
    assert percentile([float(each) for each in range(101)], 95.0) == 95.0
    assert share_above([19.0, 20.0, 20.1, 40.0], 20.0) == 50.0
    assert ratio(1.0, 3.0) == 0.333
