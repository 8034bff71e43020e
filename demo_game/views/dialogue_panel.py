"""The panel at the bottom: who speaks, what they are doing, what was said, what to press; knows no keys."""

from __future__ import annotations

from dataclasses import dataclass

import pygame

import npcengine
from demo_game.layout import Layout
from demo_game.text_field import TextField
from demo_game.typography import ACCENT, DIM, FRAME, INK, PANEL, SOFT, UNHEARD, Typography
from demo_game.views.subtitle_view import SubtitleView

STATUS_WORDS: dict[npcengine.Status, str] = {
    "idle": "",
    "listening": "listening",
    "thinking": "thinking",
    "speaking": "speaking",
}
METER_BLOCKS = 16
NOTHING_SAID = npcengine.Subtitle()


@dataclass(frozen=True, slots=True)
class PanelContent:
    """What the panel shows; as long as it is the same, the panel is not painted again.

    Attributes:
        name: Who speaks or is spoken to; empty when nobody is.
        status: What they are doing.
        overheard: Whether they speak to somebody else.
        heard: What the player said.
        subtitle: What the character says.
        level: Blocks of the microphone's level that are lit; None while nobody listens.
        loading: What is being loaded and how many percent are done; None once all is.
        waiting: Whether lines wait for the models.
        prompt: What the player can do now.
        field: The line being typed and the cursor's place in it; None while none is.
        beat: Counts up, for what blinks.
    """

    name: str = ""
    status: npcengine.Status = "idle"
    overheard: bool = False
    heard: str = ""
    subtitle: npcengine.Subtitle = NOTHING_SAID
    level: int | None = None
    loading: tuple[str, int] | None = None
    waiting: bool = False
    prompt: str = ""
    field: tuple[str, int] | None = None
    beat: int = 0


class DialoguePanel:
    """Draws the panel when what it shows has changed."""

    def __init__(self, layout: Layout, typography: Typography, *, subtitle_scale: float) -> None:
        self._layout = layout
        self._type = typography
        self._subtitle = SubtitleView(typography, scale=subtitle_scale)
        self._drawn: PanelContent | None = None

    def draw(self, surface: pygame.Surface, content: PanelContent, *, fresh: bool) -> list[pygame.Rect]:
        """Draws everything in the panel; gives the area that has changed.

        Args:
            surface: What to draw on.
            content: What to show.
            fresh: Whether something else was drawn here since.
        """
        if content == self._drawn and not fresh:
            return []
        self._drawn = content
        layout = self._layout
        pygame.draw.rect(surface, PANEL, layout.dialogue)
        pygame.draw.rect(surface, FRAME, layout.dialogue, max(round(layout.unit), 1))
        self._draw_header(surface, content)
        if content.heard:
            self._type.write(surface, f"You: {content.heard}", layout.heard, size=19, colour=SOFT)
        self._subtitle.draw(surface, layout.subtitle, content.subtitle)
        if content.field is not None:
            self._draw_field(surface, *content.field, blink=content.beat % 2 == 0)
        else:
            self._type.write(surface, content.prompt, layout.prompt, size=18, colour=SOFT)
        return [layout.dialogue]

    def _draw_header(self, surface: pygame.Surface, content: PanelContent) -> None:
        layout = self._layout
        end = self._type.write(surface, content.name, layout.header, size=26, colour=ACCENT)
        rest = pygame.Rect(end + layout.header.height // 2, layout.header.top, 0, layout.header.height)
        rest.width = layout.header.right - rest.left
        words = STATUS_WORDS[content.status]
        if words:
            words += "." * (1 + content.beat % 3)
        elif content.waiting:
            words = "will answer as soon as the voices have woken"
        if content.overheard:
            words = f"overheard, {words}"
        self._type.write(surface, words, rest, size=18, colour=SOFT)
        if content.level is not None:
            draw_level(surface, layout.meter, content.level, METER_BLOCKS)
        elif content.loading is not None:
            self._draw_loading(surface, *content.loading)

    def _draw_loading(self, surface: pygame.Surface, what: str, percent: int) -> None:
        area = self._layout.meter
        label = pygame.Rect(area.left, area.bottom + 2, area.width, self._type.height(15))
        draw_progress(surface, area, percent / 100)
        self._type.write(surface, f"loading {what}", label, size=15, colour=UNHEARD, align="right")

    def _draw_field(self, surface: pygame.Surface, text: str, cursor: int, *, blink: bool) -> None:
        """The typed line; one that is too long scrolls so that the cursor stays in sight."""
        area = self._layout.prompt
        pygame.draw.rect(surface, (44, 38, 40), area, border_radius=area.height // 4)
        pygame.draw.rect(surface, ACCENT, area, max(area.height // 16, 1), border_radius=area.height // 4)
        inside = area.inflate(-area.height // 2, 0)
        before = self._type.width(text[:cursor], 20)
        scroll = max(before - inside.width + 4, 0)
        previous = surface.get_clip()
        surface.set_clip(inside)
        if text:
            word = self._type.word(text, 20, INK)
            surface.blit(word, word.get_rect(left=inside.left - scroll, centery=area.centery))
        else:
            self._type.write(surface, "Say something …", inside, size=20, colour=UNHEARD)
        if blink:
            x = inside.left + before - scroll
            height = area.height * 3 // 5
            pygame.draw.rect(surface, INK, (x, area.top + area.height // 5, max(area.height // 14, 1), height))
        surface.set_clip(previous)


def typed(field: TextField) -> tuple[str, int] | None:
    """A text field as `PanelContent` takes it."""
    return (field.text, field.cursor) if field.open else None


def draw_level(surface: pygame.Surface, area: pygame.Rect, lit: int, blocks: int) -> None:
    """The microphone's level as blocks that light up, so that its height is seen without colour."""
    step = area.width / blocks
    for block in range(blocks):
        place = pygame.Rect(round(area.left + block * step), area.top, max(round(step) - 2, 2), area.height)
        pygame.draw.rect(surface, ACCENT if block < lit else DIM, place)


def draw_progress(surface: pygame.Surface, area: pygame.Rect, share: float) -> None:
    """A bar, of which `share` (0–1) is done."""
    round_by = area.height // 2
    pygame.draw.rect(surface, DIM, area, border_radius=round_by)
    done = pygame.Rect(area.left, area.top, max(round(area.width * min(share, 1.0)), area.height), area.height)
    pygame.draw.rect(surface, ACCENT, done, border_radius=round_by)
