"""The demo with the real models, by a script: spoken lines, what they change, and a save loaded after a restart."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.models, pytest.mark.timeout(900)]

PROJECT = Path(__file__).resolve().parents[2]


def _play(name: str, out: Path) -> str:
    """Plays a script that comes with the game, as a user would."""
    script = PROJECT / "demo_game" / "scripts" / f"{name}.yaml"
    command = [sys.executable, "-m", "npcengine", "demo", "--script", str(script), "--headless", "--out", str(out)]
    played = subprocess.run(command, cwd=PROJECT, env=os.environ, capture_output=True, text=True, check=False)
    assert played.returncode == 0, played.stdout + played.stderr
    return played.stdout


def test_the_first_minutes_and_after_a_restart(tmp_path: Path) -> None:
    """What was said, learnt, won and paid is there again in another process, and so is the memory of it."""
    print(_play("first_minutes", tmp_path))
    print(_play("after_a_restart", tmp_path))
    saved = json.loads((tmp_path / "saved.json").read_text("utf-8"))
    exchanges = saved["engine"]["characters"]["gerta_holt"]["memory"]["exchanges"]
    assert any("mill" in exchange["player"] for exchange in exchanges)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text("utf-8").splitlines()]
    assert [line["turn"]["npc"] for line in log if "turn" in line]
