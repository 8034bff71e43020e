"""Learning in PyTorch on tiny models of random weights: packed rows, and going on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from npcengine.errors import ConfigError
from npcengine.studio.tune.lessons import Branch, Lesson
from npcengine.studio.tune.packing import Packed, pack
from tests.unit.tune.conftest import tokenize

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
pytest.importorskip("peft")
learning = pytest.importorskip("npcengine.studio.tune.learning")
student_file = pytest.importorskip("npcengine.studio.tune.student")

SIZES = {
    "vocab_size": 100,
    "hidden_size": 32,
    "intermediate_size": 48,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 2,
}
FAMILIES = ("llama", "gemma3_text")
NAMES = ("ale", "bread", "cheese", "dog", "egg")


def student(monkeypatch: pytest.MonkeyPatch, family: str) -> Any:  # noqa: ANN401 - there may be no PyTorch
    """The same one each time, its corrections no longer nothing."""
    torch.manual_seed(0)
    config = {
        "llama": lambda: transformers.LlamaConfig(**SIZES),
        "gemma3_text": lambda: transformers.Gemma3TextConfig(**SIZES, head_dim=8, sliding_window=4),
    }[family]()
    config._attn_implementation = "sdpa"
    model = transformers.AutoModelForCausalLM.from_config(config)
    monkeypatch.setattr(student_file, "_read", lambda *_: model)
    made = student_file.Student(
        Path("tiny.gguf"), student_file.Shape(rank=2), precision="float32", vocabulary=np.arange(100)
    )
    with torch.no_grad():
        for each in made.corrections:
            each.normal_(std=0.1)
    return made


def rows() -> list[Packed]:
    """A few lessons of a few moments."""
    branches = tuple(
        Branch(f"Player: {one}\n", f"Player: {two}\nTom:", f" {one} {two}\n", "answer")
        for one in NAMES
        for two in NAMES
    )
    return [
        row
        for at in range(0, len(branches), 5)
        for row in pack(Lesson("Tom, keeper of the inn.\n", branches[at : at + 5]), tokenize, most=400)
    ]


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
