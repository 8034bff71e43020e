"""One turn of a conversation as the game's side sees it, from the player's first word to the character's last."""

from __future__ import annotations

from dataclasses import dataclass, field

from npcengine.audio.playback import Playback
from npcengine.brain.messages import MicrophoneBlock, Replied
from npcengine.types import Status, Timings, Turn


@dataclass(slots=True)
class OpenTurn:
    """What is known so far of a turn.

    Attributes:
        turn: Its identity.
        playback: What it has to hear.
        player_text: What the player said, once that is known.
        event: What happened, where the character reacts to something.
        scripted: The author's words, where the game gave them.
        listening: Whether the player is still speaking.
        heard_sound: The player's speech, kept until it is transcribed, so that a brain's death can't lose it.
        input_ended_s: When the player's input ended (seconds on the engine's clock); None before.
        voiced: Whether nothing further will come to be played.
    """

    turn: Turn
    playback: Playback
    player_text: str = ""
    event: str = ""
    scripted: str = ""
    listening: bool = False
    open_microphone: bool = False
    heard_sound: list[MicrophoneBlock] = field(default_factory=list)
    input_ended_s: float | None = None
    reply: Replied | None = None
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
