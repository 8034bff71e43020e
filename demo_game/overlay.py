"""The two cards at the right: the village's state, and the timings of the last turn; knows no scene."""

from __future__ import annotations

from collections.abc import Iterable

import pygame

import npcengine
from demo_game.typography import INK, PANEL, SOFT, Typography
from demo_game.village import Village


def village_lines(village: Village) -> list[tuple[str, str]]:
    """What the player owns and what has changed."""
    goods = ", ".join(village.inventory) or "nothing"
    return [("Gate", "open" if village.gate_open else "shut"), ("Silver", str(village.gold)), ("Bag", goods)]


def timing_lines(stats: Iterable[npcengine.TurnStats]) -> list[tuple[str, str]]:
    """The last turn's milliseconds, from the end of the player's input."""
    turns = list(stats)
    if not turns:
        return [("Last turn", "none yet")]
    timings = turns[-1].timings
    named = [
        ("Understood", timings.stt),
        ("First word", timings.first_token),
        ("First sound", timings.first_audio),
        ("Reply done", timings.reply_done),
    ]
    lines = [(name, "–" if value is None else f"{value:.0f} ms") for name, value in named]
    return [*lines, ("Source", turns[-1].source)]


def draw_card(
    surface: pygame.Surface, area: pygame.Rect, lines: list[tuple[str, str]], *, title: str, typography: Typography
) -> None:
    """A titled card of names and values; long values go on below, what does not fit is left out."""
    step = typography.height(17)
    pad = step // 2
    rows = _rows(lines, area.width - 2 * pad, typography)
    card = pygame.Rect(area.left, area.top, area.width, min(area.height, (len(rows) + 1) * step + 2 * pad))
    pygame.draw.rect(surface, PANEL, card, border_radius=pad)
    pygame.draw.rect(surface, (70, 64, 66), card, 1, border_radius=pad)
    row = pygame.Rect(card.left + pad, card.top + pad, card.width - 2 * pad, step)
    typography.write(surface, title, row, size=18, colour=INK)
    for name, value in rows:
        row.top += step
        if row.bottom > card.bottom:
            break
        typography.write(surface, name, row, size=17, colour=SOFT)
        typography.write(surface, value, row, size=17, colour=INK, align="right")


def _rows(lines: list[tuple[str, str]], width: int, typography: Typography) -> list[tuple[str, str]]:
    """Lines with values too long for what is left of a line broken at their commas."""
    rows: list[tuple[str, str]] = []
    for name, value in lines:
        label = name
        part = ""
        for piece in value.split(", "):
            longer = f"{part}, {piece}" if part else piece
            if part and typography.width(f"{label}   {longer},", 17) > width:
                rows.append((label, part + ","))
                label, part = "", piece
            else:
                part = longer
        rows.append((label, part))
    return rows
