"""The picture of losses can be opened, and shows them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from npcengine.errors import ConfigError

Image = pytest.importorskip("PIL.Image")
loss_plot = pytest.importorskip("npcengine.studio.tune.loss_plot")


def red(path: Path) -> int:
    """How many points of a picture have the colour of the thick line and of the bars of afterwards."""
    points = np.asarray(Image.open(path).convert("RGB")).astype(int)
    return int((np.abs(points - (0xC0, 0x39, 0x2B)).sum(axis=2) < 12).sum())


@pytest.mark.parametrize("steps", [1, 10, 400])
def test_losses_are_drawn(tmp_path: Path, steps: int) -> None:
    """However few steps there were."""
    losses = [3.0 - step / 400 for step in range(steps)]
    drawn = loss_plot.Learnt(losses, {"answer": 3.0, "decline": 4.0}, {"answer": 2.0, "decline": 1.0})
    loss_plot.write_loss_plot(tmp_path / "losses.png", drawn)
    assert Image.open(tmp_path / "losses.png").size == (1100, 460)
    less = loss_plot.Learnt(losses, {"answer": 3.0, "decline": 4.0}, {"answer": 0.2, "decline": 0.1})
    loss_plot.write_loss_plot(tmp_path / "less.png", less)
    assert red(tmp_path / "losses.png") > red(tmp_path / "less.png") > 0


def test_losses_are_drawn_where_no_skill_was_measured(tmp_path: Path) -> None:
    """Their half of the picture is there all the same."""
    loss_plot.write_loss_plot(tmp_path / "losses.png", loss_plot.Learnt([3.0, 2.0, 1.0], {}, {}))
    assert Image.open(tmp_path / "losses.png").size == (1100, 460)
    assert red(tmp_path / "losses.png") > 0


def test_a_place_that_can_not_be_written_is_told(tmp_path: Path) -> None:
    """As is an ending that names no picture."""
    learnt = loss_plot.Learnt([1.0], {}, {})
    with pytest.raises(ConfigError, match="Can't write the plot"):
        loss_plot.write_loss_plot(tmp_path / "nowhere" / "losses.png", learnt)
    with pytest.raises(ConfigError, match=r"losses\.bild"):
        loss_plot.write_loss_plot(tmp_path / "losses.bild", learnt)
