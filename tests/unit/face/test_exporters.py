"""Curves are sampled between rows, and written as files that parse back to what was sampled."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from npcengine.errors import ConfigError
from npcengine.face import arkit, exporters, visemes
from npcengine.face.animator import PhonemeAnimator, silence
from npcengine.face.exporters import Timeline
from npcengine.face.sampling import sample
from npcengine.types import FaceCurves, Speech

SENTENCE = list("^mˈaɪ fˈɑːðɚ hˈæz ɐ bˈoʊt.$")


@pytest.fixture
def curves(make_speech: Callable[..., Speech]) -> FaceCurves:
    """A sentence's curves."""
    return PhonemeAnimator().animate(make_speech(SENTENCE), "neutral")


@pytest.fixture
def line(curves: FaceCurves) -> Timeline:
    """The sentence twice, half a second in and half a second apart, at 22,050 Hz."""
    length = round((len(curves.weights) - 1) * curves.frame_samples)
    second = 11_025 + length + 11_025
    return exporters.timeline([(second, curves), (11_025, curves)], second + length, curves.sample_rate)


def test_rows_are_met_and_crossed_linearly(curves: FaceCurves) -> None:
    """At a row its weights, viseme and letter; half-way the mean of both rows."""
    weights, viseme, shape, _ = sample(curves, 30 * curves.frame_samples)
    assert np.allclose(weights, curves.weights[30], atol=1e-6)
    assert (viseme, shape) == (curves.visemes[30], curves.mouth_shapes[30])
    between = sample(curves, 30.5 * curves.frame_samples)[0]
    assert np.allclose(between, curves.weights[30:32].mean(axis=0), atol=1e-6)


@pytest.mark.parametrize("position", [-1.0, 1e9, float("inf"), float("nan")])
def test_beyond_the_ends_the_mouth_is_shut(curves: FaceCurves, position: float) -> None:
    """Before the first and after the last row nothing is open."""
    weights, viseme, shape, _ = sample(curves, position)
    assert not weights.any()
    assert (viseme, shape) == ("sil", "X")


def test_a_sample_is_the_callers_to_keep(curves: FaceCurves) -> None:
    """Writing to a sampled row leaves the curves alone, in the single row of silence too."""
    for source in (curves, silence(16_000)):
        before = source.weights.copy()
        sample(source, 0.0)[0][:] = 1.0
        assert np.array_equal(source.weights, before)


def test_the_arkit_table_covers_the_sound_and_the_close(tmp_path: Path, line: Timeline) -> None:
    """`time_s` and 52 names, 60 rows a second from 0 to past the end; shut first, last and between the stretches."""
    path = tmp_path / "turn1.csv"
    exporters.write(path, line, "arkit-csv")
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    table = np.array(rows, dtype=float)
    assert header == ["time_s", *arkit.NAMES]
    assert np.allclose(np.diff(table[:, 0]), 1.0 / 60.0, atol=1e-3)
    assert table[0, 0] == 0.0
    assert table[-1, 0] >= line.duration_s + 0.1
    weights = table[:, 1:]
    assert 0.0 <= weights.min() <= weights.max() <= 1.0
    assert not weights[:30].any()
    assert not weights[-1].any()
    pause = line.tracks[1].start_sample / line.sample_rate - 0.25
    assert not weights[round(pause * 60)].any()
    assert np.allclose(weights[60], line.at(1.0)[0], atol=1e-4)
    assert weights[:, arkit.JAW_OPEN].max() > 0.2


def test_joining_and_writing_is_one_call(tmp_path: Path, curves: FaceCurves, line: Timeline) -> None:
    """`write_arkit_csv` writes what `timeline` and `write` write."""
    exporters.write(tmp_path / "one.csv", line, "arkit-csv")
    tracks = [(track.start_sample, track.curves) for track in line.tracks]
    exporters.write_arkit_csv(tmp_path / "two.csv", tracks, line.sample_count, sample_rate=curves.sample_rate)
    assert (tmp_path / "one.csv").read_text() == (tmp_path / "two.csv").read_text()


def test_curves_of_another_rate_keep_their_time(curves: FaceCurves) -> None:
    """Curves made at 22,050 Hz lie right on a sound of 44,100 Hz."""
    line = exporters.timeline([(44_100, curves)], 3 * 44_100, 44_100)
    assert np.allclose(line.at(1.3)[0], curves.weights[30], atol=1e-5)


def test_silence_alone_is_a_shut_mouth(tmp_path: Path) -> None:
    """A sound without a track, even an empty one, gives a table at rest."""
    for count in (0, 16_000):
        exporters.write(tmp_path / "s.csv", exporters.timeline([], count, 16_000), "arkit-csv")
        _, *rows = (tmp_path / "s.csv").read_text().splitlines()
        assert rows
        assert all(set(row.split(",")[1:]) == {"0"} for row in rows)


def test_rhubarb_json_covers_the_sound_with_cues(tmp_path: Path, line: Timeline) -> None:
    """Cues follow each other without gap from 0 to the end, in Rhubarb's letters, with its metadata."""
    exporters.write(tmp_path / "face.json", line, "rhubarb-json", sound_file="face.wav")
    document = json.loads((tmp_path / "face.json").read_text(encoding="utf-8"))
    assert document["metadata"] == {"soundFile": "face.wav", "duration": round(line.duration_s, 2)}
    cues = document["mouthCues"]
    assert cues[0]["start"] == 0.0
    assert cues[-1]["end"] == pytest.approx(line.duration_s, abs=0.02)
    assert all(left["end"] == right["start"] for left, right in pairwise(cues))
    assert {cue["value"] for cue in cues} <= set(visemes.MOUTH_SHAPES)
    assert "A" in {cue["value"] for cue in cues}


def test_rhubarb_tsv_starts_at_zero_and_ends_at_rest(tmp_path: Path, line: Timeline) -> None:
    """Start and shape a line, rising times; the last line is the end and X."""
    exporters.write(tmp_path / "face.tsv", line, "rhubarb-tsv")
    lines = [row.split("\t") for row in (tmp_path / "face.tsv").read_text(encoding="utf-8").splitlines()]
    times = [float(time_s) for time_s, _ in lines]
    assert lines[0] == ["0.00", "X"]
    assert lines[-1][1] == "X"
    assert times == sorted(set(times))
    assert times[-1] == pytest.approx(line.duration_s, abs=0.02)


def test_rhubarb_files_tell_the_same_and_nothing_twice(line: Timeline) -> None:
    """As Rhubarb writes them: two decimals, no cue of no length, no shape twice running, JSON and TSV alike."""
    cues = json.loads(exporters.rhubarb_json(line, "face.wav"))["mouthCues"]
    lines = [row.split("\t") for row in exporters.rhubarb_tsv(line).splitlines()]
    assert [set(cue) for cue in cues] == [{"start", "end", "value"}] * len(cues)
    assert all(cue["end"] > cue["start"] for cue in cues)
    assert all(left["value"] != right["value"] for left, right in pairwise(cues))
    assert lines[:-1] == [[f"{cue['start']:.2f}", cue["value"]] for cue in cues]
    assert lines[-1] == [f"{cues[-1]['end']:.2f}", "X"]


def test_live_link_rows_are_those_of_the_app(tmp_path: Path, line: Timeline) -> None:
    """61 columns behind time code and count, in the app's order and spelling, with the ARKit table's values."""
    exporters.write(tmp_path / "take.csv", line, "livelink-csv")
    with (tmp_path / "take.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = list(rows[0])
    assert names[:3] == ["Timecode", "BlendShapeCount", "EyeBlinkLeft"]
    assert names[16:20] == ["JawForward", "JawRight", "JawLeft", "JawOpen"]
    assert names[53:] == [
        "TongueOut", "HeadYaw", "HeadPitch", "HeadRoll",
        "LeftEyeYaw", "LeftEyePitch", "LeftEyeRoll", "RightEyeYaw", "RightEyePitch", "RightEyeRoll",
    ]  # fmt: skip
    assert {row["BlendShapeCount"] for row in rows} == {"61"}
    assert [row["Timecode"] for row in rows[59:62]] == ["00:00:00:59.000", "00:00:01:00.000", "00:00:01:01.000"]
    for name, value in zip(arkit.NAMES, line.at(1.0)[0].tolist(), strict=True):
        assert float(rows[60][name[0].upper() + name[1:]]) == pytest.approx(value, abs=1e-6)


def test_another_program_reads_the_tables(tmp_path: Path, line: Timeline) -> None:
    """The reader of Live Link Face's recordings in openfacefx finds the jaw where it is, in both ARKit tables."""
    reader = pytest.importorskip("openfacefx.importers_csv", reason="pip install 'npcengine[bench]'")
    for face_format, name, clock in (("livelink-csv", "JawOpen", "Timecode"), ("arkit-csv", "jawOpen", "time_s")):
        path = tmp_path / f"{face_format}.csv"
        exporters.write(path, line, face_format)  # type: ignore[arg-type]
        track, warnings = reader.read_csv(str(path), timecode_col=clock, epsilon=0.001)
        (jaw,) = (channel for channel in track.channels if channel.name == name)
        times_s, values = zip(*((key.time, key.value) for key in jaw.keys), strict=True)
        for time_s in np.arange(0.5, line.duration_s, 0.1):
            row_s = round(time_s * 60.0) / 60.0
            assert np.interp(row_s, times_s, values) == pytest.approx(line.at(row_s)[0][arkit.JAW_OPEN], abs=0.01)
        assert not warnings


def test_ovr_rows_sum_to_one(tmp_path: Path, line: Timeline) -> None:
    """`time_s` and the 15 names; every row is a mix of visemes, pure silence at both ends."""
    exporters.write(tmp_path / "ovr.csv", line, "ovr-csv")
    with (tmp_path / "ovr.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    table = np.array(rows, dtype=float)
    assert header == ["time_s", *visemes.VISEMES]
    assert np.allclose(table[:, 1:].sum(axis=1), 1.0, atol=1e-3)
    assert table[0, 1] == table[-1, 1] == 1.0
    assert table[:, 1 + visemes.INDEX["PP"]].max() == 1.0


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, line: Timeline) -> None:
    """Where nothing can be written the error tells the path."""
    with pytest.raises(ConfigError, match="nowhere"):
        exporters.write(tmp_path / "nowhere" / "face.csv", line)


def test_an_unknown_format_lists_the_known(tmp_path: Path, line: Timeline) -> None:
    """A wrong name of a format is answered with the right ones."""
    with pytest.raises(ConfigError, match="rhubarb-tsv"):
        exporters.write(tmp_path / "face.fbx", line, "fbx")  # type: ignore[arg-type]
