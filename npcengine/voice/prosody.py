"""How an emotion colours a voice: its rate and its pitch, on top of the character's own; pure.

Directions are those on which reviews of emotional speech agree: Murray and Arnott, "Toward the simulation of emotion in
synthetic speech", JASA 93(2), 1993; Juslin and Laukka, "Communication of emotions in vocal expression and music
performance", Psychological Bulletin 129(5), 2003; Scherer, "Vocal communication of emotion", Speech Communication 40,
2003. Anger, fear, joy and surprise are fast and high; sadness, tenderness and disgust slow and low. The emotions that
they lack are weaker relatives of theirs: amusement of joy, worry of fear, contentment of tenderness; firmness, a calm
that insists, is on the slow and low side.

Sizes are ours, and mild, since a character takes on a new emotion from one sentence to the next: in rate at most two of
the steps of 5 % that a listener just notices (Quené, Journal of Phonetics 35, 2007), in pitch at most two semitones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from npcengine.types import Emotion, Voice


@dataclass(frozen=True, slots=True)
class Colour:
    """What an emotion does: `rate` multiplies the speed, `semitones` are added to the pitch."""

    rate: float = 1.0
    semitones: float = 0.0


COLOURS: Mapping[Emotion, Colour] = MappingProxyType(
    {
        "neutral": Colour(),
        "happy": Colour(1.05, 1.2),
        "amused": Colour(1.03, 0.7),
        "sad": Colour(0.90, -1.0),
        "angry": Colour(1.06, 1.0),
        "afraid": Colour(1.09, 1.8),
        "surprised": Colour(1.04, 1.8),
        "disgusted": Colour(0.94, -0.8),
        "firm": Colour(0.96, -0.6),
        "content": Colour(0.98, 0.0),
        "worried": Colour(1.04, 0.7),
        "tender": Colour(0.93, -0.5),
    }
)


def coloured(voice: Voice, emotion: Emotion) -> Voice:
    """The voice as it sounds while the character feels this."""
    colour = COLOURS[emotion]
    return replace(voice, speed=voice.speed * colour.rate, pitch=voice.pitch + colour.semitones)
