"""Faces as a moving picture: a GIF without sound, or an MP4 with it; knows no voice and no command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from PIL import Image

from npcengine.errors import ConfigError
from npcengine.studio.preview.head import HeadPainter
from npcengine.types import Face

Progress: TypeAlias = Callable[[int, int], None]
"""Called with how many pictures are painted and how many there will be."""

GIF_RATE = 25
"""Pictures a second: GIF counts hundredths of a second, and 4 of them are the shortest that all viewers keep to."""

_COLOURS = 200
_SAMPLES = 12
"""So many pictures, spread over the whole, choose the colours of all: a palette of its own would make each flicker."""


def painted(faces: Sequence[Face], painter: HeadPainter, progress: Progress) -> Iterator[Image.Image]:
    """A picture of each face."""
    for index, face in enumerate(faces):
        yield painter.paint(face)
        progress(index + 1, len(faces))


def write_gif(path: Path, faces: Sequence[Face], painter: HeadPainter, progress: Progress) -> None:
    """A GIF that runs at real speed, over and over.

    Args:
        path: Where to; an existing file is replaced.
        faces: `GIF_RATE` a second.
        painter: Of the head.
        progress: Told of every picture.

    Raises:
        ConfigError: The file can't be written.
    """
    palette = _palette(faces, painter)
    frames = (
        picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in painted(faces, painter, progress)
    )
    first = next(frames)
    try:
        first.save(
            path,
            format="GIF",
            save_all=True,
            append_images=frames,
            duration=1000 // GIF_RATE,
            loop=0,
            optimize=False,
        )
    except OSError as error:
        raise ConfigError(f"Can't write the preview to {path}: {error.strerror}.") from error


def _palette(faces: Sequence[Face], painter: HeadPainter) -> Image.Image:
    """An image whose palette suits all faces: from one whole picture and the features of many.

    By area alone the wall would take most colours, and small things like eyes would get none of their own.
    """
    whole = painter.paint(faces[0])
    width, height = whole.size
    area = (width // 4, height * 35 // 100, width * 3 // 4, height * 85 // 100)
    features = [painter.paint(face).crop(area) for face in faces[:: max(1, len(faces) // _SAMPLES)]]
    eyes = whole.crop((area[0], area[1], area[2], height * 55 // 100)).resize((width, height), Image.Resampling.NEAREST)
    sheet = Image.new("RGB", (2 * width + (area[2] - area[0]) * len(features), height))
    sheet.paste(whole, (0, 0))
    sheet.paste(eyes, (width, 0))
    for index, picture in enumerate(features):
        sheet.paste(picture, (2 * width + picture.width * index, 0))
    return sheet.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT)
