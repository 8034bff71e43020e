"""How long a question waits for what a character knows: facts found among 20, 200 and 5,000, with the real embedder.

Run it with the project as current folder: ``python -m benchmarks.knowledge``. Prints one JSON object.
"""

from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path
from statistics import median, quantiles

from npcengine.clock import Clock, SystemClock, elapsed_ms
from npcengine.mind import bert
from npcengine.mind.embedding_cache import CachedEmbedder
from npcengine.mind.heard import Names
from npcengine.mind.knowledge import Knowledge
from npcengine.mind.memory import Memory
from npcengine.mind.reading import read
from npcengine.models.catalogue import default_name
from npcengine.persona import Persona, persona_from_dict
from npcengine.types import LoadOptions

SIZES = (20, 200, 5000)
QUESTIONS = 60

_WHO = [
    "baker",
    "miller",
    "tanner",
    "weaver",
    "cooper",
    "fletcher",
    "potter",
    "brewer",
    "tailor",
    "mason",
    "shepherd",
    "carter",
    "chandler",
]
_DID = ["lost", "found", "sold", "hid", "broke", "stole", "mended", "buried", "painted", "carried"]
_WHAT = [
    "ring",
    "cart",
    "lamp",
    "kettle",
    "saddle",
    "ladder",
    "violin",
    "anchor",
    "mirror",
    "barrel",
    "lantern",
    "clock",
]
_WHERE = ["well", "mill", "bridge", "chapel", "market", "forest", "harbour", "tower", "quarry", "orchard"]
_WHEN = ("last winter", "in spring", "at midsummer", "two years ago", "on the night of the storm", "before the war")


def a_persona(facts: int) -> Persona:
    """A character that knows so many things, no two the same."""
    chance = random.Random(facts)  # noqa: S311 - no secret
    knowledge = []
    for number in range(facts):
        who, did, what, where = (chance.choice(each) for each in (_WHO, _DID, _WHAT, _WHERE))
        text = f"The {who} {number} {did} a {what} near the {where} {chance.choice(_WHEN)}."
        say = f"A {what}, near the {where}. The {who} {did} it."
        knowledge.append({"id": f"fact{number}", "text": text, "say": say, "topics": [who, what, where]})
    return persona_from_dict({"npcengine": 1, "name": "Greta Moll", "knowledge": knowledge})


def questions(count: int) -> list[str]:
    """Questions that no two of are the same, so that none is answered from memory."""
    chance = random.Random(0)  # noqa: S311 - no secret
    return [
        f"what did the {chance.choice(_WHO)} do with a {chance.choice(_WHAT)} by the {chance.choice(_WHERE)} {number}"
        for number in range(count)
    ]


def measure(facts: int, embedder: CachedEmbedder, clock: Clock) -> dict[str, float]:
    """Building the index, building it again from what was kept on disk, and asking."""
    persona = a_persona(facts)
    begun_s = clock.now()
    Knowledge(persona, embedder)
    built = elapsed_ms(clock, begun_s)
    begun_s = clock.now()
    knowledge = Knowledge(persona, embedder)
    rebuilt = elapsed_ms(clock, begun_s)
    names = Names([topic for fact in persona.knowledge for topic in fact.topics], known=())
    memory, took = Memory(), []
    for question in questions(QUESTIONS):
        begun_s = clock.now()
        knowledge.find(read(question, names, memory), memory, state={}, world={})
        took.append(elapsed_ms(clock, begun_s))
    return {
        "first_build_ms": round(built, 1),
        "build_ms": round(rebuilt, 1),
        "query_p50_ms": round(median(took), 2),
        "query_p95_ms": round(quantiles(took, n=20)[-1], 2),
    }


def main() -> None:
    """All sizes."""
    with tempfile.TemporaryDirectory() as folder:
        model = bert.load(default_name("embedding"), LoadOptions())
        embedder = CachedEmbedder(model, name="benchmark", folder=Path(folder))
        figures = {size: measure(size, embedder, SystemClock()) for size in SIZES}
        embedder.close()
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
