"""The mind with real weights: nothing is read twice, and there is always something to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

import pytest

from npcengine.errors import BackendError, ModelBroken, ModelMissing
from npcengine.mind.digest import DIGEST_SHARE
from npcengine.mind.llama import LlamaModel, load
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import PROMPT_TOKENS, Mind
from npcengine.mind.notes import Note
from npcengine.mind.remembering import live_through
from npcengine.mind.speakable import is_speakable
from npcengine.mind.view import MindView, ReplyEnd, ReplyText
from npcengine.models import store
from npcengine.persona import Persona, load_persona, persona_from_dict
from npcengine.types import Limits, LoadOptions, Prompt

pytestmark = pytest.mark.models

MODEL = "gemma-3-270m"
CHARACTERS = Path(__file__).parents[2] / "characters"
OPENING = "Gerta is the blacksmith of Oakhollow. She is blunt.\n\nPlayer: Who are you?\nGerta: Gerta. I beat iron.\n"
QUESTIONS = (
    "What happened to the mill?", "Who are you?", "Where is Tobias?", "How are you?", "Do you like iron?",
    "Who leads the bandits?", "What's the cat called?", "Goodbye.", "I hate you.", "And why?", "Sing me a song!",
    "Who was your father?", "Nice weather.", "Tell me a joke.", "How far is Varn?", "What do you eat?", "Hm.", "?",
    "Do you trust me?", "Could you lend me five silver?",
)  # fmt: skip


@pytest.fixture(scope="module")
def model() -> Iterator[LlamaModel]:
    """The default language model."""
    loaded = load(MODEL, LoadOptions(threads=1, conversations=3))
    yield loaded
    loaded.close()


@pytest.fixture(scope="module")
def gerta() -> Persona:
    """The blacksmith."""
    return load_persona(CHARACTERS / "gerta.yaml")


def say(model: LlamaModel, prompt: Prompt, tokens: int = 24) -> str:
    """A greedy continuation up to the end of the line."""
    return "".join(model.generate(prompt, Limits(max_tokens=tokens)))


def test_a_later_turn_reads_only_what_is_new(model: LlamaModel, gerta: Persona) -> None:
    """The second turn of a conversation reads its own exchange and line, nothing of the persona again."""
    mind = Mind(gerta, model, conversation="later")
    list(mind.warm())
    moment = MindView("How are you?", Memory(), gerta.state, {})
    first = "".join(part.text for part in mind.answer(moment) if isinstance(part, ReplyText))
    read, again = model.stats.read_tokens, model.stats.reprocessed_tokens
    list(mind.answer(MindView("Do you like your work?", Memory((Exchange(moment.text, first),)), gerta.state, {})))
    assert model.stats.reprocessed_tokens == again
    assert model.stats.read_tokens - read < 150


def test_a_line_read_early_leaves_little_to_read(model: LlamaModel, gerta: Persona) -> None:
    """A line that comes word by word is read as it comes; when it is over, the reply costs its end.

    Whether it is the very same is not asked: beside an adapter, tokens read in other steps are rounded otherwise.
    """
    moment = MindView("What do you think of the weather today?", Memory(), gerta.state, {})
    mind = Mind(gerta, model, conversation="early")
    list(mind.warm())
    for heard in ("What do you", "What do you think of", "What do you think of the weather to"):
        list(mind.prepare(replace(moment, text=heard)))
    read, generated = model.stats.read_tokens, model.stats.generated_tokens
    parts = list(mind.answer(moment))
    assert isinstance(parts[-1], ReplyEnd)
    assert parts[-1].source == "model"
    assert model.stats.read_tokens - read - (model.stats.generated_tokens - generated) < 24


@pytest.mark.parametrize("text", ["🙂" * 1500, "word " * 3000, "Ǻ̷̛" * 800])
def test_nothing_overflows_a_small_context(text: str) -> None:
    """Giant files, memories and lines leave room for a reply in 512 tokens, by the model's own count."""
    small = load("smollm2-135m-instruct", LoadOptions(threads=1, conversations=2, context_tokens=512))
    giant = persona_from_dict(
        {
            "npcengine": 1,
            "name": "Gerta Holt",
            "description": text,
            "knowledge": [{"id": "mill", "text": text, "topics": ["mill"]}],
            "examples": [{"player": text, "npc": text}] * 9,
        }
    )
    memory = Memory(tuple(Exchange(f"{index}", text[:800]) for index in range(500)), notes=(Note(text),) * 3)
    view = MindView("Do you like the mill?", memory, {}, {}, event=text)
    mind = Mind(giant, small, conversation="giant")
    list(mind.warm(memory))
    list(mind.prepare(replace(view, text=text)))
    assert any(isinstance(part, ReplyText) for part in mind.answer(view))
    small.close()


def test_conversations_do_not_cost_each_other(model: LlamaModel) -> None:
    """Two replies drawn turn by turn are those drawn one by one, and no prefix is read twice."""
    prompts = [Prompt(f"both-{name}", OPENING, f"Player: {name}?\nGerta:") for name in ("How old are you", "Iron")]
    alone = [say(model, prompt) for prompt in prompts]
    again = model.stats.reprocessed_tokens
    replies = ["", ""]
    streams = [model.generate(prompt, Limits(max_tokens=24)) for prompt in prompts]
    for pieces in zip_longest(*streams, fillvalue=""):
        replies = [reply + piece for reply, piece in zip(replies, pieces, strict=True)]
    assert replies == alone
    assert model.stats.reprocessed_tokens == again


def test_a_conversation_that_gave_way_reads_again_and_says_the_same(model: LlamaModel) -> None:
    """Eviction costs time, never sense, and it is counted."""
    prompt = Prompt("evicted-0", OPENING, "Player: Where is the forge?\nGerta:")
    before = say(model, prompt)
    for index in range(1, 4):
        say(model, Prompt(f"evicted-{index}", OPENING, "Player: Yes?\nGerta:"), tokens=1)
    evictions = model.stats.evictions
    assert say(model, prompt) == before
    assert model.stats.evictions == evictions + 1


def test_a_reply_dropped_half_way_leaves_no_trace(model: LlamaModel) -> None:
    """After a close in the middle, the same prompt gives the same reply, and a newer prompt ends an older reply."""
    prompt = Prompt("dropped", OPENING, "Player: Tell me of your work.\nGerta:")
    whole = say(model, prompt)
    stream = model.generate(prompt, Limits(max_tokens=24))
    next(stream)
    stream.close()  # type: ignore[attr-defined] # a generator behind an iterator's type
    assert say(model, prompt) == whole
    older = model.generate(prompt, Limits(max_tokens=24))
    next(older)
    assert say(model, prompt) == whole
    assert list(older) == []


def test_there_is_always_an_answer(model: LlamaModel, gerta: Persona) -> None:
    """Twenty lines in one conversation, each with its answer; history is remembered and the cache kept."""
    mind, memory = Mind(gerta, model, conversation="twenty"), Memory()
    for question in QUESTIONS:
        parts = mind.answer(MindView(question, memory, gerta.state, {}))
        reply = "".join(part.text for part in parts if isinstance(part, ReplyText))
        assert reply.strip(), question
        assert "\n" not in reply
        memory = memory.after(Exchange(question, reply), keep=gerta.memory.turns)


def test_the_same_seed_gives_the_same_words(model: LlamaModel) -> None:
    """Sampling is repeatable where the prompt was read before, and another seed differs."""
    prompt = Prompt("seeded", OPENING, "Player: Tell me a story.\nGerta:")
    list(model.generate(prompt, Limits(max_tokens=1)))
    drawn = [
        "".join(model.generate(prompt, Limits(max_tokens=24, temperature=1.5, seed=seed))) for seed in (1, 1, 2, 3)
    ]
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) > 1


@pytest.mark.parametrize("name", [MODEL, "smollm2-135m-instruct"])
def test_freely_drawn_replies_hold_no_signs(name: str) -> None:
    """Twenty replies at a high temperature, after lines full of stage directions and markup, can all be spoken."""
    wild = load(name, LoadOptions(threads=1, conversations=1, context_tokens=512))
    tail = "Player: *waves* (smiling) **Well**? \N{GRINNING FACE}\nGerta (happy): *nods* [laughs]\nPlayer: And?\nGerta"
    for seed in range(20):
        limits = Limits(max_tokens=16, temperature=1.2, seed=seed)
        written = "".join(wild.generate(Prompt("wild", OPENING, f"{tail} (amused): *"), limits))
        assert all(map(is_speakable, written)), written
    wild.close()


def test_a_prompt_that_cant_fit_is_refused_with_numbers(model: LlamaModel) -> None:
    """The message tells how long the prompt is and how much fits."""
    with pytest.raises(BackendError, match=r"\d+ tokens and a reply of up to 24 don't fit into the model's 4096"):
        say(model, Prompt("long", "iron " * 5000, ""))
    assert say(model, Prompt("long", OPENING, "Player: Iron?\nGerta:"))


def test_a_closed_model_says_so() -> None:
    """Closing twice does no harm; using it afterwards is an error of ours."""
    closed = load("smollm2-135m-instruct", LoadOptions(threads=1, conversations=1, context_tokens=512))
    assert closed.capabilities.family == "chatml"
    closed.close()
    closed.close()
    with pytest.raises(BackendError, match="closed"):
        closed.count_tokens("iron")


@pytest.mark.parametrize("content", [b"I am no model.", b"GGUF\x03\x00\x00\x00" + bytes(200), b""])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    """A text file, a damaged header or an empty file gives one readable error, and llama.cpp prints nothing."""
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(content)
    with pytest.raises(ModelBroken, match=r"broken\.gguf"):
        load(str(broken), LoadOptions())
    assert capfd.readouterr() == ("", "")


def test_a_model_cut_short_is_named(tmp_path: Path) -> None:
    """A download that stopped half way is told from a whole one."""
    whole = store.locate("llm", "smollm2-135m-instruct")
    cut = tmp_path / "cut.gguf"
    with whole.open("rb") as file:
        cut.write_bytes(file.read(20_000_000))
    with pytest.raises(ModelBroken, match=r"cut\.gguf"):
        load(str(cut), LoadOptions())


def test_a_model_that_is_not_there_is_named() -> None:
    """The message names it."""
    with pytest.raises(ModelMissing, match="no-such-model"):
        load("no-such-model", LoadOptions())


class Reader:
    """Counts by the real model's tokens, and only keeps what it is to read."""

    def __init__(self, model: LlamaModel) -> None:
        self.capabilities = model.capabilities
        self.count_tokens = model.count_tokens
        self.prefixes: list[str] = []

    def warm(self, prompt: Prompt) -> Iterator[None]:
        """Keeps the stable part."""
        self.prefixes.append(prompt.prefix)
        yield

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """Has nothing to say."""
        raise NotImplementedError

    def ease(self, level: int) -> None:
        """Is as fast as ever."""

    def close(self) -> None:
        """Holds nothing."""


def test_a_long_talk_costs_no_more_than_a_short_one(model: LlamaModel, gerta: Persona) -> None:
    """By the model's own tokens, after 500 turns as after 24; the player's name is still there."""
    reader = Reader(model)
    mind = Mind(gerta, reader, conversation="long")
    memory = Memory()
    for turn in range(500):
        said = "I'm Robin, and I promise to bring you iron." if turn == 0 else f"So it went on day {turn}."
        memory, _ = live_through(memory, Exchange(said, "Aye, that it did, and it will again."), gerta)
        list(mind.warm(memory))
    lengths = [model.count_tokens(prefix) for prefix in reader.prefixes]
    print(f"longest prefix of the first 24 turns {max(lengths[:24])} tokens, of all later ones {max(lengths[24:])}")
    assert max(lengths[24:]) <= max(lengths[:24]) + PROMPT_TOKENS * DIGEST_SHARE
    assert "The player's name is Robin. The player promised to bring Gerta iron." in reader.prefixes[-1]


def test_a_digest_makes_no_file_be_read_again(model: LlamaModel, gerta: Persona) -> None:
    """The talk's beginning is cut, and a digest takes its place: of the character's file nothing is repeated."""
    mind = Mind(gerta, model, conversation="digest")
    memory, again = Memory(), model.stats.reprocessed_tokens
    for turn in range(3 * gerta.memory.turns):
        said = "I'm Robin." if turn == 0 else f"So it went on day {turn}."
        memory, _ = live_through(memory, Exchange(said, "Aye, that it did."), gerta)
        list(mind.warm(memory))
    assert memory.past.exchanges
    assert model.stats.reprocessed_tokens == again
    reply = mind.answer(MindView("What's my name?", memory, gerta.state, {}))
    assert [part.text for part in reply if isinstance(part, ReplyText)] == ["You are Robin."]
