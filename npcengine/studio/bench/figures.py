"""Numbers out of samples: medians, percentiles, ratios, rounded for a report; knows no engine and no clock."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def median(values: Sequence[float], digits: int = 1) -> float | None:
    """The middle of `values`; None when there are none."""
    return percentile(values, 50.0, digits)


def percentile(values: Sequence[float], percent: float, digits: int = 1) -> float | None:
    """Below which `percent` % of `values` lie, interpolated; None when there are none."""
    return round(float(np.percentile(values, percent)), digits) if len(values) else None


def spread(values: Sequence[float]) -> dict[str, float | None]:
    """Median and 95th percentile."""
    return {"median": median(values), "p95": percentile(values, 95.0)}


def ratio(ours: float | None, other: float | None) -> float | None:
    """``ours / other``; None where one of them was not measured."""
    return round(ours / other, 3) if ours is not None and other else None


def share_above(values: Sequence[float], limit: float) -> float | None:
    """How many of `values` exceed `limit`, in percent."""
    return round(100.0 * sum(value > limit for value in values) / len(values), 2) if values else None
