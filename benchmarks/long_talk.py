"""200 turns of mixed talk with one character on the real models: nothing empty, nothing twice running, memory flat.

Run it from the project's root: ``python -m benchmarks.long_talk``. Ends with code 1 where a reply is empty, is the one
before again, or the process has grown.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median

import psutil

from npcengine.brain.embedding import open_meaning
from npcengine.brain.registry import open_llm
from npcengine.clock import SystemClock, elapsed_ms
from npcengine.config import EngineConfig
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import Mind
from npcengine.mind.remembering import live_through
from npcengine.mind.view import MindView, ReplyEnd, ReplyText
from npcengine.mind.words import words
from npcengine.persona import load_persona
from npcengine.types import LoadOptions

TURNS = 200
SETTLED = 60
"""From this turn on the process may grow no more: the history has been cut once."""

MOST_GROWTH_MB = 8
CHARACTER = Path(__file__).resolve().parents[1] / "characters" / "gerta.yaml"
CHAT = (
    "hello", "how are you today?", "what a lovely morning", "you look tired", "I walked all night", "my feet hurt",
    "do you like it here?", "I think you're wrong about that", "ha, very funny", "that is a fine hammer", "I'm lost",
    "thank you", "hm", "and then?", "why?", "what do you think of the weather?", "I have no money", "goodbye for now",
    "you are a terrible smith", "I am sorry", "tell me a story", "what would you do if you were rich?", "sing a song",
    "I lost my brother", "it is so cold", "are you happy?", "I don't believe you", "never mind", "right", "um, well",
)  # fmt: skip
ASKED = ("What about {}?", "tell me about {}", "do you know anything of {}", "who can tell me about {}", "wot about {}")


HABIT_SHARE = 0.03
"""A phrase that more replies than this share is a habit."""


def longest_habit(replies: Sequence[str]) -> str:
    """The longest phrase that more than `HABIT_SHARE` of all replies hold; empty for none."""
    length, longest = 1, ""
    while True:
        phrases = Counter(phrase for reply in replies for phrase in set(_phrases(words(reply), length)))
        phrase, count = phrases.most_common(1)[0] if phrases else ((), 0)
        if count <= HABIT_SHARE * len(replies):
            return longest
        length, longest = length + 1, " ".join(phrase)


def _phrases(said: Sequence[str], length: int) -> list[tuple[str, ...]]:
    return [tuple(said[start : start + length]) for start in range(len(said) - length + 1)]


def main() -> int:
    """One talk; prints its figures."""
    config = EngineConfig()
    options = LoadOptions(threads=1, context_tokens=config.context_tokens)
    model, embedder = open_llm(config.llm, options), open_meaning(config.embedding, options)
    persona = load_persona(CHARACTER)
    mind = Mind(persona, model, conversation="talk", embedder=embedder)
    chance, clock, process = random.Random(1), SystemClock(), psutil.Process()  # noqa: S311 - no secret
    topics = [topic for fact in persona.knowledge for topic in fact.topics]
    memory, replies, sources, took = Memory(), [], Counter[str](), []
    settled_mb = 0.0
    for turn in range(TURNS):
        line = chance.choice(CHAT) if turn % 3 else chance.choice(ASKED).format(chance.choice(topics))
        begun_s = clock.now()
        parts = list(mind.answer(MindView(line, memory, dict(persona.state), {})))
        took.append(elapsed_ms(clock, begun_s))
        end = next(part for part in parts if isinstance(part, ReplyEnd))
        replies.append("".join(part.text for part in parts if isinstance(part, ReplyText)).strip())
        sources[end.source] += 1
        memory, _ = live_through(memory, Exchange(line, replies[-1]), persona, used=end.knowledge_used)
        if turn == SETTLED:
            settled_mb = process.memory_info().rss / 1e6
    growth_mb = process.memory_info().rss / 1e6 - settled_mb
    twice = [later for earlier, later in pairwise(replies) if earlier == later]
    figures = {
        "turns": TURNS,
        "empty": replies.count(""),
        "the_one_before_again": twice,
        "different_replies": len(set(replies)),
        "longest_habit": longest_habit(replies),
        "sources": dict(sources),
        "reply_ms_median": round(median(took)),
        "growth_mb": round(growth_mb, 1),
    }
    print(json.dumps(figures, indent=2))
    model.close()
    return int("" in replies or bool(twice) or growth_mb > MOST_GROWTH_MB)


if __name__ == "__main__":
    sys.exit(main())
