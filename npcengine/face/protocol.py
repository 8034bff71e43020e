"""What the engine asks of a face; animators satisfy it, nothing here knows them."""

from __future__ import annotations

from typing import Protocol

from npcengine.types import Emotion, FaceCurves, Speech


class FaceAnimator(Protocol):
    """Moves the lower face with speech."""

    def animate(self, speech: Speech, emotion: Emotion) -> FaceCurves:
        """Curves over the whole of `speech`; the mouth is shut in the first and the last row."""
        ...
