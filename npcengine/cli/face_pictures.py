"""Pictures of a spoken text for `npcengine face`: the moving preview and the plot; knows no voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from npcengine.errors import BackendMissing, ConfigError
from npcengine.expression import live_face
from npcengine.face.animator import heard
from npcengine.face.exporters import ROWS_PER_SECOND, Timeline
from npcengine.face.offsets import LabelOffsets
from npcengine.face.performance import faces
from npcengine.face.timing import Sound
from npcengine.persona import Persona
from npcengine.types import Emotion, Face, Speech

PREVIEWS = (".gif", ".mp4")


@dataclass(frozen=True, slots=True)
class Performance:
    """A text that has been spoken, and by whom.

    Attributes:
        text: What is said.
        pieces: Its stretches of speech, in order.
        mouth: What the mouth does over all of them.
        emotion: How it is said.
        persona: Who says it; None for nobody in particular.
    """

    text: str
    pieces: Sequence[Speech]
    mouth: Timeline
    emotion: Emotion
    persona: Persona | None

    def faces(self, rows_per_second: float) -> list[Face]:
        """The whole face, so many times a second."""
        return faces(self.mouth, live_face(self.persona), self.emotion, rows_per_second=rows_per_second)


def check_preview(path: Path | None) -> None:
    """Raises ConfigError if no preview can be written under that name."""
    if path is not None and path.suffix.lower() not in PREVIEWS:
        raise ConfigError(f"A preview is a {' or '.join(PREVIEWS)} file, not {path.name}.")


def write_preview(path: Path, performance: Performance) -> None:
    """A moving picture of a head that says it: a GIF, or an MP4 with sound."""
    try:
        from npcengine.studio.preview.head import HeadPainter  # noqa: PLC0415 - Pillow is an extra
        from npcengine.studio.preview.look import Look, look_for  # noqa: PLC0415
        from npcengine.studio.preview.moving import GIF_RATE, painted, write_gif  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise BackendMissing(f"A preview needs {error.name!r}: pip install 'npcengine[preview]'") from error
    painter = HeadPainter(look_for(performance.persona) if performance.persona else Look())
    with _Bar() as bar:
        if path.suffix.lower() == ".gif":
            write_gif(path, performance.faces(GIF_RATE), painter, bar.show)
            return
        try:
            from npcengine.studio.preview.film import FILM_RATE, write_film  # noqa: PLC0415
        except ModuleNotFoundError as error:
            raise BackendMissing(
                f"An MP4 needs {error.name!r}: pip install 'npcengine[preview]'; a .gif does without"
            ) from error
        pcm = np.concatenate([piece.pcm for piece in performance.pieces])
        pictures = painted(performance.faces(FILM_RATE), painter, bar.show)
        write_film(path, pictures, painter.size, (pcm, performance.mouth.sample_rate))


def write_curves_plot(path: Path, performance: Performance, offsets: LabelOffsets) -> None:
    """The curves under the waveform, with the phonemes where they are heard."""
    try:
        from npcengine.studio.preview.plot import Spoken, write_plot  # noqa: PLC0415 - matplotlib is an extra
    except ModuleNotFoundError as error:
        raise BackendMissing(f"A plot needs {error.name!r}: pip install 'npcengine[plot]'") from error
    rate = performance.mouth.sample_rate
    accents = [
        (track.start_sample + accent.sample) / rate
        for track in performance.mouth.tracks
        for accent in track.curves.accents
    ]
    spoken = Spoken(
        text=performance.text,
        pcm=np.concatenate([piece.pcm for piece in performance.pieces]),
        sample_rate=rate,
        sounds=_sounds(performance.pieces, offsets),
        accents_s=accents,
        faces=performance.faces(ROWS_PER_SECOND),
        faces_per_second=ROWS_PER_SECOND,
    )
    write_plot(path, spoken)


def _sounds(pieces: Sequence[Speech], offsets: LabelOffsets) -> list[Sound]:
    """What is heard when over all pieces."""
    found: list[Sound] = []
    start = 0
    for piece in pieces:
        sounds = heard(piece, offsets)
        found += [Sound(each.symbol, start + each.start, start + each.end, stressed=each.stressed) for each in sounds]
        start += len(piece.pcm)
    return found


class _Bar:
    """A bar that fills while pictures are painted; nothing where standard error is no terminal."""

    def __init__(self) -> None:
        console = Console(stderr=True)
        columns = (TextColumn("painting"), BarColumn(), MofNCompleteColumn())
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("painting", total=None)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, done: int, total: int) -> None:
        """So many of so many."""
        self._progress.update(self._task, completed=done, total=total)
