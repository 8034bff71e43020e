"""Importing the voice loads no model library."""

from __future__ import annotations

import subprocess
import sys


def test_importing_the_voice_is_light() -> None:
    """Neither piper nor onnxruntime is imported before a voice is loaded."""
    code = (
        "import sys, npcengine.voice.piper, npcengine.voice.speaking;"
        "print([name for name in ('piper', 'onnxruntime') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
