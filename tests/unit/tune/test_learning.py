"""Learning in PyTorch on tiny models of random weights: packed rows, and going on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from npcengine.errors import ConfigError
from npcengine.studio.tune.packing import Packed
from tests.unit.tune.conftest import rows

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("peft")
learning = pytest.importorskip("npcengine.studio.tune.learning")
student_file = pytest.importorskip("npcengine.studio.tune.student")
adapter_file = pytest.importorskip("npcengine.studio.tune.adapter_file")

SIZES = {
    "vocab_size": 100,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
}
FAMILIES = ("llama", "gemma3_text")
ARCHITECTURES = {"llama": "llama", "gemma3_text": "gemma3"}
"""As GGUF files name the families."""
RANK = 2


def student(monkeypatch: pytest.MonkeyPatch, family: str, *, rank: int = RANK, scale: float = 2.0) -> Any:  # noqa: ANN401 - there may be no PyTorch
    """The same one each time, its corrections no longer nothing."""
    torch.manual_seed(0)
    config = {
        "llama": lambda: transformers.LlamaConfig(**SIZES),
        "gemma3_text": lambda: transformers.Gemma3TextConfig(**SIZES, head_dim=8, sliding_window=4),
    }[family]()
    config._attn_implementation = "sdpa"
    model = transformers.AutoModelForCausalLM.from_config(config)
    monkeypatch.setattr(student_file, "_read", lambda *_: model)
    shape = student_file.Shape(rank=rank, scale=scale)
    made = student_file.Student(Path("tiny.gguf"), shape, precision="float32", vocabulary=np.arange(100))
    with torch.no_grad():
        for each in made.corrections:
            each.normal_(std=0.1)
    return made


@pytest.mark.parametrize("family", FAMILIES)
def test_a_moment_costs_in_a_row_what_it_costs_alone(monkeypatch: pytest.MonkeyPatch, family: str) -> None:
    """Whatever stands beside it."""
    made = student(monkeypatch, family)
    for row in rows():
        together = made.scores(row)
        for moment in row.moments():
            length = len(moment.tokens)
            alone = Packed(
                tokens=moment.tokens,
                positions=np.arange(length),
                branches=np.zeros(length, np.int64),
                asked=moment.asked,
                wanted=row.wanted[moment.places],
                first=row.first[moment.places],
                skills=("answer",) * len(moment.asked),
            )
            torch.testing.assert_close(together[torch.from_numpy(moment.places)], made.scores(alone))


def test_learning_that_was_broken_off_goes_on_as_if_it_had_not_been(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The same losses step by step, and the same corrections in the end."""
    monkeypatch.setattr(learning, "SAVE_EVERY", 2)
    whole, kept = (learning.Plan(9, 0.01, 0, tmp_path / name, "tiny") for name in ("whole", "kept"))
    one = student(monkeypatch, "llama")
    losses = [each.loss for each in learning.learn(one, lambda _: rows(), whole)]
    begun = learning.learn(student(monkeypatch, "llama"), lambda _: rows(), kept)
    for _ in range(5):
        next(begun)
    begun.close()
    other = student(monkeypatch, "llama")
    steps = list(learning.learn(other, lambda _: rows(), kept))
    assert [each.loss for each in steps] == losses
    assert [each.tokens > 0 for each in steps] == [False] * 4 + [True] * 5
    for name, each in one.learnt().items():
        torch.testing.assert_close(each, other.learnt()[name], rtol=0.0, atol=0.0)


def kept(path: Path, made: Any) -> Path:  # noqa: ANN401
    """The file of what a student learnt."""
    architecture = ARCHITECTURES[made.family]
    about = adapter_file.About("tiny", architecture, made.heads, made.shape.rank, made.shape.scale, "MIT")
    adapter_file.write_adapter(path, made.corrections_by_name(), about)
    return path


@pytest.mark.parametrize("scale", [2.0, 0.5])
@pytest.mark.parametrize("family", FAMILIES)
def test_an_adapter_is_taught_further(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, family: str, scale: float
) -> None:
    """Who begins with it finds as likely what its pupil did, whatever corrections are multiplied by."""
    first = student(monkeypatch, family)
    with torch.no_grad():
        for each in first.corrections:
            each.copy_(each.half())  # as they are written
    adapter = kept(tmp_path / "a.gguf", first)
    other = student(monkeypatch, family, scale=scale)
    with torch.no_grad():
        for each in other.corrections:
            each.zero_()
    row = rows()[0]
    assert not torch.allclose(other.scores(row), first.scores(row), atol=1e-2)
    other.go_on_from(adapter)
    torch.testing.assert_close(other.scores(row), first.scores(row))


def test_an_adapter_that_is_taught_further_learns(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What was read is not held fast."""
    made = student(monkeypatch, "llama")
    made.go_on_from(kept(tmp_path / "a.gguf", made))
    before = made.learnt()
    list(learning.learn(made, lambda _: rows(), learning.Plan(3, 0.01, 0, tmp_path / "kept")))
    assert all(not torch.equal(each, before[name]) for name, each in made.learnt().items())


def test_an_adapter_of_another_shape_changes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It is refused before any of it is taken over."""
    adapter = kept(tmp_path / "a.gguf", student(monkeypatch, "llama"))
    other = student(monkeypatch, "llama", rank=RANK + 1)
    before = other.learnt()
    with pytest.raises(ConfigError, match="same --rank"):
        other.go_on_from(adapter)
    for name, each in other.learnt().items():
        torch.testing.assert_close(each, before[name], rtol=0.0, atol=0.0)


def test_learning_lowers_the_loss(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On what is taught; by little, since nearly all of the model is random and stays so."""
    made = student(monkeypatch, "llama")
    before = learning.loss_by_skill(made, rows())
    list(learning.learn(made, lambda _: rows(), learning.Plan(60, 0.02, 0, tmp_path / "kept")))
    assert learning.loss_by_skill(made, rows())["answer"] < before["answer"]


def test_whether_a_reply_ends_costs_what_its_odds_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that is wanted costs at least what it costs not to end there, and the end just that."""
    made = student(monkeypatch, "llama")
    for row in rows():
        words, choices = made.losses(row, torch.Generator().manual_seed(1))
        ends = torch.from_numpy(row.wanted == row.wanted[-1])
        assert ends.sum() == row.branches.max()
        torch.testing.assert_close(words[ends], choices[ends])
        assert (choices[~ends] < words[~ends]).all()


def test_other_settings_do_not_go_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is kept names its own, and the way out is told."""
    kept = tmp_path / "a.gguf.unfinished"
    list(learning.learn(student(monkeypatch, "llama"), lambda _: rows(), learning.Plan(2, 0.01, 0, kept, "tiny")))
    with pytest.raises(ConfigError, match="--anew"):
        next(learning.learn(student(monkeypatch, "llama"), lambda _: rows(), learning.Plan(2, 0.01, 0, kept, "other")))


def test_a_damaged_state_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Never a traceback."""
    kept = tmp_path / "a.gguf.unfinished"
    kept.write_bytes(b"nonsense")
    with pytest.raises(ConfigError, match="is damaged: begin anew"):
        next(learning.learn(student(monkeypatch, "llama"), lambda _: rows(), learning.Plan(2, 0.01, 0, kept)))
