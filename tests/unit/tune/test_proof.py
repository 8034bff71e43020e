"""Whether llama.cpp says what PyTorch says is told rightly, on models of random weights that both read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.tune.conftest import rows

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")
gguf = pytest.importorskip("gguf")
pytest.importorskip("peft")
pytest.importorskip("llama_cpp")
adapter_file = pytest.importorskip("npcengine.studio.tune.adapter_file")
proof = pytest.importorskip("npcengine.studio.tune.proof")
student_file = pytest.importorskip("npcengine.studio.tune.student")

TOKENS, WIDTH, INNER, LAYERS, HEADS = 100, 64, 96, 2, (4, 2)
HEAD = WIDTH // HEADS[0]
SHAPE = student_file.Shape(rank=4)
PLACES = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def place(name: str) -> str:
    """What llama.cpp calls a weight."""
    whole = {"model.embed_tokens.weight": "token_embd", "model.norm.weight": "output_norm", "lm_head.weight": "output"}
    if name in whole:
        return f"{whole[name]}.weight"
    _, _, layer, rest = name.split(".", 3)
    return f"blk.{layer}.{PLACES[rest.removesuffix('.weight')]}.weight"


def turned(name: str, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Rows of queries and keys where llama.cpp wants them: those that turn together side by side."""
    if not name.endswith(("q_proj.weight", "k_proj.weight")):
        return values
    heads = range(HEADS["k_proj" in name])
    pairs = [(row, row + HEAD // 2) for row in range(HEAD // 2)]
    return values[[head * HEAD + row for head in heads for pair in pairs for row in pair]]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Llama of random weights."""
    torch.manual_seed(0)
    config = transformers.LlamaConfig(
        vocab_size=TOKENS,
        hidden_size=WIDTH,
        intermediate_size=INNER,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS[0],
        num_key_value_heads=HEADS[1],
        initializer_range=0.2,
    )
    model = transformers.AutoModelForCausalLM.from_config(config)
    path = tmp_path_factory.mktemp("base") / "tiny.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_vocab_size(TOKENS)
    writer.add_tokenizer_model("none")
    writer.add_context_length(512)
    writer.add_block_count(LAYERS)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS[0])
    writer.add_head_count_kv(HEADS[1])
    writer.add_rope_dimension_count(HEAD)
    writer.add_rope_freq_base(10_000.0)
    writer.add_layer_norm_rms_eps(1e-6)
    for name, values in model.state_dict().items():
        writer.add_tensor(place(name), np.ascontiguousarray(turned(name, values.numpy())))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def pupil(base: Path) -> Any:  # noqa: ANN401 - there may be no PyTorch
    """Of strong random corrections."""
    made = student_file.Student(base, SHAPE, precision="float32", vocabulary=np.arange(TOKENS))
    torch.manual_seed(1)
    with torch.no_grad():
        for each in made.corrections:
            each.normal_(std=0.3)
    return made


def written(path: Path, made: Any, heads: tuple[int, int]) -> Path:  # noqa: ANN401
    """Its adapter, laid out for so many heads."""
    about = adapter_file.About("tiny", "llama", heads, SHAPE.rank, SHAPE.scale, "MIT")
    adapter_file.write_adapter(path, made.corrections_by_name(), about)
    return path


def test_an_adapter_that_is_written_rightly_holds(base: Path, tmp_path: Path) -> None:
    """Both engines find the same tokens likeliest, with it and without."""
    made = pupil(base)
    found = proof.prove(base, written(tmp_path / "a.gguf", made, made.heads), SHAPE, made.learnt(), rows())
    assert found.holds
    assert found.adapter.same_first > 0.95
    assert found.adapter.apart_nats < 0.02
    assert found.base.apart_nats < 0.02
    assert found.moments == proof.MOMENTS


def test_rows_in_a_wrong_order_do_not_hold(base: Path, tmp_path: Path) -> None:
    """They show in no loss."""
    made = pupil(base)
    found = proof.prove(base, written(tmp_path / "a.gguf", made, (1, 1)), SHAPE, made.learnt(), rows())
    assert not found.holds
    assert found.base.apart_nats < 0.02


def test_the_corrections_that_are_compared_are_those_that_were_learnt(base: Path, tmp_path: Path) -> None:
    """A file of others does not hold, rightly laid out as it is."""
    made = pupil(base)
    adapter = written(tmp_path / "a.gguf", made, made.heads)
    others = {name: -each for name, each in made.learnt().items() if "lora_B" in name}
    found = proof.prove(base, adapter, SHAPE, made.learnt() | others, rows())
    assert not found.holds


@pytest.mark.parametrize(("same_first", "holds"), [(1.0, True), (0.9, True), (0.89, False), (0.0, False)])
def test_an_adapter_holds_by_its_own_likeness(same_first: float, holds: bool) -> None:
    """However like the base alone is."""
    for base_alone in (0.0, 1.0):
        found = proof.Proof(12, 200, proof.Likeness(base_alone, 0.04), proof.Likeness(same_first, 0.04))
        assert found.holds is holds


def test_moments_of_several_characters_are_chosen() -> None:
    """Few of each row while there are rows enough, and more where there are fewer; never too many."""
    whole = rows()
    for given, expected in ((whole, [4, 4, 4]), (whole[:2], [5, 5]), (whole[:1], [5]), ([], [])):
        chosen = list(proof._chosen(given))
        assert [len(moments) for _, moments in chosen] == expected
        assert [row for row, _ in chosen] == list(given[: len(expected)])


def test_odds_are_those_of_all_words_together() -> None:
    """However large the scores, which stay as they are."""
    scores = np.array([[0.0, np.log(3.0)], [1000.0, 1000.0]], np.float32)
    before = scores.copy()
    assert np.allclose(np.exp(proof._log_odds(scores)), [[0.25, 0.75], [0.5, 0.5]])
    assert np.array_equal(scores, before)
