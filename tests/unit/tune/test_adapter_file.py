"""Adapter files hold what llama.cpp looks for, under its names and in its order of rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from npcengine.errors import ConfigError
from npcengine.models.formats import is_adapter

gguf = pytest.importorskip("gguf")
adapter_file = pytest.importorskip("npcengine.studio.tune.adapter_file")

RANK = 2
HEADS = (4, 2)
HEAD = 6
"""Rows of a head."""

PREFIX = "base_model.model.model.layers.3"


def learnt() -> dict[str, NDArray[np.float32]]:
    """Corrections of a layer, each row of the second half counted."""
    return {
        f"{PREFIX}.self_attn.q_proj.lora_A.weight": np.ones((RANK, 24), np.float32),
        f"{PREFIX}.self_attn.q_proj.lora_B.weight": counted(HEADS[0] * HEAD),
        f"{PREFIX}.self_attn.k_proj.lora_B.weight": counted(HEADS[1] * HEAD),
        f"{PREFIX}.self_attn.v_proj.lora_B.weight": counted(HEADS[1] * HEAD),
        f"{PREFIX}.mlp.down_proj.lora_A.weight": np.ones((RANK, 32), np.float32),
    }


def counted(rows: int) -> NDArray[np.float32]:
    """Row n holds n."""
    return np.repeat(np.arange(rows, dtype=np.float32)[:, None], RANK, axis=1)


def written(path: Path, architecture: str) -> tuple[dict[str, NDArray[np.float32]], object]:
    """The tensors of a file that was just written, and its reader."""
    about = adapter_file.About("tiny", architecture, HEADS, RANK, 2.0, "MIT")
    adapter_file.write_adapter(path, learnt(), about)
    reader = gguf.GGUFReader(path)
    return {each.name: np.array(each.data, np.float32) for each in reader.tensors}, reader


def test_matrices_have_the_names_that_llama_cpp_gives_them(tmp_path: Path) -> None:
    """One for each half of each correction, in the shape that it reads."""
    tensors, _ = written(tmp_path / "a.gguf", "gemma3")
    assert {name: each.shape for name, each in tensors.items()} == {
        "blk.3.attn_q.weight.lora_a": (RANK, 24),
        "blk.3.attn_q.weight.lora_b": (HEADS[0] * HEAD, RANK),
        "blk.3.attn_k.weight.lora_b": (HEADS[1] * HEAD, RANK),
        "blk.3.attn_v.weight.lora_b": (HEADS[1] * HEAD, RANK),
        "blk.3.ffn_down.weight.lora_a": (RANK, 32),
    }


def test_rows_keep_their_order_where_llama_cpp_keeps_the_halves_of_a_head(tmp_path: Path) -> None:
    """Gemma's do."""
    tensors, _ = written(tmp_path / "a.gguf", "gemma3")
    assert tensors["blk.3.attn_q.weight.lora_b"][:, 0].tolist() == list(range(HEADS[0] * HEAD))


def test_the_halves_of_a_llama_s_heads_alternate(tmp_path: Path) -> None:
    """Queries by their heads and keys by theirs; what turns together is side by side. Values are not turned."""
    tensors, _ = written(tmp_path / "a.gguf", "llama")
    for matrix, heads in (("attn_q", HEADS[0]), ("attn_k", HEADS[1])):
        rows = [int(row) for row in tensors[f"blk.3.{matrix}.weight.lora_b"][:, 0]]
        assert rows[:HEAD] == [0, 3, 1, 4, 2, 5]
        assert [row // HEAD for row in rows] == [head for head in range(heads) for _ in range(HEAD)]
    assert tensors["blk.3.attn_v.weight.lora_b"][:, 0].tolist() == list(range(HEADS[1] * HEAD))


def test_a_file_says_what_it_is(tmp_path: Path) -> None:
    """An adapter for dialogue, with the scale that llama.cpp divides by the rank, and the base's licence."""
    _, reader = written(tmp_path / "a.gguf", "gemma3")
    said = {
        key: reader.get_field(key).contents()  # type: ignore[attr-defined]
        for key in ("general.architecture", "adapter.type", "adapter.lora.alpha", "npcengine.taught", "general.license")
    }
    assert list(said.values()) == ["gemma3", "lora", RANK * 2.0, "dialogue", "MIT"]
    assert is_adapter(tmp_path / "a.gguf")
    assert adapter_file.architecture_of(tmp_path / "a.gguf") == "gemma3"


def test_a_file_that_is_there_is_replaced_when_all_is_written(tmp_path: Path) -> None:
    """Nothing half written is left, under its name or beside it."""
    (tmp_path / "a.gguf").write_text("older")
    written(tmp_path / "a.gguf", "gemma3")
    assert [path.name for path in tmp_path.iterdir()] == ["a.gguf"]


def test_a_correction_of_nothing_known_is_refused(tmp_path: Path) -> None:
    """Words are not corrected: llama.cpp would ignore it."""
    about = adapter_file.About("tiny", "gemma3", HEADS, RANK, 2.0, "MIT")
    wrong = {"base_model.model.model.embed_tokens.lora_embedding_A": np.ones((2, 2), np.float32)}
    with pytest.raises(ValueError, match="no correction of a matrix"):
        adapter_file.write_adapter(tmp_path / "a.gguf", wrong, about)


def shapes() -> dict[str, tuple[int, ...]]:
    """Of what was learnt."""
    return {name: each.shape for name, each in learnt().items()}


@pytest.mark.parametrize("architecture", ["gemma3", "llama"])
def test_what_is_written_can_be_read_again(tmp_path: Path, architecture: str) -> None:
    """By PEFT's names and in PyTorch's order of rows, whatever the order in the file."""
    written(tmp_path / "a.gguf", architecture)
    read = adapter_file.read_adapter(tmp_path / "a.gguf", shapes(), heads=HEADS, scale=2.0)
    assert read.keys() == learnt().keys()
    for name, values in learnt().items():
        assert np.array_equal(read[name], values), name


def test_corrections_keep_their_strength_under_another_scale(tmp_path: Path) -> None:
    """The file is of scale 2; multiplied by 4, one half of each pair has to be half as large."""
    written(tmp_path / "a.gguf", "gemma3")
    read = adapter_file.read_adapter(tmp_path / "a.gguf", shapes(), heads=HEADS, scale=4.0)
    a, b = (f"{PREFIX}.self_attn.q_proj.lora_{half}.weight" for half in "AB")
    assert np.allclose(4.0 * read[b] @ read[a], 2.0 * learnt()[b] @ learnt()[a])


def test_an_adapter_of_another_rank_is_refused(tmp_path: Path) -> None:
    """With both sizes, and what to do."""
    written(tmp_path / "a.gguf", "gemma3")
    wanted = {f"{PREFIX}.self_attn.q_proj.lora_A.weight": (8, 24)}
    with pytest.raises(ConfigError, match=r"has 2 × 24 where 8 × 24 are wanted .*same --rank"):
        adapter_file.read_adapter(tmp_path / "a.gguf", wanted, heads=HEADS, scale=2.0)


def test_an_adapter_of_other_matrices_is_refused(tmp_path: Path) -> None:
    """One that lacks some, and one that has more."""
    written(tmp_path / "a.gguf", "gemma3")
    lacking = shapes() | {f"{PREFIX}.mlp.up_proj.lora_A.weight": (RANK, 24)}
    with pytest.raises(ConfigError, match=r"has nothing where 2 × 24 are wanted \(blk.3.ffn_up.weight.lora_a\)"):
        adapter_file.read_adapter(tmp_path / "a.gguf", lacking, heads=HEADS, scale=2.0)
    fewer = {name: each for name, each in shapes().items() if "self_attn" in name}
    with pytest.raises(ConfigError, match="leave --attention-only out"):
        adapter_file.read_adapter(tmp_path / "a.gguf", fewer, heads=HEADS, scale=2.0)


def other_file(
    path: Path,
    *,
    alpha: float | None,
    tensors: Mapping[str, NDArray[np.float32]],
    kind: object = gguf.GGMLQuantizationType.F32,
) -> None:
    """A GGUF file that `write_adapter` did not write."""
    writer = gguf.GGUFWriter(path, "gemma3")
    if alpha is not None:
        writer.add_float32("adapter.lora.alpha", alpha)
    for name, values in tensors.items():
        writer.add_tensor(name, gguf.quantize(values, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@pytest.mark.parametrize("kind", ["F32", "BF16", "Q8_0"])
def test_adapters_of_other_tools_are_read(tmp_path: Path, kind: str) -> None:
    """llama.cpp's converter writes these numbers too."""
    kind = gguf.GGMLQuantizationType[kind]
    values = np.arange(RANK * 32, dtype=np.float32).reshape(RANK, 32)
    other_file(tmp_path / "a.gguf", alpha=RANK, tensors={"blk.3.ffn_down.weight.lora_a": values}, kind=kind)
    wanted = {f"{PREFIX}.mlp.down_proj.lora_A.weight": (RANK, 32)}
    read = adapter_file.read_adapter(tmp_path / "a.gguf", wanted, heads=HEADS, scale=1.0)
    assert np.allclose(read[f"{PREFIX}.mlp.down_proj.lora_A.weight"], values, atol=0.5)


def test_an_adapter_that_says_nothing_of_its_strength_has_it_all(tmp_path: Path) -> None:
    """Alpha 0 is 1 to llama.cpp, not none."""
    values = np.ones((RANK, 32), np.float32)
    other_file(tmp_path / "a.gguf", alpha=0.0, tensors={"blk.3.ffn_down.weight.lora_a": values})
    wanted = {f"{PREFIX}.mlp.down_proj.lora_A.weight": (RANK, 32)}
    read = adapter_file.read_adapter(tmp_path / "a.gguf", wanted, heads=HEADS, scale=2.0)
    assert np.array_equal(read[f"{PREFIX}.mlp.down_proj.lora_A.weight"], values / 2.0)


def test_what_is_no_adapter_is_refused(tmp_path: Path) -> None:
    """Neither nonsense nor a GGUF file of another sort ends in a traceback; both are told what to name instead."""
    (tmp_path / "a.gguf").write_bytes(b"nonsense" * 20)
    with pytest.raises(ConfigError, match=r"can't be read as an adapter: .*Name one that tune wrote"):
        adapter_file.read_adapter(tmp_path / "a.gguf", shapes(), heads=HEADS, scale=2.0)
    other_file(tmp_path / "base.gguf", alpha=None, tensors={"output_norm.weight": np.ones((1, 8), np.float32)})
    with pytest.raises(ConfigError, match=r"is a GGUF file, but no adapter\. Name one that tune wrote"):
        adapter_file.read_adapter(tmp_path / "base.gguf", shapes(), heads=HEADS, scale=2.0)


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    """Wherever it was."""
    written(tmp_path / "a.gguf", "gemma3")
    whole = (tmp_path / "a.gguf").read_bytes()
    for length in range(0, len(whole), 29):
        (tmp_path / "b.gguf").write_bytes(whole[:length])
        with pytest.raises(ConfigError, match="can't be read as an adapter"):
            adapter_file.read_adapter(tmp_path / "b.gguf", shapes(), heads=HEADS, scale=2.0)
