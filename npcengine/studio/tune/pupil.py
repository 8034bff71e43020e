"""Who is taught, and everything that is said to it with the reply that is wanted; from files, as plain values.

Knows no prompt and no model.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from npcengine.errors import PersonaError
from npcengine.mind.first_person import in_own_words
from npcengine.mind.memory import Exchange as Heard
from npcengine.mind.memory import Memory
from npcengine.persona import Example, Fact, Persona, load_persona
from npcengine.studio.tune.exchange_file import Exchange, Said, Skill, read_exchanges
from npcengine.studio.tune.world_file import World, as_known, as_persona, read_world
from npcengine.types import Emotion

ASKED_OF_A_FACT = 2
"""Wordings of a fact's questions that are taught as they stand; more would drown the answers written by hand."""

NEAR_A_FACT = 2
"""Questions near a fact that nothing answers."""

UNANSWERABLE = 12
"""Questions of a world that nothing answers."""

_ASKING = ("What about {topic}?", "tell me about {topic}", "what do you know of {topic}", "{topic}?", "and {topic}")
_HEAD = re.compile(r"^(npcengine|npcengine_training|npcengine_exchanges):", re.MULTILINE)
_VOICE: frozenset[Skill] = frozenset(
    {"console", "greet", "haggle", "identity", "insult", "joke", "part", "small_talk", "thank", "threaten"}
)
"""Skills that need no fact: such exchanges may stand in a character file as examples."""


@dataclass(frozen=True, slots=True)
class Taught:
    """One moment, and what the character is to say.

    Attributes:
        skill: What it teaches; ``"decline"`` for a line that the given facts don't answer.
        player: The player's line; empty where something happened instead.
        reply: What is said; empty where the character has nothing to say and its author's words are spoken.
        emotion: How it feels; None to let the engine tell.
        event: What happened, or what goes with the line.
        facts: Ids of facts that have to stand beside the line.
        told: What the player told before.
        history: What was said before.
    """

    skill: str
    player: str
    reply: str
    emotion: Emotion | None = None
    event: str = ""
    deed: str = ""
    facts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    history: tuple[Said, ...] = ()

    def memory(self) -> Memory:
        """What the character remembers at this moment."""
        return Memory(exchanges=tuple(Heard(said.player, said.npc) for said in self.history))


@dataclass(frozen=True, slots=True)
class Pupil:
    """A character, and all it is taught.

    Attributes:
        name: Of its file.
        persona: The character; its examples are chosen anew for each lesson where there are `voices`.
        taught: All of it.
        voices: Exchanges that may stand as examples of its voice.
    """

    name: str
    persona: Persona
    taught: tuple[Taught, ...]
    voices: tuple[Example, ...] = ()


def pupil_of_world(name: str, world: World, exchanges: Sequence[Exchange], chance: random.Random) -> Pupil:
    """A character of a training world, with the questions of its world and its exchanges."""
    knowledge, taught = [], []
    for fact in world.facts:
        known, foreseen = as_known(fact, chance)
        knowledge.append(known)
        others = [each for each in fact.ask if each != foreseen]
        taught += _answers(known, _some(others, ASKED_OF_A_FACT, chance), world.character.name)
        taught += [Taught("decline", each, "", facts=(fact.id,)) for each in _some(fact.near, NEAR_A_FACT, chance)]
    taught += [Taught("decline", each, "") for each in _some(world.unanswerable, UNANSWERABLE, chance)]
    taught += [each for exchange in exchanges for each in _of_exchange(exchange)]
    persona = as_persona(world, tuple(knowledge))
    voices = [
        Example(player=e.player, npc=e.npc, emotion=e.emotion) for e in exchanges if e.skill in _VOICE and e.player
    ]
    return Pupil(name, persona, tuple(taught), tuple(voices))


def pupil_of_character(name: str, persona: Persona, exchanges: Sequence[Exchange] = ()) -> Pupil:
    """A studio's own character: its facts, lines and examples, and exchanges written for it."""
    taught = [Taught("talk", each.player, each.npc, each.emotion) for each in persona.examples]
    taught += [Taught("answer", ask, line.say, line.emotion) for line in persona.lines for ask in line.when_asked]
    for fact in persona.knowledge:
        if fact.when is None:
            asks = [way.format(topic=topic) for topic, way in zip(fact.topics, _ASKING, strict=False)]
            taught += _answers(fact, fact.when_asked or asks, persona.name)
    taught += [each for exchange in exchanges for each in _of_exchange(exchange)]
    return Pupil(name, persona, tuple(taught))


def read_pupils(paths: Sequence[Path], *, seed: int) -> list[Pupil]:
    """The pupils of training worlds, of exchange files and of character files, in the order of their names.

    Args:
        paths: Files, or folders of them. An exchange file names its world (``worlds/NAME.yaml`` beside its folder) or
            its character file; both may be given too, and are then taken once.
        seed: Of the topics that a world's character is given, and of the questions that are chosen.

    Raises:
        PersonaError: A file is none of these, or has a mistake.
    """
    written: dict[Path, list[Exchange]] = {}
    for path in _files(paths):
        if _head(path) == "npcengine_exchanges":
            file = read_exchanges(path)
            written.setdefault(file.whose(path), []).extend(file.exchanges)
        else:
            written.setdefault(path.resolve(), [])
    return [
        _pupil(path, exchanges, random.Random(f"{seed} {path.stem}")) for path, exchanges in sorted(written.items())
    ]


def _pupil(path: Path, exchanges: Sequence[Exchange], chance: random.Random) -> Pupil:
    if not path.is_file():
        raise PersonaError(f"{path} is not there, and exchanges were written for it: give its folder, or mend the name")
    if _head(path) == "npcengine_training":
        return pupil_of_world(path.stem, read_world(path), exchanges, chance)
    return pupil_of_character(path.stem, load_persona(path), exchanges)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """What is named, and whatever in folders is of use; a character's lore and its suites may lie there too."""
    for path in paths:
        if path.is_dir():
            found = sorted(each for each in path.rglob("*.y*ml") if each.is_file())
            yield from (each for each in found if _head(each))
        elif path.is_file():
            yield path
        else:
            raise PersonaError(f"{path}: there is no such file or folder")


def _head(path: Path) -> str:
    """The key that tells what a file is; empty for none of ours."""
    found = _HEAD.search(path.read_text(encoding="utf-8", errors="replace"))
    return found[1] if found else ""


def _answers(fact: Fact, asks: Sequence[str], name: str) -> list[Taught]:
    reply = fact.say or in_own_words(fact.text, name)
    return [Taught("answer", ask, reply, facts=(fact.id,)) for ask in asks] if reply else []


def _of_exchange(exchange: Exchange) -> list[Taught]:
    """What an exchange teaches; not to know is taught twice: to say so, and to leave that to the author."""
    taught = Taught(
        exchange.skill,
        exchange.player or "",
        exchange.npc,
        exchange.emotion,
        event=exchange.news or "",
        deed=exchange.deed or "",
        facts=exchange.facts,
        told=exchange.told,
        history=exchange.history,
    )
    return [taught, replace(taught, skill="decline", reply="")] if exchange.skill == "unknown" else [taught]


def _some(texts: Sequence[str], most: int, chance: random.Random) -> list[str]:
    return chance.sample(list(texts), min(most, len(texts)))
