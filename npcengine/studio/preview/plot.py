"""A sentence's curves under its sound, drawn by matplotlib, the only module to import it; knows no voice.

Phonemes stand where they are heard, not where the voice's labels say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from npcengine.errors import ConfigError
from npcengine.face import arkit, phones
from npcengine.face.timing import Sound
from npcengine.types import Face, Pcm

Curve = NDArray[np.floating]

_MOUTH: Mapping[str, tuple[tuple[str, ...], str]] = {
    "jaw": (("jawOpen",), "#c0392b"),
    "lips shut": (("mouthPressLeft",), "#222222"),
    "lip to teeth": (("mouthShrugLower",), "#8e6bbf"),
    "rounding": (("mouthPucker", "mouthFunnel"), "#2471a3"),
    "spread": (("mouthStretchLeft", "mouthSmileLeft"), "#d68910"),
}
_UPPER: Mapping[str, tuple[tuple[str, ...], str]] = {
    "blink": (("eyeBlinkLeft",), "#222222"),
    "brows up": (("browInnerUp", "browOuterUpLeft"), "#1e8449"),
    "brows down": (("browDownLeft",), "#922b21"),
    "cheeks": (("cheekSquintLeft",), "#d68910"),
}
"""Curves by name: the weights of which the largest is drawn, and a colour."""

_INCHES_PER_S, _LEAST_INCHES, _HEIGHT_INCHES = 3.4, 9.0, 7.6
_HEIGHTS = (1.5, 1.7, 1.2, 1.1)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence as it is plotted.

    Attributes:
        text: What is said.
        pcm: Its sound.
        sample_rate: Of `pcm` and `sounds` (Hz).
        sounds: What is heard when.
        accents_s: When syllables that stand out begin (seconds).
        faces: What the face shows.
        faces_per_second: Of `faces`.
    """

    text: str
    pcm: Pcm
    sample_rate: int
    sounds: Sequence[Sound]
    accents_s: Sequence[float]
    faces: Sequence[Face]
    faces_per_second: float


def write_plot(path: Path, spoken: Spoken) -> None:
    """Waveform with phonemes, mouth, brows and lids, head and breath, one below the other.

    Raises:
        ConfigError: The file can't be written, or its ending names no kind of picture.
    """
    width = max(_LEAST_INCHES, _INCHES_PER_S * len(spoken.faces) / spoken.faces_per_second)
    figure = Figure(figsize=(width, _HEIGHT_INCHES), layout="constrained")
    wave, mouth, upper, head = figure.subplots(4, 1, sharex=True, height_ratios=_HEIGHTS)
    wave.set_title(spoken.text, loc="left", fontsize=11)
    times = np.arange(len(spoken.faces)) / spoken.faces_per_second
    weights = np.stack([face.weights for face in spoken.faces])
    _draw_wave(wave, spoken)
    _draw_weights(mouth, times, weights, _MOUTH)
    _draw_weights(upper, times, weights, _UPPER)
    _draw_head(head, times, spoken.faces)
    for axes in (mouth, upper, head):
        _mark_sounds(axes, spoken)
    for at_s in spoken.accents_s:
        wave.plot(at_s, -1.02, "^", color="#c0392b", markersize=7, clip_on=False)
    head.set_xlabel(
        "seconds (▲ an accent; head and brows go along with it unless they have just gone along with another)"
    )
    head.set_xlim(0.0, times[-1])
    try:
        figure.savefig(path, dpi=100)
    except OSError as error:
        raise ConfigError(f"Can't write the plot to {path}: {error.strerror}.") from error
    except ValueError as error:  # an ending that names no format
        raise ConfigError(f"{path}: {error}") from error


def _draw_wave(axes: Axes, spoken: Spoken) -> None:
    """The sound, and each phoneme in the middle of its time."""
    loudest = max(float(np.abs(spoken.pcm).max()), 1e-6)
    axes.plot(np.arange(len(spoken.pcm)) / spoken.sample_rate, spoken.pcm / loudest, color="#8fa9bf", linewidth=0.5)
    axes.set_ylim(-1.05, 1.5)
    axes.set_yticks([])
    axes.set_ylabel("sound")
    for index, sound in enumerate(spoken.sounds):
        start_s, end_s = sound.start / spoken.sample_rate, sound.end / spoken.sample_rate
        axes.axvline(start_s, color="#999999", linewidth=0.5)
        if sound.symbol != phones.PAUSE:
            high = 1.3 if index % 2 else 1.1  # short neighbours stay apart
            weight = "bold" if sound.stressed else "normal"
            axes.text((start_s + end_s) / 2, high, sound.symbol, ha="center", va="center", fontsize=11, weight=weight)


def _draw_weights(axes: Axes, times: Curve, weights: Curve, curves: Mapping[str, tuple[tuple[str, ...], str]]) -> None:
    for name, (shapes, colour) in curves.items():
        values = weights[:, [arkit.INDEX[shape] for shape in shapes]].max(axis=1)
        axes.plot(times, values, color=colour, linewidth=1.4, label=name)
    axes.set_ylim(0.0, 1.3)  # room for the legend above the curves
    axes.set_yticks([0.0, 0.5, 1.0])
    axes.legend(loc="upper right", ncols=len(curves), fontsize=8, framealpha=0.85)
    axes.set_ylabel("mouth" if curves is _MOUTH else "above it")


def _draw_head(axes: Axes, times: Curve, faces: Sequence[Face]) -> None:
    for name, axis, colour in (("turn", 0, "#5d8aa8"), ("raise", 1, "#c0392b"), ("tilt", 2, "#7d9b4e")):
        axes.plot(times, [face.head[axis] for face in faces], color=colour, linewidth=1.3, label=f"{name} (°)")
    axes.plot(times, [5.0 * face.breath for face in faces], color="#888888", linestyle=":", label="breath (× 5)")
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.3 * (high - low))
    axes.legend(loc="upper right", ncols=4, fontsize=8, framealpha=0.85)
    axes.set_ylabel("head")


def _mark_sounds(axes: Axes, spoken: Spoken) -> None:
    """Shades the closures of p, b and m, where the lips must be shut, and lines up every sound."""
    for sound in spoken.sounds:
        start_s, end_s = sound.start / spoken.sample_rate, sound.end / spoken.sample_rate
        if sound.symbol in "pbm":
            axes.axvspan(start_s, end_s, color="#000000", alpha=0.08, linewidth=0.0)
        axes.axvline(start_s, color="#dddddd", linewidth=0.5, zorder=0)
