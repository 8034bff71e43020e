"""What the sentence embedder was taught: whole, of the recorded content, and only for the weights it was taught on."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from npcengine.mind import question_sense
from npcengine.mind.question_sense import SENSE, Weights, corrected, write

SHA256 = "030e48ad43752b2efd00280dc47608769b5bc5877d8e9e2e22bff600564e9aa3"
MOST_BYTES = 1_000_000

MATRIX = "encoder.layer.0.attention.self.query"


def some_weights(seed: int) -> Weights:
    """Of a model with one matrix."""
    rows = np.random.default_rng(seed).normal(size=(6, 4)).astype(np.float32)
    return {f"{MATRIX}.weight": rows, "embeddings.LayerNorm.weight": np.ones(4, dtype=np.float32)}


def test_the_shipped_corrections_are_the_recorded_ones() -> None:
    """The file holds what `training/README.md` records, in less than a megabyte."""
    content = SENSE.read_bytes()
    assert hashlib.sha256(content).hexdigest() == SHA256
    assert SHA256.startswith(question_sense.version())
    assert SHA256 in (Path(__file__).parents[3] / "training" / "README.md").read_text(encoding="utf-8")
    assert len(content) < MOST_BYTES


def test_every_matrix_has_a_small_and_finite_correction() -> None:
    """Six layers of six matrices each, none of them changed by anything that is no number."""
    with np.load(SENSE, allow_pickle=False) as held:
        ups = [name for name in held.files if name.endswith(".up")]
        assert len(ups) == 36
        for name in ups:
            change = held[name].astype(np.float32) @ held[name.replace(".up", ".down")].astype(np.float32)
            assert np.isfinite(change).all()
            assert 0.0 < float(np.abs(change).max()) < 1.0


def test_corrections_are_added_to_the_weights_they_were_taught_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The product of both parts is added, and what has none stays."""
    weights = some_weights(1)
    down, up = np.ones((2, 4), dtype=np.float32), np.full((6, 2), 0.5, dtype=np.float32)
    write({MATRIX: (down, up)}, taught=weights, path=tmp_path / "sense.npz")
    monkeypatch.setattr(question_sense, "SENSE", tmp_path / "sense.npz")
    changed = corrected(weights)
    np.testing.assert_allclose(changed[f"{MATRIX}.weight"], weights[f"{MATRIX}.weight"] + 1.0, atol=1e-6)
    np.testing.assert_array_equal(changed["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.weight"])


def test_another_models_weights_stay_as_they_are() -> None:
    """A model of the user's own of the same shape gets no corrections that were made for another."""
    weights = some_weights(2)
    assert corrected(weights) is weights
