"""Adapters with real weights: each conversation speaks through its own, and sharing a model costs nobody anything."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import gguf
import numpy as np
import pytest

from npcengine.errors import AdapterBroken
from npcengine.mind import llama_decoder
from npcengine.mind.llama import TAUGHT_KEY, TAUGHT_ON, LlamaModel, load
from npcengine.models import adapters, store
from npcengine.types import Limits, LoadOptions, Prompt

pytestmark = pytest.mark.models

MODEL = "gemma-3-270m"
OPENING = "Gerta is the blacksmith of Oakhollow. She is blunt.\n\nPlayer: Who are you?\nGerta: Gerta. I beat iron.\n"
RANK = 4


def write_adapter(path: Path, *, base: str = MODEL, seed: int, taught: bool = False) -> Path:
    """An adapter for the attention of a model of the catalogue, by chance and strong enough to change its words."""
    reader = gguf.GGUFReader(store.locate("llm", base))
    writer = gguf.GGUFWriter(path, reader.fields["general.architecture"].contents())
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", RANK)
    if taught:
        writer.add_string(TAUGHT_KEY, TAUGHT_ON)
    random = np.random.default_rng(seed)
    for tensor in reader.tensors:
        if tensor.name.endswith((".attn_q.weight", ".attn_output.weight")):
            columns, rows = (int(length) for length in tensor.shape)
            for part, shape in (("lora_a", (RANK, columns)), ("lora_b", (rows, RANK))):
                writer.add_tensor(f"{tensor.name}.{part}", random.normal(0.0, 0.05, shape).astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Two adapters for the default model; the first says that it was taught on dialogue."""
    folder = tmp_path_factory.mktemp("adapters")
    return (
        str(write_adapter(folder / "one.gguf", seed=1, taught=True)),
        str(write_adapter(folder / "two.gguf", seed=2)),
    )


@pytest.fixture(scope="module")
def model() -> Iterator[LlamaModel]:
    """The default language model as it is."""
    loaded = load(MODEL, LoadOptions(threads=1, conversations=4, context_tokens=512, adapter="none"))
    yield loaded
    loaded.close()


def asked(conversation: str, adapter: str = "", question: str = "How old are you?") -> Prompt:
    """A moment of a conversation."""
    return Prompt(conversation, OPENING, f"Player: {question}\nGerta:", adapter)


def say(model: LlamaModel, prompt: Prompt) -> str:
    """A greedy continuation, whatever ends a line."""
    return "".join(model.generate(prompt, Limits(max_tokens=24, stop=())))


def scores(model: LlamaModel, prompt: Prompt) -> list[float]:
    """How likely each token is to come next, to the last bit."""
    list(model.warm(prompt))
    return list(model._read(prompt, room=1)[1].tolist())


def test_an_adapter_changes_what_is_said_and_scale_0_is_none(model: LlamaModel, two: tuple[str, str]) -> None:
    """Each adapter has its own words; with scale 0 the scores are the model's own to the last bit."""
    plain, one, other = (say(model, asked("words", name)) for name in ("", *two))
    assert len({plain, one, other}) == 3
    own, nothing, half, whole = (
        scores(model, asked("scores", name)) for name in ("", f"{two[0]}@0", f"{two[0]}@0.5", two[0])
    )
    assert own == nothing
    assert own != half != whole != own


def test_two_characters_interleaved_speak_as_each_alone(two: tuple[str, str]) -> None:
    """Drawn token by token in turns, two adapters and none give the words that each gives on a fresh model."""
    prompts = [asked(name or "plain", name) for name in (*two, "")]
    options = LoadOptions(threads=1, conversations=4, context_tokens=512, adapter="none")
    alone = []
    for prompt in prompts:
        fresh = load(MODEL, options)
        alone.append(say(fresh, prompt))
        fresh.close()
    shared = load(MODEL, options)
    streams = [shared.generate(prompt, Limits(max_tokens=24, stop=())) for prompt in prompts]
    rounds = list(zip_longest(*streams, fillvalue=""))
    assert ["".join(words) for words in zip(*rounds, strict=True)] == alone
    shared.close()


def test_another_adapter_reuses_nothing_and_the_same_one_all(model: LlamaModel, two: tuple[str, str]) -> None:
    """A conversation whose adapter or scale changes is read anew, to the scores of one that never had another."""
    say(model, asked("changing", two[0]))
    read = model.stats.read_tokens
    changed = scores(model, asked("changing", two[1]))
    assert model.stats.read_tokens - read >= model.count_tokens(OPENING)
    assert changed == scores(model, asked("steady", two[1]))
    read = model.stats.read_tokens
    scores(model, asked("changing", two[1]))
    assert model.stats.read_tokens - read == 1
    scores(model, asked("changing", f"{two[1]}@0.5"))
    assert model.stats.read_tokens - read > model.count_tokens(OPENING)


def test_switching_reads_no_file_again(
    model: LlamaModel, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once loaded, adapters change places without a model or an adapter being loaded, and only when one must."""
    for name in two:
        model.load_adapter(name)
    library = llama_decoder._library()
    switches: list[object] = []
    original = library.llama_set_adapters_lora

    def switch(*arguments: object) -> object:
        switches.append(arguments)
        return original(*arguments)

    def refuse(*_: object) -> object:
        raise AssertionError("loaded again")

    monkeypatch.setattr(library, "llama_set_adapters_lora", switch)
    monkeypatch.setattr(library, "llama_adapter_lora_init", refuse)
    monkeypatch.setattr(library, "llama_model_load_from_file", refuse)
    say(model, asked("first", two[0]))
    before = len(switches)
    say(model, asked("first", two[0], "And why?"))
    assert len(switches) == before
    say(model, asked("second", two[1]))
    say(model, asked("first", two[0]))
    assert len(switches) == before + 2


def test_a_model_has_an_adapter_of_its_own(two: tuple[str, str], model: LlamaModel) -> None:
    """The engine's option is what prompts without an adapter are answered with, and its header says what it taught."""
    expected = say(model, asked("own", two[0]))
    assert not model.capabilities.taught
    own = load(MODEL, LoadOptions(threads=1, conversations=1, context_tokens=512, adapter=two[0]))
    assert own.capabilities.taught
    assert say(own, asked("own")) == expected
    own.close()
    untaught = load(MODEL, LoadOptions(threads=1, conversations=1, context_tokens=512, adapter=two[1]))
    assert not untaught.capabilities.taught
    untaught.close()


def test_the_shipped_adapter_is_found_by_the_models_name(
    two: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A model of the catalogue has the file of its name; the same weights given as a path have none."""
    (tmp_path / f"{MODEL}.gguf").write_bytes(Path(two[0]).read_bytes())
    monkeypatch.setattr(adapters, "SHIPPED", tmp_path)
    for name, taught in ((MODEL, True), (str(store.locate("llm", MODEL)), False)):
        loaded = load(name, LoadOptions(threads=1, conversations=1, context_tokens=512))
        assert loaded.capabilities.taught is taught
        loaded.close()


def test_an_adapter_that_does_not_fit_is_told_and_harms_nothing(model: LlamaModel, tmp_path: Path) -> None:
    """One that is missing, cut short, a whole model or another model's is refused; the model goes on as before."""
    before = say(model, asked("before"))
    cut = tmp_path / "cut.gguf"
    cut.write_bytes(write_adapter(tmp_path / "whole.gguf", seed=3).read_bytes()[:40_000])
    foreign = write_adapter(tmp_path / "foreign.gguf", base="smollm2-135m-instruct", seed=3)
    for name, word in (
        (tmp_path / "none.gguf", "no adapter"),
        (cut, "damaged"),
        (store.locate("llm", MODEL), "no LoRA"),
        (foreign, "another"),
    ):
        with pytest.raises(AdapterBroken, match=word):
            say(model, asked("bad", str(name)))
    assert say(model, asked("after")) == before
    with pytest.raises(AdapterBroken, match="another"):
        load(MODEL, LoadOptions(threads=1, conversations=1, context_tokens=512, adapter=str(foreign)))
