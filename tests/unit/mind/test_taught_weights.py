"""What the small BERT was taught: whole, of the recorded content, and only for the weights it was taught on."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from npcengine.mind.taught_weights import ANSWERS, MEANINGS, Weights, corrected, head, version, write

RECORDED = {
    MEANINGS: "030e48ad43752b2efd00280dc47608769b5bc5877d8e9e2e22bff600564e9aa3",
    ANSWERS: "0e7c2b7134058888ad3be8b5703de8efffd1e11cfb9d8222eaef02079dc787fd",
}
MOST_BYTES = 4_000_000

MATRIX = "encoder.layer.0.attention.self.query"


def some_weights(seed: int) -> Weights:
    """Of a model with one matrix."""
    rows = np.random.default_rng(seed).normal(size=(6, 4)).astype(np.float32)
    ones = np.ones(4, dtype=np.float32)
    return {
        f"{MATRIX}.weight": rows,
        f"{MATRIX}.bias": np.zeros(6, dtype=np.float32),
        "embeddings.LayerNorm.weight": ones,
    }


@pytest.mark.parametrize(("path", "sha256"), RECORDED.items(), ids=lambda each: Path(str(each)).stem)
def test_the_shipped_corrections_are_the_recorded_ones(path: Path, sha256: str) -> None:
    """The files hold what `training/README.md` records, in a few megabytes."""
    content = path.read_bytes()
    assert hashlib.sha256(content).hexdigest() == sha256
    assert sha256.startswith(version(path))
    assert sha256 in (Path(__file__).parents[3] / "training" / "README.md").read_text(encoding="utf-8")
    assert len(content) < MOST_BYTES


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_every_matrix_has_a_small_and_finite_correction(path: Path) -> None:
    """Six layers of six matrices each, none of them changed by anything that is no number."""
    with np.load(path, allow_pickle=False) as held:
        ups = [name for name in held.files if name.endswith(".up")]
        assert len(ups) == 36
        for name in ups:
            change = held[name].astype(np.float32) @ held[name.replace(".up", ".down")].astype(np.float32)
            assert np.isfinite(change).all()
            assert 0.0 < float(np.abs(change).max()) < 1.0


def test_corrections_are_added_to_the_weights_they_were_taught_on(tmp_path: Path) -> None:
    """The product of both parts is added to a matrix, a vector to a vector, and what has none stays."""
    weights, path = some_weights(1), tmp_path / "sense.npz"
    down, up = np.ones((2, 4), dtype=np.float32), np.full((6, 2), 0.5, dtype=np.float32)
    write({MATRIX: (down, up)}, taught=weights, path=path, vectors={f"{MATRIX}.bias": np.ones(6, dtype=np.float32)})
    changed = corrected(weights, path)
    np.testing.assert_allclose(changed[f"{MATRIX}.weight"], weights[f"{MATRIX}.weight"] + 1.0, atol=1e-6)
    np.testing.assert_allclose(changed[f"{MATRIX}.bias"], weights[f"{MATRIX}.bias"] + 1.0, atol=1e-6)
    np.testing.assert_array_equal(changed["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.weight"])


def test_a_head_is_kept_whole(tmp_path: Path) -> None:
    """What turns a state into log-odds comes back as it was written."""
    weights, path = some_weights(3), tmp_path / "answers.npz"
    write({}, taught=weights, path=path, answer=(np.array([0.123456, -2.0], dtype=np.float32), -0.75))
    weight, bias = head(path)
    np.testing.assert_array_equal(weight, np.array([0.123456, -2.0], dtype=np.float32))
    assert bias == -0.75


def test_another_models_weights_stay_as_they_are() -> None:
    """A model of the user's own of the same shape gets no corrections that were made for another."""
    weights = some_weights(2)
    assert corrected(weights, MEANINGS) is weights
