"""One turn of a conversation as the game's side sees it, from the player's first word to the character's last."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from npcengine.audio.playback import Playback
from npcengine.brain.messages import Ask, Command, Context, Listen, MicrophoneBlock, Replied, Say, StopListening
from npcengine.mind.memory import Exchange
from npcengine.types import ActionCall, Emotion, Status, Subtitle, Timings, Turn

_WORDS_IN_THE_EAR = 12
_WORDS_ON_THEIR_WAY = 3
_KEPT_BLOCKS = 1000
"""32 s of sound: longer than an utterance may be."""


@dataclass(slots=True)
class OpenTurn:
    """What is known so far of a turn.

    Attributes:
        turn: Its identity.
        playback: What it has to hear.
        player_text: What the player said, once that is known.
        partial_text: What is understood of it while the player still speaks.
        unanswered: What the player had said just before and nobody has answered: `player_text` will begin with it.
        confidence: 0–1, how sure the recogniser was of `player_text`.
        event: What happened, where the character reacts to something.
        scripted: The author's words, where the game gave them, and how they are said.
        listening: Whether the player is still speaking.
        empty: Whether it turned out that nobody had spoken.
        heard_sound: The player's speech, kept until it is transcribed, so that a brain's death can't lose it.
        input_ended_s: When the player's input ended (seconds on the engine's clock); None before.
        acted: The actions asked for so far.
        repeated: Whether it was asked again of a new brain; a question that kills two is not asked of a third.
        voiced: Whether nothing further will come to be played.
    """

    turn: Turn
    playback: Playback
    player_text: str = ""
    partial_text: str = ""
    unanswered: str = ""
    confidence: float = 1.0
    event: str = ""
    scripted: tuple[str, Emotion] | None = None
    listening: bool = False
    empty: bool = False
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
    first_words_ms: float | None = None

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

    def sounds(self, *, after_ms: float, filler: bool) -> None:
        """Speech has come, so long after the player's input ended."""
        if self.first_audio_ms is None:
            self.first_audio_ms = after_ms
        if self.first_words_ms is None and not filler:
            self.first_words_ms = after_ms

    def exchange(self, *, interrupted: bool, emotion: Emotion | None = None) -> Exchange | None:
        """What memory keeps of it: what was heard; None when nothing was."""
        heard = self.playback.heard_text()
        if not (self.player_text or heard):
            return None
        return Exchange(self.player_text, heard, interrupted=interrupted, emotion=emotion)

    def subtitle(self, name: str) -> Subtitle:
        """The reply of the character `name` as far as it is known; before it, what the player was understood to say."""
        if self.playback.begun:
            return Subtitle(self.playback.text, self.playback.heard_text(), name)
        said = self.player_text or self.partial_text
        return Subtitle(said, said, "You") if said else Subtitle()

    @property
    def used(self) -> tuple[str, ...]:
        """Ids of the facts that the reply was made from, once it is known."""
        return self.reply.knowledge_used if self.reply else ()

    @property
    def words_in_the_air(self) -> str:
        """What the character has just said and is saying: what of it a microphone may pick up."""
        heard = len(self.playback.heard_text().split())
        said = self.playback.text.split()
        return " ".join(said[max(0, heard - _WORDS_IN_THE_EAR) : heard + _WORDS_ON_THEIR_WAY])

    @property
    def waits_for_answer(self) -> bool:
        """Whether the player has said something and has not heard a word of the answer yet."""
        spoken = bool(self.player_text or self.heard_sound) and not self.listening
        return spoken and not self.playback.heard_text()

    @property
    def timings(self) -> Timings:
        """So far."""
        return Timings(
            stt=self.stt_ms,
            first_token=self.first_token_ms,
            first_audio=self.first_audio_ms,
            first_words=self.first_words_ms,
            reply_done=self.reply.took_ms if self.reply else None,
        )


def requests(opened: OpenTurn, npc: int, context: Context) -> list[Command]:
    """What to tell a brain that has never heard of this turn."""
    number = opened.turn.number
    if opened.scripted:
        return [Say(number, npc, *opened.scripted)]
    if opened.player_text or opened.event:
        return [Ask(number, npc, opened.player_text, context, opened.event)]
    listen = Listen(number, npc, context, open_microphone=opened.open_microphone, unanswered=opened.unanswered)
    end = [] if opened.listening else [StopListening(number, npc, context)]
    return [listen, *opened.heard_sound, *end]
