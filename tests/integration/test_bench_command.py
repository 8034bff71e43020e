"""`npcengine bench` as a stranger's script calls it, on fake models: every part that needs no real one."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.timeout(180)

PARTS = ("ready", "speech", "memory", "interrupt")


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command's end."""
    command = [sys.executable, "-m", "npcengine", "bench", "--quick", "--fakes", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_report_is_json_and_nothing_else() -> None:
    """All that was asked for is measured; what fake models can't show is null, with its reason."""
    done = bench("--json", *(argument for part in PARTS for argument in ("--only", part)))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["first_audio_ms"]["median"] > 0
    assert report["first_audio_ratio"] is None
    assert report["naive_first_audio_ms"]["median"] is None
    assert report["turns"] == len(report["samples"]["first_audio_ms"]) == 2
    assert report["voice"] == "fake"
    assert report["stt"]["wer"] == 0.0
    assert report["memory_mb"]["game"] > report["memory_mb"]["bare_window"] > 0
    assert report["memory_mb"]["brain"] > 0
    assert report["ready_s"] > 0
    assert 0 < report["interrupt"]["stop_ms"] < 500
    assert any("fake models" in note for note in report["notes"])


def test_people_get_a_table_with_verdicts() -> None:
    """A row for each figure that was measured, with its target."""
    done = bench("--only", "ready")
    assert done.returncode == 0, done.stderr
    assert "Engine() to ready" in done.stdout
    assert "met" in done.stdout or "missed" in done.stdout


def test_an_unknown_part_is_refused_with_the_known_ones() -> None:
    """One line and exit code 1."""
    done = bench("--only", "speed")
    assert done.returncode == 1
    assert "choose one of ready, speech" in done.stderr
