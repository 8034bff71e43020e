"""What a developer wants to see of a turn: its waterfall, what was heard, facts, prompt, and the mouth's curves."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

import pygame

import npcengine
from demo_game.typography import ACCENT, FRAME, INK, PANEL, SOFT, Colour, Typography
from demo_game.views.subtitle_view import wrap

KEPT_FRAMES = 180
"""Three seconds of the face."""

CURVES: tuple[tuple[str, Colour], ...] = (
    ("jawOpen", (255, 190, 92)),
    ("mouthClose", (120, 190, 255)),
    ("mouthFunnel", (226, 226, 226)),
    ("mouthSmileLeft", (240, 130, 170)),
)
"""The weights whose curves are drawn; each is named at its end, so that no colour is needed to tell them apart."""

_INDICES = tuple(npcengine.ARKIT_NAMES.index(name) for name, _ in CURVES)
_SMALL = 15


class Overlay:
    """Draws the overlay over the village; takes note of the face in every frame.

    Attributes:
        scroll: How many lines of the prompt lie above what is shown.
    """

    def __init__(self, area: pygame.Rect, typography: Typography) -> None:
        self.scroll = 0
        self._area = area
        self._type = typography
        self._faces: deque[tuple[str, tuple[float, ...]]] = deque(maxlen=KEPT_FRAMES)
        self._prompt: tuple[str, list[str]] = ("", [])

    def note(self, face: npcengine.Face) -> None:
        """Keeps what the face looks like in this frame."""
        self._faces.append((face.viseme, tuple(float(face.weights[index]) for index in _INDICES)))

    def turn_page(self, lines: int) -> None:
        """Scrolls the prompt."""
        self.scroll = max(self.scroll + lines, 0)

    def draw(self, window: pygame.Surface, stats: npcengine.TurnStats | None) -> None:
        """Draws everything about the last turn."""
        area, step = self._area, self._type.height(_SMALL)
        shade = pygame.Surface(area.size, pygame.SRCALPHA, 32)
        shade.fill((*PANEL, 224))
        window.blit(shade, area)
        inner = area.inflate(-step, -step)
        y = inner.top
        for text, colour in self._heading(stats):
            self._write(window, text, pygame.Rect(inner.left, y, inner.width, step), colour)
            y += step
        if stats is not None:
            y = self._draw_waterfall(
                window, pygame.Rect(inner.left, y + step // 3, inner.width, 4 * step), stats.timings
            )
        strip = pygame.Rect(inner.left, inner.bottom - step, inner.width, step)
        curves = pygame.Rect(inner.left, strip.top - 4 * step, inner.width, 4 * step - step // 3)
        prompt = pygame.Rect(inner.left, y + step // 2, inner.width, curves.top - y - step)
        self._draw_prompt(window, prompt, stats.prompt if stats else "")
        self._draw_curves(window, curves)
        self._draw_visemes(window, strip)

    def _heading(self, stats: npcengine.TurnStats | None) -> Iterator[tuple[str, Colour]]:
        if stats is None:
            yield "No turn yet: say something.", SOFT
            return
        facts = ", ".join(stats.knowledge_used) or "none"
        yield f"Heard ({stats.confidence:.0%} sure): {stats.heard or '–'}", INK
        yield f"{stats.npc_name}: {stats.reply or '–'}", INK
        yield f"Words from: {stats.source}     Facts used: {facts}", SOFT

    def _draw_waterfall(self, window: pygame.Surface, area: pygame.Rect, timings: npcengine.Timings) -> int:
        """Bars on a common scale, from the end of the player's input; the y below them.

        Each begins with the end of what it waited for: sound and the rest of the reply both wait for the first word.
        """
        understood, word = timings.stt or 0.0, timings.first_token or 0.0
        steps = [
            ("understood", 0.0, timings.stt),
            ("first word", understood, timings.first_token),
            ("first sound", word, timings.first_audio),
            ("reply done", word, timings.reply_done),
        ]
        longest = max([end for _, _, end in steps if end] or [1.0])
        row = area.height // len(steps)
        label = self._type.width("first sound  ", _SMALL)
        room = area.width - label - self._type.width("00000 ms ", _SMALL)
        for index, (name, begin, end) in enumerate(steps):
            place = pygame.Rect(area.left, area.top + index * row, area.width, row)
            self._write(window, name, place, SOFT)
            words = "–" if end is None else f"{end:.0f} ms"
            self._type.write(window, words, place, size=_SMALL, colour=INK, align="right")
            if end is not None:
                left = area.left + label + round(room * min(begin, end) / longest)
                width = max(round(room * (end - min(begin, end)) / longest), 2)
                pygame.draw.rect(window, ACCENT, (left, place.top + row // 4, width, row // 2))
        return area.bottom

    def _draw_prompt(self, window: pygame.Surface, area: pygame.Rect, prompt: str) -> None:
        """The exact prompt, its end first in sight: that is what differs from turn to turn."""
        step = self._type.height(_SMALL)
        room = max(area.height // step - 1, 0)
        if room == 0:
            return
        if self._prompt[0] != prompt:
            self._prompt = prompt, list(self._wrapped(prompt, area.width))
            self.scroll = max(len(self._prompt[1]) - room, 0)
        lines = self._prompt[1]
        self.scroll = min(self.scroll, max(len(lines) - room, 0))
        last = min(self.scroll + room, len(lines))
        title = f"Prompt, lines {self.scroll + 1}–{last} of {len(lines)} (PAGE UP, PAGE DOWN)"
        if not lines:
            title = "Prompt: none, since the words are the author's"
        row = pygame.Rect(area.left, area.top, area.width, step)
        self._write(window, title, row, ACCENT)
        for line in lines[self.scroll : self.scroll + room]:
            row.top += step
            self._write(window, line, row, SOFT)

    def _wrapped(self, prompt: str, width: int) -> Iterator[str]:
        for line in prompt.splitlines():
            yield from (
                " ".join(part) for part in wrap(line.split(), width, lambda words: self._type.width(words, _SMALL))
            )

    def _draw_curves(self, window: pygame.Surface, area: pygame.Rect) -> None:
        pygame.draw.rect(window, FRAME, area, 1)
        if len(self._faces) < 2:
            return
        names = self._type.width("mouthSmileLeft ", _SMALL)
        step = (area.width - names) / KEPT_FRAMES
        for index, (name, colour) in enumerate(CURVES):
            points = [
                (area.left + number * step, area.bottom - 2 - min(max(weights[index], 0.0), 1.0) * (area.height - 4))
                for number, (_, weights) in enumerate(self._faces)
            ]
            pygame.draw.lines(window, colour, False, points, 2)  # noqa: FBT003 - pygame's signature
            row = pygame.Rect(area.right - names, area.top + index * area.height // 4, names, area.height // 4)
            self._type.write(window, name, row, size=_SMALL, colour=colour)

    def _draw_visemes(self, window: pygame.Surface, area: pygame.Rect) -> None:
        """Runs of the same viseme as boxes with its name."""
        names = self._type.width("mouthSmileLeft ", _SMALL)
        step = (area.width - names) / KEPT_FRAMES
        faces = [viseme for viseme, _ in self._faces]
        start = 0
        for number in range(1, len(faces) + 1):
            if number < len(faces) and faces[number] == faces[start]:
                continue
            left, right = area.left + start * step, area.left + number * step
            box = pygame.Rect(round(left), area.top, max(round(right) - round(left) - 1, 1), area.height)
            shown = faces[start] != "sil"
            pygame.draw.rect(window, (74, 62, 52) if shown else (36, 32, 34), box)
            if shown and self._type.width(faces[start], _SMALL) < box.width:
                self._type.write(window, faces[start], box, size=_SMALL, colour=INK, align="centre")
            start = number
        row = pygame.Rect(area.right - names, area.top, names, area.height)
        self._write(window, "viseme", row, SOFT)

    def _write(self, window: pygame.Surface, text: str, row: pygame.Rect, colour: Colour) -> None:
        self._type.write(window, text, row, size=_SMALL, colour=colour)
