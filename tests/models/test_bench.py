"""`npcengine bench --quick` with the real models: the report is whole and its figures are possible ones."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

pytestmark = [pytest.mark.models, pytest.mark.timeout(1500)]


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    """One quick run of everything."""
    command = [sys.executable, "-m", "npcengine", "bench", "--quick", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def test_everything_was_measured(report: dict[str, Any]) -> None:
    """No figure that scripts rely on is missing or null."""
    figures = {
        "first_audio_ms": ("median", "p95"),
        "naive_first_audio_ms": ("median", "p95"),
        "stt": ("ratio_to_default", "wer", "wer_default"),
        "llm": ("tokens_per_s", "limit_tokens_per_s", "reprocessed_tokens"),
        "tts": ("first_chunk_ms", "sentence_ms"),
        "frames": ("idle_late_pct", "talking_late_pct", "naive_late_pct", "update_p50_ms", "update_p99_ms"),
        "npcs": ("count", "update_p99_ms", "switch_first_token_ratio"),
        "memory_mb": ("game", "brain"),
        "interrupt": ("stop_ms",),
    }
    for part, names in figures.items():
        assert report[part] is not None, (part, report["notes"])
        for name in names:
            assert report[part][name] is not None, (part, name, report["notes"])
    for single in ("first_audio_ratio", "ready_s", "ghost_words"):
        assert report[single] is not None, (single, report["notes"])


def test_the_figures_are_possible(report: dict[str, Any]) -> None:
    """Wide bounds that hold on a busy machine, and that a benchmark measuring the wrong thing would break."""
    assert report["turns"] >= 3
    assert 0.0 < report["first_audio_ratio"] < 1.0
    assert report["first_audio_ms"]["median"] > report["key_released_ms"] >= 150.0
    assert 0.0 <= report["stt"]["ratio_to_default"] < 1.0
    assert report["stt"]["wer"] <= 0.25
    assert report["llm"]["reprocessed_tokens"] == 0
    assert report["llm"]["limit_tokens_per_s"] > 0
    assert 0.25 < report["llm"]["share_of_limit"] < 4.0
    assert report["tts"]["first_chunk_ms"] > 0
    assert report["frames"]["update_p50_ms"] < 5.0
    assert report["npcs"]["count"] == 1000
    assert report["memory_mb"]["brain"] > report["memory_mb"]["game"]
    assert report["interrupt"]["stop_ms"] < 300
