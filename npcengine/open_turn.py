"""One turn of a conversation as the game's side sees it, from the player's first word to the character's last."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from npcengine.audio.playback import Playback
from npcengine.brain.messages import Ask, Command, Context, Listen, MicrophoneBlock, Replied, Say, StopListening
from npcengine.types import ActionCall, Emotion, Status, Timings, Turn

_KEPT_BLOCKS = 1000
"""32 s of sound: longer than an utterance may be."""


@dataclass(slots=True)
class OpenTurn:
    """What is known so far of a turn.

    Attributes:
        turn: Its identity.
        playback: What it has to hear.
        player_text: What the player said, once that is known.
        event: What happened, where the character reacts to something.
        scripted: The author's words, where the game gave them, and how they are said.
        listening: Whether the player is still speaking.
        heard_sound: The player's speech, kept until it is transcribed, so that a brain's death can't lose it.
        input_ended_s: When the player's input ended (seconds on the engine's clock); None before.
        acted: The actions asked for so far.
        repeated: Whether it was asked again of a new brain; a question that kills two is not asked of a third.
        voiced: Whether nothing further will come to be played.
    """

    turn: Turn
    playback: Playback
    player_text: str = ""
    event: str = ""
    scripted: tuple[str, Emotion] | None = None
    listening: bool = False
    open_microphone: bool = False
    heard_sound: deque[MicrophoneBlock] = field(default_factory=lambda: deque(maxlen=_KEPT_BLOCKS))
    input_ended_s: float | None = None
    reply: Replied | None = None
    acted: list[ActionCall] = field(default_factory=list)
    repeated: bool = False
    voiced: bool = False
    stt_ms: float | None = None
    first_token_ms: float | None = None
    first_audio_ms: float | None = None

    @property
    def status(self) -> Status:
        """What the character is doing."""
        if self.listening:
            return "listening"
        return "speaking" if self.playback.begun else "thinking"

    @property
    def over(self) -> bool:
        """Whether everything that was to be heard has been."""
        return self.voiced and self.playback.finished

    @property
    def timings(self) -> Timings:
        """So far."""
        return Timings(
            stt=self.stt_ms,
            first_token=self.first_token_ms,
            first_audio=self.first_audio_ms,
            reply_done=self.reply.took_ms if self.reply else None,
        )


def requests(opened: OpenTurn, npc: int, context: Context) -> list[Command]:
    """What to tell a brain that has never heard of this turn."""
    number = opened.turn.number
    if opened.scripted:
        return [Say(number, npc, *opened.scripted)]
    if opened.player_text or opened.event:
        return [Ask(number, npc, opened.player_text, context, opened.event)]
    listen = Listen(number, npc, context, open_microphone=opened.open_microphone)
    end = [] if opened.listening else [StopListening(number, npc, context)]
    return [listen, *opened.heard_sound, *end]
