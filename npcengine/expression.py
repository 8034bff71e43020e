"""What shows of a character: its mood and its face; knows no turn and no model."""

from __future__ import annotations

from difflib import get_close_matches

from npcengine.audio.playback import Playback
from npcengine.errors import ConfigError
from npcengine.face.live import LiveFace
from npcengine.face.sampling import sample
from npcengine.mind.mood import BY_REPLY, Mood
from npcengine.persona import FaceSettings, Persona
from npcengine.types import EMOTIONS, Emotion, Face, Status


class Expression:
    """A mood that dies away, and a face that is computed when a game looks at it: nobody's face costs nothing.

    Times are the game's own, in seconds, so that a pause keeps a mood and slow motion stretches it.
    """

    def __init__(self, persona: Persona, seed: int) -> None:
        self.persona = persona
        self._seed = seed
        self._said: Emotion | None = None
        self._mood = Mood()
        self._mood_s = 0.0
        self._live: LiveFace | None = None
        self._shown: tuple[float, Face] | None = None

    def become(self, persona: Persona) -> None:
        """The same face with this file's resting mood and figures; nothing jumps."""
        changed = persona.face != self.persona.face
        self.persona = persona
        if changed and self._live:
            self._live.adapt(persona.face.expressiveness, persona.face.blink_per_minute)

    def feel(self, emotion: Emotion) -> None:
        """The reply that is being given feels so."""
        self._said = emotion

    def linger(self, now_s: float) -> None:
        """The reply is over: what it felt dies away from now on.

        One that only carries on the mood does not feed it, or an angry character would never calm down.
        """
        said, self._said = self._said, None
        mood = self.kept(now_s)
        if said and said != mood.shown(self.persona.mood):
            self.restore(Mood() if said == self.persona.mood else mood.moved(said, BY_REPLY), now_s)

    def stir(self, emotion: Emotion, strength: float, now_s: float) -> None:
        """Something moves the character, by 0–1."""
        self.restore(self.kept(now_s).moved(emotion, strength), now_s)

    def mood(self, now_s: float) -> Emotion:
        """What it says itself while it says it, then what is left of what moved it, else its resting emotion."""
        return self._said or self.kept(now_s).shown(self.persona.mood)

    def kept(self, now_s: float) -> Mood:
        """What is left of its mood, for a save."""
        return self._mood.after(now_s - self._mood_s)

    def restore(self, mood: Mood, now_s: float) -> None:
        """Sets its mood."""
        self._mood, self._mood_s = mood, now_s

    def face(self, frame_time_s: float, status: Status, mood: Emotion, playback: Playback | None) -> Face:
        """The face at `frame_time_s`; the same value for the same frame."""
        if self._shown and self._shown[0] == frame_time_s:
            return self._shown[1]
        since_s = frame_time_s - self._shown[0] if self._shown else 0.0
        at = playback.face_position() if playback else None
        face = self._awake().update(
            since_s,
            status,
            mood,
            sample(*at) if at else None,
            strength=self._strength(frame_time_s, mood),
            resting=self.persona.mood,
        )
        self._shown = (frame_time_s, face)
        return face

    def _strength(self, now_s: float, mood: Emotion) -> float:
        """How much of `mood` shows: all of it while it is said or at rest, what is left of it while it dies away."""
        kept = self.kept(now_s)
        return kept.strength if kept.emotion == mood and not self._said else 1.0

    def _awake(self) -> LiveFace:
        if self._live is None:
            self._live = live_face(self.persona, seed=self._seed)
        return self._live


def live_face(persona: Persona | None, *, seed: int = 0) -> LiveFace:
    """A face that moves as the character file wants it, or as a face without one does."""
    settings = persona.face if persona else FaceSettings()
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
