"""What a conversation needs of its engine; knows neither."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from npcengine.audio.playback import Speaker
from npcengine.brain.messages import Command
from npcengine.clock import Clock
from npcengine.events import Event
from npcengine.mind.memory import Exchange
from npcengine.state import World


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a conversation needs of its engine.

    Attributes:
        clock: Times everything but frames.
        speaker: Where lines of sound come from.
        world: What the game shares with all characters.
        send: Hands a command to the brain.
        emit: Hands an event to the game.
        next_turn: A number that no other turn has.
        frame_time_s: The game's own time, which stands still between two updates.
        activated: Told the number of a character whose turn begins.
        attend: Told the number of a character whose talk key is pressed.
        reload: Has the file of a character of this number read again; False if it comes from none.
        said: Told the number of a character and the exchange that has just ended, for whoever stands by.
        being_said: What a character, by its number, has overheard so far of turns that are not over.
        remembered: Told the number of a character whose memory has changed.
    """

    clock: Clock
    speaker: Speaker
    world: World
    send: Callable[[Command], None]
    emit: Callable[[Event], None]
    next_turn: Callable[[], int]
    frame_time_s: Callable[[], float]
    activated: Callable[[int], None]
    attend: Callable[[int], None]
    reload: Callable[[int], bool]
    said: Callable[[int, Exchange], None]
    being_said: Callable[[int], tuple[Exchange, ...]]
    remembered: Callable[[int], None]
