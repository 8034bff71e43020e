"""What shows of a character: its mood and its face; knows no turn and no model."""

from __future__ import annotations

from difflib import get_close_matches

from npcengine.audio.playback import Playback
from npcengine.errors import ConfigError
from npcengine.face.live import LiveFace
from npcengine.face.sampling import sample
from npcengine.persona import Persona
from npcengine.types import EMOTIONS, Emotion, Face, Status

_MOOD_LASTS_S = 6.0
"""How long a reply's emotion stays after the reply."""


class Expression:
    """A mood that decays, and a face that is computed when a game looks at it: nobody's face costs nothing."""

    def __init__(self, persona: Persona, seed: int) -> None:
        self.persona = persona
        self._seed = seed
        self._emotion: Emotion = persona.mood
        self._felt_s = float("-inf")
        self._live: LiveFace | None = None
        self._shown: tuple[float, Face] | None = None

    def become(self, persona: Persona) -> None:
        """The same face with this file's resting mood and figures; nothing jumps."""
        changed = persona.face != self.persona.face
        self.persona = persona
        if changed and self._live:
            self._live.adapt(persona.face.expressiveness, persona.face.blink_per_minute)

    def feel(self, emotion: Emotion, now_s: float) -> None:
        """`emotion` from now on."""
        self._emotion = emotion
        self._felt_s = now_s

    def linger(self, now_s: float) -> None:
        """The reply is over: its emotion decays from now."""
        self._felt_s = now_s

    def mood(self, now_s: float, *, talking: bool) -> Emotion:
        """The last emotion while talking and for a while after it, else the resting one."""
        lasting = talking or now_s - self._felt_s < _MOOD_LASTS_S
        return self._emotion if lasting else self.persona.mood

    def face(self, frame_time_s: float, status: Status, mood: Emotion, playback: Playback | None) -> Face:
        """The face at `frame_time_s`; the same value for the same frame."""
        if self._shown and self._shown[0] == frame_time_s:
            return self._shown[1]
        since_s = frame_time_s - self._shown[0] if self._shown else 0.0
        at = playback.face_position() if playback else None
        face = self._awake().update(since_s, status, mood, sample(*at) if at else None)
        self._shown = (frame_time_s, face)
        return face

    def _awake(self) -> LiveFace:
        if self._live is None:
            self._live = live_face(self.persona, seed=self._seed)
        return self._live


def live_face(persona: Persona, *, seed: int) -> LiveFace:
    """A face that moves as the character file wants it."""
    settings = persona.face
    return LiveFace(seed, expressiveness=settings.expressiveness, blink_per_minute=settings.blink_per_minute)


def known_emotion(emotion: Emotion, name: str) -> Emotion:
    """The same emotion.

    Raises:
        ConfigError: A game asked the character `name` for one that there is not.
    """
    if emotion not in EMOTIONS:
        near = get_close_matches(emotion, EMOTIONS, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ConfigError(f"{name} can't feel {emotion!r}: choose one of {', '.join(EMOTIONS)}{hint}")
    return emotion
