"""Game characters one can talk to; everything a game needs is here, and nothing else is public.

>>> import npcengine
>>> with npcengine.Engine() as engine:
...     gerta = engine.spawn("characters/gerta.yaml")
"""

from __future__ import annotations

from npcengine.config import EngineConfig
from npcengine.engine import Engine
from npcengine.errors import (
    AudioError,
    BackendError,
    BackendMissing,
    BackendUnknown,
    BrainError,
    ConfigError,
    FetchError,
    MemoryFileError,
    ModelBroken,
    ModelError,
    ModelMissing,
    NpcEngineError,
    PersonaError,
)
from npcengine.events import (
    ActionRequested,
    CharacterReloaded,
    EngineReady,
    Event,
    ModelProgress,
    NpcEmotion,
    NpcSpeaking,
    NpcThinking,
    PlayerHeard,
    StageFailed,
    TurnFinished,
)
from npcengine.face.arkit import NAMES as ARKIT_NAMES
from npcengine.npc import Npc
from npcengine.persona import Persona, load_persona
from npcengine.turn_stats import TurnStats
from npcengine.types import EMOTIONS, Emotion, Face, Status, Subtitle, Timings

__version__ = "0.1.0"

__all__ = [
    "ARKIT_NAMES",
    "EMOTIONS",
    "ActionRequested",
    "AudioError",
    "BackendError",
    "BackendMissing",
    "BackendUnknown",
    "BrainError",
    "CharacterReloaded",
    "ConfigError",
    "Emotion",
    "Engine",
    "EngineConfig",
    "EngineReady",
    "Event",
    "Face",
    "FetchError",
    "MemoryFileError",
    "ModelBroken",
    "ModelError",
    "ModelMissing",
    "ModelProgress",
    "Npc",
    "NpcEmotion",
    "NpcEngineError",
    "NpcSpeaking",
    "NpcThinking",
    "Persona",
    "PersonaError",
    "PlayerHeard",
    "StageFailed",
    "Status",
    "Subtitle",
    "Timings",
    "TurnFinished",
    "TurnStats",
    "load_persona",
]
