"""The panel at the bottom: who speaks, what they are doing, what was said, what to press; knows no keys."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

import npcengine
from demo_game.layout import Layout
from demo_game.subtitle_view import SubtitleView
from demo_game.text_field import TextField
from demo_game.typography import ACCENT, INK, SOFT, UNHEARD, Typography

HINT = "Hold SPACE to speak   ·   type and press ENTER   ·   1–4 or TAB: someone else   ·   F3: open microphone"
HINT_MUTE = "Type and press ENTER   ·   1–4 or TAB: someone else   ·   F1: timings   ·   ESC: leave"
STATUS_WORDS: dict[npcengine.Status, str] = {
    "idle": "",
    "listening": "listening",
    "thinking": "thinking",
    "speaking": "speaking",
}


@dataclass(frozen=True, slots=True)
class PanelContent:
    """What the panel shows in one frame.

    Attributes:
        name: Who is talked to.
        status: What they are doing.
        heard: What the player said.
        subtitle: What the character says.
        level: Loudness at the microphone, 0–1; None while nobody listens.
        loading: What is being loaded and how much of it is done; None once all is.
        waiting: How many lines wait for the models.
        can_speak: Whether there is a microphone.
        time_s: Seconds since the start, for what blinks and breathes.
    """

    name: str
    status: npcengine.Status
    heard: str
    subtitle: npcengine.Subtitle
    level: float | None
    loading: tuple[str, float] | None
    waiting: int
    can_speak: bool
    time_s: float


class DialoguePanel:
    """Draws the panel; it keeps nothing but wrapped text."""

    def __init__(self, layout: Layout, typography: Typography) -> None:
        self._layout = layout
        self._type = typography
        self._subtitle = SubtitleView(typography)

    def draw(self, surface: pygame.Surface, content: PanelContent, field: TextField) -> None:
        """Everything in the panel; its ground is part of the still picture."""
        self._draw_header(surface, content)
        layout = self._layout
        if content.heard:
            self._type.write(surface, f"You: {content.heard}", layout.heard, size=19, colour=SOFT)
        self._subtitle.draw(surface, layout.subtitle, content.subtitle)
        if field.open:
            self._draw_field(surface, field, content.time_s)
        else:
            hint = HINT if content.can_speak else HINT_MUTE
            self._type.write(surface, hint, layout.prompt, size=18, colour=SOFT)

    def _draw_header(self, surface: pygame.Surface, content: PanelContent) -> None:
        layout = self._layout
        end = self._type.write(surface, content.name, layout.header, size=25, colour=ACCENT)
        rest = pygame.Rect(end + layout.header.height // 2, layout.header.top, 0, layout.header.height)
        rest.width = layout.header.right - rest.left
        word = STATUS_WORDS[content.status]
        if word:
            dots = "." * (1 + int(content.time_s * 2.5) % 3)
            self._type.write(surface, word + dots, rest, size=18, colour=SOFT)
        elif content.waiting:
            self._type.write(surface, "will answer as soon as the voices have woken", rest, size=18, colour=SOFT)
        if content.level is not None:
            self._draw_bar(surface, content.level, blocks=14)
        elif content.loading is not None:
            self._draw_loading(surface, *content.loading)

    def _draw_bar(self, surface: pygame.Surface, level: float, *, blocks: int) -> None:
        """The microphone's level as blocks that light up, so that its height is seen without colour."""
        area = self._layout.meter
        step = area.width / blocks
        for block in range(blocks):
            lit = level * blocks > block
            place = pygame.Rect(round(area.left + block * step), area.top, max(round(step) - 2, 2), area.height)
            pygame.draw.rect(surface, ACCENT if lit else (58, 52, 54), place)

    def _draw_loading(self, surface: pygame.Surface, what: str, fraction: float) -> None:
        area = self._layout.meter
        pygame.draw.rect(surface, (58, 52, 54), area, border_radius=area.height // 2)
        done = pygame.Rect(area.left, area.top, max(round(area.width * min(fraction, 1.0)), area.height), area.height)
        pygame.draw.rect(surface, ACCENT, done, border_radius=area.height // 2)
        label = pygame.Rect(area.left - area.width, area.top, area.width - area.height, area.height)
        self._type.write(surface, f"loading {what}", label, size=16, colour=UNHEARD, align="right")

    def _draw_field(self, surface: pygame.Surface, field: TextField, time_s: float) -> None:
        """The typed line; one that is too long scrolls so that the cursor stays in sight."""
        area = self._layout.prompt
        pygame.draw.rect(surface, (44, 38, 40), area, border_radius=area.height // 4)
        pygame.draw.rect(surface, ACCENT, area, max(area.height // 16, 1), border_radius=area.height // 4)
        inside = area.inflate(-area.height // 2, 0)
        before = self._type.width(field.text[: field.cursor], 20)
        scroll = max(before - inside.width + 4, 0)
        previous = surface.get_clip()
        surface.set_clip(inside)
        if field.text:
            word = self._type.word(field.text, 20, INK)
            surface.blit(word, word.get_rect(left=inside.left - scroll, centery=area.centery))
        else:
            self._type.write(surface, "Say something …", inside, size=20, colour=UNHEARD)
        if time_s % 1.0 < 0.6:
            x = inside.left + before - scroll
            pygame.draw.rect(
                surface, INK, (x, area.top + area.height // 5, max(area.height // 14, 1), area.height * 3 // 5)
            )
        surface.set_clip(previous)
