"""The handle a game holds of one character; all it does is hand on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from typing import Protocol

from npcengine.mind.memory import Memory
from npcengine.persona import Persona
from npcengine.state import CharacterState
from npcengine.types import Emotion, Face, Status, Subtitle


class Conversing(Protocol):
    """What stands behind the handle."""

    persona: Persona
    state: CharacterState

    @property
    def memory(self) -> Memory: ...  # noqa: D102 - see Npc
    @property
    def status(self) -> Status: ...  # noqa: D102
    @property
    def mood(self) -> Emotion: ...  # noqa: D102
    @property
    def face(self) -> Face: ...  # noqa: D102
    @property
    def subtitle(self) -> Subtitle: ...  # noqa: D102

    def listen(self) -> None: ...  # noqa: D102
    def stop_listening(self) -> None: ...  # noqa: D102
    def tell(self, text: str) -> None: ...  # noqa: D102
    def say(self, text: str, emotion: Emotion | None) -> None: ...  # noqa: D102
    def notify(self, text: str, *, react: bool) -> None: ...  # noqa: D102
    def remember(self, text: str) -> None: ...  # noqa: D102
    def forget(self) -> None: ...  # noqa: D102
    def interrupt(self) -> None: ...  # noqa: D102
    def place(self, pan: float, volume: float) -> None: ...  # noqa: D102
    def reload(self) -> None: ...  # noqa: D102


class Npc:
    """A character one can talk to; `Engine.spawn` makes them.

    No method waits: what comes of a call arrives as events from `Engine.update`.
    """

    def __init__(self, conversation: Conversing, key: str) -> None:
        self._conversation = conversation
        self._key = key

    def listen(self) -> None:
        """Push-to-talk pressed: the microphone is this character's now, and whatever it was saying stops."""
        self._conversation.listen()

    def stop_listening(self) -> None:
        """Push-to-talk released: the player's turn ends here; without a `listen` before, nothing happens."""
        self._conversation.stop_listening()

    def tell(self, text: str) -> None:
        """The player says `text` by keyboard; whatever the character was saying stops. Blank text is ignored."""
        self._conversation.tell(text)

    def say(self, text: str, emotion: Emotion | None = None) -> None:
        """The character speaks exactly `text`, after what it is saying now.

        Args:
            text: Plain words; stage directions such as ``*sighs*`` are not spoken.
            emotion: For the face and the voice; None keeps its mood.
        """
        self._conversation.say(text, emotion)

    def greet(self) -> None:
        """The character speaks one of its greetings, the next one each time; nothing if its file has none."""
        greetings = self._conversation.persona.greeting
        if greetings:
            self._conversation.say(greetings[self._conversation.memory.talks % len(greetings)], None)

    def notify(self, text: str, react: bool = False) -> None:
        """Something happened in the world, and the character knows of it.

        Args:
            text: A short sentence in the third person: ``"The player gave Gerta five silver."``
            react: Whether the character says something about it now.
        """
        self._conversation.notify(text, react=react)

    def interrupt(self) -> None:
        """The character falls silent at once and remembers only what was heard of it."""
        self._conversation.interrupt()

    def place(self, pan: float, volume: float) -> None:
        """Where its voice comes from: `pan` −1 left … 1 right, `volume` 0–1."""
        self._conversation.place(pan, volume)

    def reload(self) -> None:
        """Reads its character file again, beside the game; `CharacterReloaded` tells how that went.

        It keeps its memory and the values of its `state` that are still declared; what it is saying goes on.

        Raises:
            ConfigError: It was spawned from a `Persona`, so that there is no file to read.
        """
        self._conversation.reload()

    def remember(self, text: str) -> None:
        """Adds a fact, as ``"The player's name is Robin."``, that the character keeps in mind."""
        self._conversation.remember(text)

    def forget(self) -> None:
        """Empties its memory of talks, of facts it was told and of the player; its state and its mood stay."""
        self._conversation.forget()

    @property
    def key(self) -> str:
        """What the character is called in `Engine.snapshot`."""
        return self._key

    @property
    def name(self) -> str:
        """As its character file gives it."""
        return self._conversation.persona.name

    @property
    def persona(self) -> Persona:
        """Its character file."""
        return self._conversation.persona

    @property
    def memory(self) -> Memory:
        """What was said and heard, what it was told and what it learnt about the player."""
        return self._conversation.memory

    @property
    def face(self) -> Face:
        """Its face at the sample being heard; the same value until the next `Engine.update`."""
        return self._conversation.face

    @property
    def subtitle(self) -> Subtitle:
        """What it is saying, or what was understood of the player while it thinks."""
        return self._conversation.subtitle

    @property
    def status(self) -> Status:
        """``"idle"``, ``"listening"``, ``"thinking"`` or ``"speaking"``."""
        return self._conversation.status

    @property
    def mood(self) -> Emotion:
        """What it feels now; what moved it dies away with the game's time, down to its file's `mood`."""
        return self._conversation.mood

    @property
    def state(self) -> CharacterState:
        """The values its conditions read; assign to them as things happen: ``npc.state["trust"] += 10``."""
        return self._conversation.state

    def __repr__(self) -> str:
        return f"<Npc {self.name!r} {self.status}>"


def free_key(name: str, others: Iterable[Npc]) -> str:
    """A name for the save file that none of the others has."""
    stem = re.sub(r"\W+", "_", name.casefold()).strip("_")
    taken = {npc.key for npc in others}
    return next(key for n in count(1) if (key := stem if n == 1 else f"{stem}_{n}") not in taken)
