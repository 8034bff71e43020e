"""A game's window and a fixed amount of drawing in each of its frames; knows no engine."""

from __future__ import annotations

import pygame

from npcengine.clock import Clock, elapsed_ms

SIZE = (960, 540)
DRAWING_MS = 5.0
"""What drawing a frame should take on this machine when nobody disturbs it: a third of a frame at 60 a second."""

_TRIALS = 60
_FEW_STEPS = 10
_MOST_STEPS = 2000


class Window:
    """A window, its mixer, and its drawing: circles, lines and a scaled picture, so many of each in every frame.

    Attributes:
        steps: How many; found by `calibrate` and the same for all frames from then on.
    """

    def __init__(self, clock: Clock) -> None:
        pygame.mixer.init(44_100, -16, 2, 512)
        pygame.display.init()
        self._screen = pygame.display.set_mode(SIZE)
        self._picture = pygame.Surface((96, 96))
        self._ticker = pygame.time.Clock()
        self._clock = clock
        self._ticked_s = clock.now()
        self.steps = 1

    def calibrate(self) -> float:
        """Finds the number of steps that take `DRAWING_MS` undisturbed; returns what they then take (ms).

        From a few steps, which a busy machine leaves undisturbed more often than a whole frame.
        """
        self.steps = _FEW_STEPS
        step_ms = min(self._time_drawing() for _ in range(_TRIALS)) / _FEW_STEPS
        self.steps = min(_MOST_STEPS, max(1, round(DRAWING_MS / step_ms)))
        return self.steps * step_ms

    def tick(self) -> float:
        """Waits for the next frame as games do; returns the last one's length (ms)."""
        pygame.event.pump()
        self._ticker.tick(60)  # which counts whole milliseconds
        before_s, self._ticked_s = self._ticked_s, self._clock.now()
        return (self._ticked_s - before_s) * 1000.0

    def draw(self) -> None:
        """One frame."""
        screen = self._screen
        screen.fill((24, 28, 34))
        for step in range(self.steps):
            x, y = (step * 61) % SIZE[0], (step * 37) % SIZE[1]
            pygame.draw.circle(screen, (120, 90, (step * 7) % 255), (x, y), 22)
            pygame.draw.aaline(screen, (200, 200, 180), (x, y), (SIZE[0] - x, SIZE[1] - y))
            screen.blit(pygame.transform.scale(self._picture, (64, 64)), (y, x // 2))
        pygame.display.flip()

    def close(self) -> None:
        """Closes window and mixer."""
        pygame.quit()

    def _time_drawing(self) -> float:
        began_s = self._clock.now()
        self.draw()
        return elapsed_ms(self._clock, began_s)
