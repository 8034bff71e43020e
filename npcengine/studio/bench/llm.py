"""The language model: our tokens a second beside the bare loop's, and what a conversation makes it read twice."""

from __future__ import annotations

from npcengine.brain.embedding import open_meaning
from npcengine.brain.pipeline import load_options, mind_options
from npcengine.clock import Clock, SystemClock
from npcengine.mind.llama import LlamaModel, cells_for, load
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import Mind, MindView, ReplyText
from npcengine.models import store
from npcengine.persona import Persona
from npcengine.studio.bench.bare_llama import BareLlama
from npcengine.studio.bench.figures import median
from npcengine.studio.bench.scenario import PLAYER_LINES, Options, Progress, Result, run
from npcengine.types import Limits, Prompt

_ROUNDS, _QUICK_ROUNDS = 6, 3
_TURNS, _QUICK_TURNS = 16, 4
_COUNT = 48
_SHARE_OF_CONVERSATION = 0.4


def measure(options: Options, progress: Progress) -> Result:
    """Our decoding beside the bare loop, and a conversation's re-reading."""
    config = options.config()
    engine, _, name = config.llm.partition(":")
    if engine != "llama":
        return {"notes": [f"llm: {config.llm} is not run by llama.cpp here"]}
    loaded = mind_options(load_options(config))
    model = load(name, loaded)
    if not isinstance(model, LlamaModel):
        raise TypeError(f"expected llama.cpp's model, not {type(model).__name__}")
    turns, rounds = (_QUICK_TURNS, _QUICK_ROUNDS) if options.quick else (_TURNS, _ROUNDS)
    persona = options.character()
    embedder = open_meaning(config.embedding, loaded)
    converse(
        Mind(persona, model, conversation="bench", embedder=embedder),
        persona,
        turns,
        lambda share: progress(share * _SHARE_OF_CONVERSATION),
    )
    reprocessed, read = model.stats.reprocessed_tokens, model.stats.read_tokens
    bare = BareLlama(store.locate("llm", name), cells=cells_for(name, loaded), threads=loaded.threads)
    clock, text = SystemClock(), _page_of(persona)
    ours, limit = [], []
    for number in range(rounds):
        if number % 2:
            limit.append(bare.tokens_per_s(text, count=_COUNT, clock=clock))
        ours.append(tokens_per_s(model, text, clock))
        if not number % 2:
            limit.append(bare.tokens_per_s(text, count=_COUNT, clock=clock))
        progress(_SHARE_OF_CONVERSATION + (1.0 - _SHARE_OF_CONVERSATION) * (number + 1) / rounds)
    bare.close()
    model.close()
    return {
        "llm": {
            "tokens_per_s": median(ours),
            "limit_tokens_per_s": median(limit),
            "share_of_limit": median([mine / most for mine, most in zip(ours, limit, strict=True)], digits=3),
            "reprocessed_tokens": reprocessed,
            "read_tokens": read,
            "turns": turns,
        }
    }


def converse(mind: Mind, persona: Persona, turns: int, progress: Progress) -> None:
    """A conversation as the engine leads it: read ahead, answer, read ahead what was said."""
    memory = Memory()
    for number in range(turns):
        for _ in mind.warm(memory):
            pass
        line = PLAYER_LINES[number % len(PLAYER_LINES)]
        parts = list(mind.answer(MindView(text=line, memory=memory, state=dict(persona.state), world={})))
        said = "".join(part.text for part in parts if isinstance(part, ReplyText))
        memory = memory.after(Exchange(line, said), keep=persona.memory.turns)
        progress((number + 1) / turns)


def tokens_per_s(model: LlamaModel, text: str, clock: Clock) -> float:
    """The rate at which tokens come after the first one; 0 when the model had nothing to say."""
    pieces = model.generate(Prompt("rate", prefix=text, tail=""), Limits(max_tokens=_COUNT, stop=()))
    next(pieces, None)
    began_s, began = clock.now(), model.stats.generated_tokens
    for _ in pieces:
        pass
    count = model.stats.generated_tokens - began
    return count / (clock.now() - began_s)


def _page_of(persona: Persona) -> str:
    """A page of dialogue, about as long as a prompt."""
    lines = [
        f"{persona.name}: {fact.text}\nPlayer: {line}"
        for fact, line in zip(persona.knowledge, PLAYER_LINES, strict=False)
    ]
    return "\n".join([persona.description, *lines, f"{persona.name}: Once upon a time there was a"])


if __name__ == "__main__":
    run(measure)
