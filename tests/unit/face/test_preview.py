"""A preview shows what the curves say, at real speed, and tells what is missing."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from typer.testing import CliRunner

from npcengine.cli.app import app
from npcengine.cli.face import face
from npcengine.errors import BackendMissing, ConfigError
from npcengine.face import arkit
from npcengine.studio.preview.head import HeadPainter
from npcengine.studio.preview.look import Look, look_of
from npcengine.types import Face

FAKE = "fake:hum"
WORDS = "Mind the sparks."
SIZE = (320, 360)
EYES, MOUTH, BROWS = (90, 150, 230, 195), (110, 220, 210, 290), (90, 110, 230, 158)

Pixels = NDArray[np.int64]


def shown(
    weights: dict[str, float] | None = None,
    *,
    gaze: tuple[float, float] = (0.0, 0.0),
    head: tuple[float, float, float] = (0.0, 0.0, 0.0),
    breath: float = 0.0,
) -> Pixels:
    """The picture of named weights, gaze, head and breath, (rows, columns, 3)."""
    face_shown = Face(arkit.row(weights or {}), gaze=gaze, head=head, breath=breath)
    return np.asarray(HeadPainter(Look(), SIZE).paint(face_shown)).astype(np.int64)


def changed(picture: Pixels, area: tuple[int, int, int, int]) -> float:
    """The share of an area (left, top, right, bottom) that differs from a face at rest."""
    left, top, right, bottom = area
    return float((np.abs(picture - shown()).sum(axis=2) > 60)[top:bottom, left:right].mean())


@pytest.mark.parametrize(
    ("weights", "area", "still"),
    [
        ({"jawOpen": 0.6}, MOUTH, EYES),
        ({"mouthSmile": 0.8}, MOUTH, EYES),
        ({"mouthPucker": 0.8}, MOUTH, EYES),
        ({"mouthFrown": 0.8}, MOUTH, EYES),
        ({"eyeBlink": 1.0}, EYES, MOUTH),
        ({"eyeWide": 1.0}, EYES, MOUTH),
        ({"browInnerUp": 0.8}, BROWS, MOUTH),
        ({"browDown": 0.8}, BROWS, MOUTH),
    ],
)
def test_each_weight_moves_its_own_part(
    weights: dict[str, float], area: tuple[int, int, int, int], still: tuple[int, int, int, int]
) -> None:
    """Jaw, corners and rounding move the mouth, blinks and brows the eyes, and neither the other."""
    picture = shown(weights)
    assert changed(picture, area) > 0.01
    assert changed(picture, still) == 0.0


def test_gaze_head_and_breath_are_seen() -> None:
    """Eyes turn without the mouth; a turned head carries all along; a breath lifts the shoulders."""
    assert changed(shown(gaze=(0.6, 0.0)), EYES) > 0.01
    assert changed(shown(gaze=(0.6, 0.0)), MOUTH) == 0.0
    assert changed(shown(head=(12.0, 0.0, 0.0)), MOUTH) > 0.01
    assert changed(shown(breath=1.0), (20, 320, 300, 360)) > 0.01


def test_a_round_mouth_is_narrower_than_a_spread_one() -> None:
    """The dark of the mouth spans fewer columns when the lips are puckered than when they are stretched."""

    def columns(picture: Pixels) -> int:
        left, top, right, bottom = MOUTH
        return int((picture.sum(axis=2) < 260)[top:bottom, left:right].any(axis=0).sum())

    spread, rounded = ({"jawOpen": 0.4, shape: 0.8} for shape in ("mouthStretch", "mouthPucker"))
    assert columns(shown(spread)) > 1.4 * columns(shown(rounded)) > 0


def test_a_name_has_a_look_of_its_own() -> None:
    """The same name looks the same, others mostly do not, and nobody in particular looks as ever."""
    looks = {look_of(name) for name in ("Gerta Holt", "Aldo Holt", "Maren", "Oswin", "Wren")}
    assert look_of("Maren") == look_of("Maren")
    assert len(looks) >= 4
    assert look_of("") == Look()


def test_every_weight_at_its_end_can_be_painted() -> None:
    """No combination of weights, gaze and head angles breaks the painting, in any style."""
    extreme = Face(np.ones(arkit.COUNT, dtype=np.float32), gaze=(1.0, -1.0), head=(30.0, -25.0, 20.0), breath=1.0)
    for style in ("short", "bob", "bun"):
        assert HeadPainter(Look(style=style), (120, 140)).paint(extreme).size == (120, 140)


def test_a_gif_runs_at_real_speed(tmp_path: Path) -> None:
    """As long as the sound and the close, 25 pictures a second, over and over, and the mouth moves."""
    face(WORDS, output=tmp_path / "a.csv", voice=FAKE, preview=tmp_path / "a.gif")
    with Image.open(tmp_path / "a.gif") as gif:
        durations_ms, mouths = [], []
        for index in range(getattr(gif, "n_frames", 1)):
            gif.seek(index)
            durations_ms.append(int(gif.info["duration"]))
            mouths.append(np.asarray(gif.convert("RGB"))[220:290, 110:210].astype(np.int64))
        assert gif.info["loop"] == 0
    sound_s = (tmp_path / "a.wav").stat().st_size / 2 / 22_050
    rows = len((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert sum(durations_ms) / 1000.0 == pytest.approx(rows / 60.0, abs=0.06)
    assert sum(durations_ms) / 1000.0 > min(sound_s, 0.5)
    assert max(float(np.abs(mouth - mouths[0]).mean()) for mouth in mouths) > 2.0


def test_an_mp4_has_pictures_and_sound(tmp_path: Path) -> None:
    """Thirty pictures a second, and a soundtrack as long as the speech."""
    face(WORDS, output=tmp_path / "a.csv", voice=FAKE, preview=tmp_path / "a.mp4")
    with av.open(str(tmp_path / "a.mp4")) as film:
        pictures, sound = film.streams.video[0], film.streams.audio[0]
        assert pictures.average_rate == Fraction(30)
        assert pictures.frames > 15
        assert sound.duration is not None
        assert float(sound.duration * (sound.time_base or 0)) == pytest.approx(pictures.frames / 30.0 - 0.2, abs=0.12)


def test_a_plot_is_a_picture_with_room_for_every_second(tmp_path: Path) -> None:
    """A PNG that is wider for a longer text."""
    for name, words in (("short", WORDS), ("long", f"{WORDS} {WORDS} {WORDS} {WORDS} {WORDS} {WORDS}")):
        face(words, output=tmp_path / f"{name}.csv", voice=FAKE, plot=tmp_path / f"{name}.png")
    with Image.open(tmp_path / "short.png") as short, Image.open(tmp_path / "long.png") as long:
        assert long.width > short.width >= 800
        assert short.height == long.height
        assert np.asarray(short.convert("L")).std() > 10.0


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"preview": Path("face.avi")}, "gif or .mp4"),
        ({"preview": Path("no/such/folder/face.gif")}, "No such file"),
        ({"preview": Path("no/such/folder/face.mp4")}, "No such file"),
        ({"plot": Path("no/such/folder/face.png")}, "No such file"),
        ({"plot": Path("face.xyz")}, "xyz"),
    ],
)
def test_a_picture_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Path], told: str
) -> None:
    """One sentence that names the file or what is wrong with its name."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=told):
        face(WORDS, output=tmp_path / "a.csv", voice=FAKE, preview=options.get("preview"), plot=options.get("plot"))


@pytest.mark.parametrize(
    ("library", "option", "extra"),
    [
        ("PIL", "--preview=face.gif", "preview"),
        ("av", "--preview=face.mp4", "preview"),
        ("matplotlib", "--plot=f.png", "plot"),
    ],
)
def test_what_is_missing_is_named_with_its_pip_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str, option: str, extra: str
) -> None:
    """Without Pillow, PyAV or matplotlib: the line to type; the curves are written all the same."""
    gone = (f"{library}.", "npcengine.studio.preview.")
    for name in [name for name in sys.modules if name.startswith(gone)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.chdir(tmp_path)
    ran = CliRunner().invoke(app, ["face", WORDS, f"--voice={FAKE}", option])
    assert isinstance(ran.exception, BackendMissing)
    assert f"pip install 'npcengine[{extra}]'" in str(ran.exception)
    assert (tmp_path / "face.csv").is_file()
