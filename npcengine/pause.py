"""Holds every voice while the game stands still; knows no menu and no microphone."""

from __future__ import annotations

from collections.abc import Mapping

from npcengine.audio.playback import Playback
from npcengine.conversation import Conversation


class Pause:
    """What goes on is held in the middle of a word, and taken up again from that word on.

    Args:
        conversations: All characters in the game, by number; read each time, as it is then.
    """

    def __init__(self, conversations: Mapping[int, Conversation]) -> None:
        self.on = False
        self._conversations = conversations
        self._held: list[Playback] = []

    def begin(self) -> None:
        """Everything falls silent; who was listened to has said what they have said."""
        if self.on:
            return
        self.on = True
        for conversation in self._conversations.values():
            conversation.ignore_microphone()
            conversation.drop_open_utterance()
            conversation.stop_listening()
        self.keep()

    def keep(self) -> None:
        """Holds what has begun since: an answer that was under way is heard after the pause."""
        for conversation in self._conversations.values():
            playback = conversation.current.playback if conversation.current else None
            if playback and not playback.held:
                playback.hold()
                self._held.append(playback)

    def end(self) -> None:
        """Everything goes on; what was cut short in the meantime stays so."""
        self.on = False
        for playback in self._held:
            playback.resume()
        self._held.clear()
