"""The MP4 back-end: pictures as H.264 and sound as AAC by PyAV, the only module to import it; knows no face."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import av
import numpy as np
from PIL import Image

from npcengine.errors import ConfigError
from npcengine.types import Pcm

FILM_RATE = 30
"""Pictures a second."""


def write_film(path: Path, pictures: Iterable[Image.Image], size: tuple[int, int], sound: tuple[Pcm, int]) -> None:
    """An MP4 of `FILM_RATE` pictures a second with its sound.

    Args:
        path: Where to; an existing file is replaced.
        pictures: RGB, all of `size`.
        size: Width and height, both even (pixels).
        sound: Mono float32, shape (samples,), and its rate (Hz).

    Raises:
        ConfigError: The file can't be written.
    """
    pcm, sample_rate = sound
    try:
        with av.open(str(path), mode="w", format="mp4") as container:
            video = container.add_stream("libx264", rate=FILM_RATE, options={"crf": "20"})
            video.width, video.height = size
            video.pix_fmt = "yuv420p"
            audio = container.add_stream("aac", rate=sample_rate, layout="mono")
            for picture in pictures:
                container.mux(video.encode(av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")))
            container.mux(video.encode(None))
            heard = np.clip(pcm, -1.0, 1.0).astype(np.float32)[None, :]
            frame = av.AudioFrame.from_ndarray(heard, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = sample_rate, 0
            container.mux(audio.encode(frame))
            container.mux(audio.encode(None))
    except OSError as error:  # av.FFmpegError is one where the system is to blame
        raise ConfigError(f"Can't write the preview to {path}: {error.strerror}.") from error
    except av.FFmpegError as error:
        raise ConfigError(f"Can't make a film of the preview: {error}. A name that ends in .gif works.") from error
