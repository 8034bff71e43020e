"""Face curves as files that other tools read: ARKit and OVR rows, Rhubarb's cues; knows no models and no game.

A `Timeline` lays the curves of several stretches of speech side by side on one sound, so that a turn's file
covers all of it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import ConfigError
from npcengine.face import arkit, visemes
from npcengine.face.sampling import MouthSample, sample, shut
from npcengine.types import FaceCurves

FaceFormat: TypeAlias = Literal["arkit-csv", "rhubarb-json", "rhubarb-tsv", "ovr-csv", "livelink-csv"]
FACE_FORMATS: tuple[FaceFormat, ...] = get_args(FaceFormat)

ROWS_PER_SECOND = 60
CLOSE_S = 0.2
"""Rows go on so long after the sound's last sample, so that a player that holds the last row holds a shut mouth."""

_RHUBARB_RESOLUTION_S = 0.01
_ROUNDING_S = 1e-6
_SWAPPED = {"jawLeft": "jawRight", "jawRight": "jawLeft", "mouthLeft": "mouthRight", "mouthRight": "mouthLeft"}
_LIVE_LINK_SHAPES = tuple(_SWAPPED.get(name, name) for name in arkit.NAMES)
"""The order of Live Link Face's own recordings, which have these two pairs the other way round."""
_LIVE_LINK_ANGLES = tuple(
    f"{part}{turn}" for part in ("Head", "LeftEye", "RightEye") for turn in ("Yaw", "Pitch", "Roll")
)
_OVR_BLEND_S = 0.05  # names change from row to row; weights cross over so many seconds


@dataclass(frozen=True, slots=True)
class Track:
    """Curves that begin at a sample of a longer sound."""

    start_sample: int
    curves: FaceCurves


@dataclass(frozen=True, slots=True)
class Timeline:
    """The mouth over a whole sound.

    Attributes:
        sample_rate: Of the sound (Hz); a track's curves may have been made at another.
        sample_count: Length of the sound (samples).
        tracks: In order; where two overlap, the later one speaks. Between them the mouth is shut.
    """

    sample_rate: int
    sample_count: int
    tracks: tuple[Track, ...] = ()

    @property
    def duration_s(self) -> float:
        """Length of the sound (seconds)."""
        return self.sample_count / self.sample_rate

    def at(self, time_s: float) -> MouthSample:
        """The mouth `time_s` seconds into the sound; shut from its end on, though its last row may lie a bit later."""
        tracks = self.tracks if time_s < self.duration_s else ()
        for track in reversed(tracks):
            own_s = time_s - track.start_sample / self.sample_rate
            curves = track.curves
            length_s = (len(curves.weights) - 1) * curves.frame_samples / curves.sample_rate
            if 0.0 <= own_s <= length_s + _ROUNDING_S:
                return sample(curves, min(own_s, length_s) * curves.sample_rate)
        return shut()

    def rows(self, rows_per_second: float = ROWS_PER_SECOND) -> Iterator[tuple[float, MouthSample]]:
        """(seconds, mouth) from the first sample to the sound's end plus the close."""
        for index in range(int(np.ceil((self.duration_s + CLOSE_S) * rows_per_second)) + 1):
            yield index / rows_per_second, self.at(index / rows_per_second)


def timeline(tracks: Iterable[tuple[int, FaceCurves]], sample_count: int, sample_rate: int) -> Timeline:
    """A `Timeline` from (first sample, curves) pairs, in any order."""
    ordered = sorted((Track(start, curves) for start, curves in tracks), key=lambda track: track.start_sample)
    return Timeline(sample_rate, sample_count, tuple(ordered))


def write(path: Path, line: Timeline, face_format: FaceFormat = "arkit-csv", *, sound_file: str = "") -> None:
    """Writes `line` to `path`.

    Args:
        path: Where to; an existing file is replaced.
        line: What to write.
        face_format: One of `FACE_FORMATS`.
        sound_file: Name of the sound, for formats that record it.

    Raises:
        ConfigError: The format is unknown, or the file can't be written.
    """
    if face_format not in _WRITERS:
        raise ConfigError(f"Unknown face format {face_format!r}; known are {', '.join(FACE_FORMATS)}.")
    try:
        path.write_text(_WRITERS[face_format](line, sound_file), encoding="utf-8", newline="")
    except OSError as error:
        raise ConfigError(f"Can't write face curves to {path}: {error.strerror}.") from error


def write_arkit_csv(
    path: Path, tracks: Iterable[tuple[int, FaceCurves]], sample_count: int, *, sample_rate: int
) -> None:
    """Writes one ARKit table for a sound of several stretches: `timeline` and `write` in one."""
    write(path, timeline(tracks, sample_count, sample_rate), "arkit-csv")


def arkit_csv(line: Timeline) -> str:
    """``time_s`` and the 52 ARKit weights, 60 rows a second."""
    rows = ((time_s, mouth[0]) for time_s, mouth in line.rows())
    return _table(arkit.NAMES, rows)


def live_link_csv(line: Timeline) -> str:
    """What Epic's Live Link Face app records: a time code, 60 frames a second, and 61 columns.

    The names are Apple's with a capital first. The nine angles are 0: gaze is in the shapes of the eyes, and a timeline
    holds no head.
    """
    order = arkit.indices(_LIVE_LINK_SHAPES)
    columns = [name[0].upper() + name[1:] for name in _LIVE_LINK_SHAPES] + list(_LIVE_LINK_ANGLES)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["Timecode", "BlendShapeCount", *columns])
    for frame, (_, mouth) in enumerate(line.rows()):
        weights = (f"{value:.8f}" for value in mouth[0][order].tolist())
        writer.writerow([_time_code(frame), len(columns), *weights, *(["0.00000000"] * len(_LIVE_LINK_ANGLES))])
    return text.getvalue()


def _time_code(frame: int) -> str:
    """Hours, minutes, seconds and frames with thousandths of a frame: 00:01:02:03.000."""
    seconds, rest = divmod(frame, ROWS_PER_SECOND)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}:{rest:02}.000"


def ovr_csv(line: Timeline) -> str:
    """``time_s`` and the 15 OVR viseme weights, 60 rows a second; each row sums to 1."""
    times, names = zip(*((time_s, mouth[1]) for time_s, mouth in line.rows()), strict=True)
    hot = np.zeros((len(names), len(visemes.VISEMES)))
    hot[np.arange(len(names)), [visemes.INDEX[name] for name in names]] = 1.0
    radius = max(1, round(_OVR_BLEND_S * ROWS_PER_SECOND / 2.0))
    padded = np.pad(hot, ((radius, radius), (0, 0)), mode="edge")
    blended = np.mean([padded[offset : offset + len(hot)] for offset in range(2 * radius + 1)], axis=0)
    blended[[0, -1]] = hot[[0, -1]]
    return _table(visemes.VISEMES, zip(times, blended, strict=True))


def rhubarb_cues(line: Timeline) -> list[tuple[float, float, str]]:
    """(start, end, shape) in seconds, Rhubarb's mouth cues; they cover the sound without gap or overlap."""
    count = max(1, int(np.ceil(line.duration_s / _RHUBARB_RESOLUTION_S)))
    shapes = [line.at(index * _RHUBARB_RESOLUTION_S)[2] for index in range(count)]
    cues: list[tuple[float, float, str]] = []
    index = 0
    for shape, group in groupby(shapes):
        length = len(list(group))
        cues.append((index * _RHUBARB_RESOLUTION_S, (index + length) * _RHUBARB_RESOLUTION_S, shape))
        index += length
    return cues


def rhubarb_json(line: Timeline, sound_file: str = "") -> str:
    """Rhubarb Lip Sync's JSON: metadata and mouth cues, times with two decimals."""
    cues = rhubarb_cues(line)
    document = {
        "metadata": {"soundFile": sound_file, "duration": round(line.duration_s, 2)},
        "mouthCues": [{"start": round(start, 2), "end": round(end, 2), "value": shape} for start, end, shape in cues],
    }
    return json.dumps(document, indent=2) + "\n"


def rhubarb_tsv(line: Timeline) -> str:
    """Rhubarb Lip Sync's TSV: a start time and a shape a line; the last line is the end, at rest."""
    cues = rhubarb_cues(line)
    lines = [f"{start:.2f}\t{shape}" for start, _, shape in cues]
    return "\n".join([*lines, f"{cues[-1][1]:.2f}\tX"]) + "\n"


def _table(names: Sequence[str], rows: Iterable[tuple[float, NDArray[np.floating]]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["time_s", *names])
    for time_s, values in rows:
        writer.writerow([f"{time_s:.6f}", *(f"{value:.4f}" if value else "0" for value in values.tolist())])
    return text.getvalue()


_WRITERS: Mapping[FaceFormat, Callable[[Timeline, str], str]] = {
    "arkit-csv": lambda line, _: arkit_csv(line),
    "rhubarb-json": rhubarb_json,
    "rhubarb-tsv": lambda line, _: rhubarb_tsv(line),
    "ovr-csv": lambda line, _: ovr_csv(line),
    "livelink-csv": lambda line, _: live_link_csv(line),
}
