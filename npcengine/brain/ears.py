"""What the hearing stage loads, and how: everything around the recogniser makes it better and may be missing."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from npcengine.brain.registry import open_stt
from npcengine.config import EngineConfig
from npcengine.errors import NpcEngineError
from npcengine.hearing import echo, silero, smart_turn
from npcengine.hearing.echo import EchoCanceller
from npcengine.hearing.protocol import SpeechToText
from npcengine.hearing.turn_end import EndOfTurn
from npcengine.hearing.voice_activity import VoiceActivity
from npcengine.models.catalogue import default_name
from npcengine.types import LoadOptions

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ears:
    """One microphone's: the recogniser, the voice detector, a judge of turns, an echo canceller."""

    recogniser: SpeechToText
    activity: VoiceActivity
    judge: EndOfTurn | None = None
    canceller: EchoCanceller | None = None


def open_ears(config: EngineConfig, options: LoadOptions) -> Ears:
    """Everything that hearing needs, loaded.

    Raises:
        BackendUnknown: No recogniser of that name.
        BackendMissing: Its package, or the voice detector's, is not installed.
        ModelError: Its model is missing or broken.
    """
    try:
        judge = smart_turn.load(default_name("turn"), options)
    except NpcEngineError as error:
        logger.info("the end of a turn is told from silence and words alone: %s", error)
        judge = None
    canceller = echo.open_canceller() if config.echo == "auto" else None
    return Ears(open_stt(config.stt, options), silero.load(), judge, canceller)
