"""The tables: ARKit's names, and a mouth for every sound."""

from __future__ import annotations

import numpy as np
import pytest

from npcengine.face import arkit, expressions, phones, visemes
from npcengine.types import EMOTIONS

ESPEAK_EN_US = "pbmfvθðtdɾnlkɡxŋszʃʒɹɜɚwjhʔiɪᵻɛeæəɐʌɑɒaɔoʊu"
"""The single sounds that espeak's en-us voice emits."""


def test_the_52_names_are_apples() -> None:
    """52 different names, each side with its other side, in the order that starts at eyeBlinkLeft."""
    assert len(set(arkit.NAMES)) == arkit.COUNT == 52
    assert arkit.NAMES[0] == "eyeBlinkLeft"
    assert arkit.NAMES[arkit.JAW_OPEN] == "jawOpen"
    assert arkit.NAMES[-1] == "tongueOut"
    lone = {"mouthLeft", "mouthRight", "jawLeft", "jawRight"}
    for name in set(arkit.NAMES) - lone:
        assert name.replace("Left", "Right") in arkit.INDEX


def test_a_name_without_a_side_sets_both() -> None:
    """`row` expands mouthSmile to both halves and refuses a name that doesn't exist."""
    assert np.flatnonzero(arkit.row({"mouthSmile": 0.5})).tolist() == [
        arkit.INDEX["mouthSmileLeft"],
        arkit.INDEX["mouthSmileRight"],
    ]
    with pytest.raises(KeyError, match="mouthGrin"):
        arkit.row({"mouthGrin": 1.0})


@pytest.mark.parametrize("symbol", [*ESPEAK_EN_US, *phones.AFFRICATES])
def test_every_sound_of_the_default_language_has_a_mouth(symbol: str) -> None:
    """Each is in the table, or borrows its neighbour's mouth; its viseme and letter exist."""
    mouth = visemes.mouth_of(symbol)
    assert mouth is not visemes.UNKNOWN or symbol in visemes.BORROWERS
    assert mouth.viseme in visemes.VISEMES
    assert mouth.shape in visemes.MOUTH_SHAPES


def test_only_bilabials_shut_and_only_labiodentals_touch_teeth() -> None:
    """A is for p, b and m, G for f and v, of all the language's sounds."""
    shapes = {symbol: visemes.mouth_of(symbol).shape for symbol in ESPEAK_EN_US}
    assert {symbol for symbol, shape in shapes.items() if shape == "A"} == set("pbm")
    assert {symbol for symbol, shape in shapes.items() if shape == "G"} == set("fv")


def test_a_sound_from_nowhere_moves_only_the_tongue() -> None:
    """An unknown symbol never shuts or rounds the lips."""
    assert visemes.mouth_of("☃") is visemes.UNKNOWN


def test_no_expression_opens_the_jaw() -> None:
    """Every emotion has a row within 0-1; none moves jawOpen; only neutral is empty."""
    for emotion in EMOTIONS:
        row = expressions.ROWS[emotion]
        assert row[arkit.JAW_OPEN] == 0.0
        assert 0.0 <= row.min() <= row.max() <= 1.0
        assert row.any() == (emotion != "neutral")
