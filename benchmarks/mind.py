"""The language model with many characters, and what reading early saves: python -m benchmarks.mind [--json]."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from npcengine.clock import SystemClock, elapsed_ms
from npcengine.mind.guard import first_sentence
from npcengine.mind.history import write_history
from npcengine.mind.llama import LlamaModel, cells_for, load
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import PROMPT_TOKENS, Mind, MindView, ReplyEnd, ReplyPart, ReplyText
from npcengine.mind.page import Page
from npcengine.mind.prompt import speaker, write_opening
from npcengine.mind.reply import ReplyParser
from npcengine.mind.templates import template_for
from npcengine.models import store
from npcengine.persona import Persona, load_persona
from npcengine.studio.bench.bare_llama import BareLlama
from npcengine.studio.bench.figures import median, ratio
from npcengine.studio.bench.llm import tokens_per_s
from npcengine.types import Limits, LoadOptions, Prompt, Source
from npcengine.voice.chunker import Chunker

MODEL = "gemma-3-270m"
CHARACTERS = Path(__file__).resolve().parents[1] / "characters"
CONVERSATIONS = 20
HISTORY = (
    Exchange("What happened to the old mill by the river?", "Burned to the beams last winter, and Tobias ran off."),
    Exchange("And where did he go after that?", "Varn, they say. Two days' walk past the river, if the road holds."),
    Exchange("Is the road safe these days?", "Not for a cart. The bandits take what they like of it."),
)
LINES = (
    "Do you trust me?", "How far is Varn?", "What happened to the mill?", "What do you think of the bandits?",
    "Do you ever sleep?", "It is a cold night, isn't it?", "Where is Tobias now?", "Is there a curse on this village?",
    "Tell me about your family.", "What do you want from life?", "What do you sell?", "Who rings the bell at night?",
)  # fmt: skip
PAGE = "The village of Oakhollow lies where the road from Varn meets the river. " * 55
_ROUNDS = 8
_COUNT = 48
_CLOCK = SystemClock()
Figures = dict[str, float | int | None]


def main(arguments: Sequence[str]) -> None:
    """Prints the figures, as a table or as JSON."""
    threads = psutil.cpu_count(logical=False) or 1
    model = load(MODEL, _options(threads))
    personas = [load_persona(path) for path in sorted(CHARACTERS.glob("*.yaml"))]
    figures: Figures = {"threads": threads, "conversations": CONVERSATIONS}
    figures |= switching(model, personas)
    figures["memory_mb"] = round(psutil.Process().memory_info().rss / 1e6)
    figures |= prefill(model)
    figures |= early_reading(model, personas)
    figures |= first_clause(model, personas)
    figures |= rates(model, threads)
    model.close()
    if "--json" in arguments:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    table = Table("figure", "value", title="Language model")
    for name, value in figures.items():
        table.add_row(name, str(value))
    Console().print(table)


def switching(model: LlamaModel, personas: Sequence[Persona]) -> Figures:
    """The first token of a question to the character of last time, beside one to another of twenty talked-to ones."""
    prefixes = [_prefix(model, personas[index % len(personas)]) for index in range(CONVERSATIONS)]
    for index, prefix in enumerate(prefixes):
        list(model.warm(Prompt(f"npc-{index}", prefix, "")))
    read, evictions = model.stats.reprocessed_tokens, model.stats.evictions
    staying: list[float] = []
    switched: list[float] = []
    for turn in range(CONVERSATIONS * 2):
        index = turn * 7 % CONVERSATIONS
        for times in (switched, staying):
            # The number stands first, so that the whole line is new each time.
            line = f"Player: {len(switched) + len(staying):03d} times I ask how you are today.\nHer:"
            times.append(_first_token_ms(model, Prompt(f"npc-{index}", prefixes[index], line)))
    return {
        "held_tokens": sum(map(model.count_tokens, prefixes)),
        "switch_first_token_ms": median(switched),
        "stay_first_token_ms": median(staying),
        "switch_first_token_ratio": ratio(median(switched, 4), median(staying, 4)),
        "switch_reprocessed_tokens": model.stats.reprocessed_tokens - read,
        "switch_evictions": model.stats.evictions - evictions,
    }


def prefill(model: LlamaModel) -> Figures:
    """Tokens read a second, a new page each time."""
    rates = []
    for number in range(_ROUNDS // 2):
        page = Prompt("page", f"{number}. {PAGE}", "")
        began_s, began = _CLOCK.now(), model.stats.read_tokens
        list(model.warm(page))
        rates.append((model.stats.read_tokens - began) / (_CLOCK.now() - began_s))
    return {"prefill_tokens_per_s": median(rates)}


def early_reading(model: LlamaModel, personas: Sequence[Persona]) -> Figures:
    """Lines that come word by word: what each new word costs, and what is left to read when the line is over."""
    left: list[float] = []
    alone: list[float] = []
    for_each_word: list[float] = []
    for index, line in enumerate(LINES):
        persona = personas[index % len(personas)]
        mind = Mind(persona, model, conversation="early")
        list(mind.warm())
        said = line.split()
        view = MindView("", Memory(), persona.state, {})
        for words in range(1, len(said)):
            began = model.stats.read_tokens
            list(mind.prepare(replace(view, text=" ".join(said[:words]))))
            for_each_word.append(model.stats.read_tokens - began)
        for reads in (left, alone):
            began = model.stats.read_tokens
            list(mind.prepare(replace(view, text=line)))
            reads.append(model.stats.read_tokens - began)
            list(mind.warm())
    return {
        "tokens_read_for_each_word_heard": median(for_each_word),
        "tokens_left_when_the_line_is_over": median(left),
        "tokens_to_read_without_reading_early": median(alone),
    }


def first_clause(model: LlamaModel, personas: Sequence[Persona]) -> Figures:
    """From a reply's first token to its first clause, and to the end of its first sentence."""
    clauses, sentences, given_up = [], [], []
    for turn, line in enumerate(LINES * 2):
        persona = personas[turn % len(personas)]
        timed = _TimedModel(model)
        mind = Mind(persona, timed, conversation=f"npc-{turn % len(personas)}")
        clause_s, source = _first_clause_s(mind.answer(MindView(line, Memory(), persona.state, {})))
        if not timed.pieces:
            continue
        since_ms = 1000.0 * (clause_s - timed.pieces[0][0])
        if source == "model":
            clauses.append(since_ms)
            sentence_s = _first_sentence_s(timed.pieces, persona) or timed.ended_s
            sentences.append(1000.0 * (sentence_s - timed.pieces[0][0]))
        else:
            given_up.append(since_ms)
    return {
        "first_clause_ms": median(clauses),
        "first_sentence_ms": median(sentences),
        "given_up_ms": median(given_up),
        "replies_of_the_model": len(clauses),
        "replies_given_up": len(given_up),
    }


def _options(threads: int) -> LoadOptions:
    return LoadOptions(threads=threads, context_tokens=2048, conversations=CONVERSATIONS)


def rates(model: LlamaModel, threads: int) -> Figures:
    """Our tokens a second beside those of a bare loop over the same page."""
    bare = BareLlama(store.locate("llm", MODEL), cells=cells_for(MODEL, _options(threads)), threads=threads)
    ours, limit = [], []
    for _ in range(_ROUNDS):
        limit.append(bare.tokens_per_s(PAGE, count=_COUNT, clock=_CLOCK))
        if rate := tokens_per_s(model, PAGE, _CLOCK):
            ours.append(rate)
        limit.append(bare.tokens_per_s(PAGE, count=_COUNT, clock=_CLOCK))
    bare.close()
    return {
        "tokens_per_s": median(ours),
        "limit_tokens_per_s": median(limit),
        "ratio": ratio(median(ours, 4), median(limit, 4)),
    }


class _TimedModel:
    """Passes a model's pieces on and notes when each came (seconds)."""

    def __init__(self, model: LlamaModel) -> None:
        self.capabilities = model.capabilities
        self.warm, self.ease, self.count_tokens, self.close = model.warm, model.ease, model.count_tokens, model.close
        self.pieces: list[tuple[float, str]] = []
        self.ended_s = 0.0
        self._model = model

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        for piece in self._model.generate(prompt, limits):
            self.pieces.append((_CLOCK.now(), piece))
            yield piece
        self.ended_s = _CLOCK.now()


def _prefix(model: LlamaModel, persona: Persona) -> str:
    """What a prompt of someone who was talked to for a while begins with."""
    page = Page("", template_for(model.capabilities.family), tokens=PROMPT_TOKENS, count=model.count_tokens)
    return write_opening(persona, page) + write_history(persona, HISTORY, page)


def _first_token_ms(model: LlamaModel, prompt: Prompt) -> float:
    began_s = _CLOCK.now()
    for _ in model.generate(prompt, Limits(max_tokens=1, stop=())):
        break
    return elapsed_ms(_CLOCK, began_s)


def _first_clause_s(reply: Iterator[ReplyPart]) -> tuple[float, Source]:
    """When the first clause could be handed to a voice, and where the reply's words came from."""
    chunker = Chunker()
    at_s: float | None = None
    source: Source = "unknown"
    for part in reply:
        if isinstance(part, ReplyEnd):
            source = part.source
        elif isinstance(part, ReplyText) and at_s is None and chunker.feed(part.text):
            at_s = _CLOCK.now()
    return at_s or _CLOCK.now(), source


def _first_sentence_s(pieces: Sequence[tuple[float, str]], persona: Persona) -> float | None:
    """When the word after the first sentence had come; None where the reply ended with it."""
    parser = ReplyParser(own={speaker(persona)}, others={"Player"}, mood=persona.mood)
    said = ""
    for at_s, piece in pieces:
        said += "".join(part.text for part in parser.feed(piece) if isinstance(part, ReplyText))
        if first_sentence(said):
            return at_s
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
