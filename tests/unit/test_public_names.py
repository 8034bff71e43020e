"""What is public is what `__all__` says, and importing it is quick and light."""

from __future__ import annotations

import subprocess
import sys

import npcengine

HEAVY = (
    "llama_cpp",
    "faster_whisper",
    "ctranslate2",
    "piper",
    "onnxruntime",
    "pygame",
    "sounddevice",
    "httpx",
    "torch",
)


def test_all_public_names_exist() -> None:
    """`from npcengine import *` works, and lists nothing twice."""
    assert all(hasattr(npcengine, name) for name in npcengine.__all__)
    assert len(set(npcengine.__all__)) == len(npcengine.__all__)


def test_the_contract_s_names_are_public() -> None:
    """What other people's games import."""
    events = {
        "EngineReady", "ModelProgress", "PlayerHeard", "NpcThinking", "NpcSpeaking", "NpcEmotion", "ActionRequested",
        "TurnFinished", "StageFailed", "CharacterReloaded",
    }  # fmt: skip
    assert events | {"Engine", "EngineConfig", "Npc", "Face", "Subtitle"} <= set(npcengine.__all__)


def test_importing_pulls_no_model_library() -> None:
    """The game's process stays light until a game asks for sound."""
    code = f"import sys, npcengine; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
