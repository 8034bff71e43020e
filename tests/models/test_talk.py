"""`npcengine talk` on human speech with the real models: what a stranger's script would check of it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import pytest
from whisper_normalizer.english import EnglishTextNormalizer

from npcengine import ARKIT_NAMES
from npcengine.audio.wav import load_speech, read_wav
from npcengine.brain.registry import open_stt
from npcengine.types import LoadOptions

pytestmark = [pytest.mark.models, pytest.mark.timeout(1500)]

HEARD_ERRORS_AT_MOST = 0.05
SPOKEN_ERRORS_AT_MOST = 0.15
ROWS_PER_SECOND = 60
CLOSED = 0.02


@pytest.fixture(scope="module")
def clips() -> list[tuple[Path, str]]:
    """Recordings of human speech and what is said in them."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "speech"
    if not folder.is_dir():
        pytest.skip(f"no human speech at {folder}")
    with (folder / "transcripts.tsv").open() as file:
        return [(folder / row["file"], row["text"]) for row in csv.DictReader(file, delimiter="\t")]


@pytest.fixture(scope="module")
def turns(clips: list[tuple[Path, str]], tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """One conversation over all clips, as the command prints it."""
    out = tmp_path_factory.mktemp("talk")
    character = Path(__file__).resolve().parents[2] / "characters" / "gerta.yaml"
    wavs = [argument for clip, _ in clips for argument in ("--wav", str(clip))]
    command = [sys.executable, "-m", "npcengine", "talk", str(character), *wavs, "--out", str(out), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def word_errors(said: list[str], heard: list[str]) -> float:
    """Word error rate over all pairs, after Whisper's own normaliser."""
    normal = EnglishTextNormalizer()
    return float(jiwer.wer([normal(text) for text in said], [normal(text) for text in heard]))


def test_every_clip_is_understood(turns: list[dict[str, Any]], clips: list[tuple[Path, str]]) -> None:
    """At most one word in twenty is misheard over all clips."""
    errors = word_errors([text for _, text in clips], [turn["heard"] for turn in turns])
    print(f"word error rate of what was heard: {errors:.3f}")
    assert errors <= HEARD_ERRORS_AT_MOST


def test_every_turn_has_a_reply(turns: list[dict[str, Any]], clips: list[tuple[Path, str]]) -> None:
    """One object a turn, none without words, all steps timed."""
    assert [turn["turn"] for turn in turns] == list(range(1, len(clips) + 1))
    for turn in turns:
        assert turn["npc"] == "Gerta Holt"
        assert turn["reply"].strip()
        assert turn["source"] in ("model", "line", "fact", "unknown", "out_of_world")
        assert 0 < turn["ms"]["stt"] <= turn["ms"]["first_token"] <= turn["ms"]["first_audio"]


def test_the_written_speech_says_the_reply(turns: list[dict[str, Any]]) -> None:
    """Transcribing what was written gives the replies back."""
    recogniser = open_stt("whisper:tiny.en", LoadOptions())
    heard = [recogniser.transcribe(load_speech(turn["audio"]).pcm).text for turn in turns]
    recogniser.close()
    errors = word_errors([turn["reply"] for turn in turns], heard)
    print(f"word error rate of what was spoken: {errors:.3f}")
    assert errors <= SPOKEN_ERRORS_AT_MOST


def test_the_written_face_moves_with_the_speech(turns: list[dict[str, Any]]) -> None:
    """52 weights at 60 rows a second; the jaw opens while there is sound and rests at 0 before and after it."""
    for turn in turns:
        pcm, rate = read_wav(turn["audio"])
        with Path(turn["face"]).open() as file:
            rows = list(csv.reader(file))
        assert rows[0] == ["time_s", *ARKIT_NAMES]
        values = np.array(rows[1:], dtype=np.float64)
        times, weights = values[:, 0], values[:, 1:]
        assert times[0] == 0.0
        assert np.allclose(np.diff(times), 1 / ROWS_PER_SECOND, atol=1e-3)
        assert times[-1] >= len(pcm) / rate
        jaw = weights[:, ARKIT_NAMES.index("jawOpen")]
        assert jaw.max() > 0.15
        assert jaw[0] == 0.0
        assert np.all(jaw[times >= len(pcm) / rate] == 0.0)
        assert np.all((weights >= 0.0) & (weights <= 1.0))
