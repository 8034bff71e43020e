"""Every field of a character file, and of a lore file, changes something that a player or a game can notice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import get_args

import pytest
from pydantic import BaseModel

from npcengine.lore import Lore
from npcengine.persona import Persona
from tests.unit.persona.showing import (
    BASE,
    TROLL,
    Data,
    State,
    acts,
    adapters_asked_for,
    asked_voice,
    blinks,
    colours,
    conversation,
    emotion,
    frowns,
    greeting,
    loads,
    loudness,
    pitch_hz,
    prompt,
    remembered_facts,
    remembered_turns,
    said_names,
    shared,
    source_of_what_is_known,
    used,
    words,
)


@dataclass(frozen=True)
class Effect:
    """One field: what is seen with it, and what with another value, or without it.

    Attributes:
        given: The character with the field, over `BASE`.
        seen: Where its effect shows.
        expected: What is seen there.
        instead: The character with another value, over `BASE`.
        otherwise: What is seen then.
    """

    given: Data
    seen: Callable[[Data], object]
    expected: object
    instead: Data = field(default_factory=dict)
    otherwise: object = None


FOREHEAD, HAIR, IRIS, SHOULDER, KNOT = (
    (150, 115, 180, 125), (135, 55, 185, 68), (120, 182, 128, 186), (60, 345, 90, 358), (165, 26, 180, 36)
)  # fmt: skip
"""Where in a preview these are seen: left, top, right, bottom."""


def painted(part: str, area: tuple[int, int, int, int]) -> Effect:
    """The preview shows just that colour there."""
    given, instead = ({"face": {part: colour, "hair_style": "short"}} for colour in ("#cc8844", "#448822"))
    return Effect(given, lambda data: colours(data, area), (204, 136, 68), instead, (68, 136, 34))


def told(text: str, line: str = "Good day.") -> Callable[[Data], object]:
    """Whether the model is shown this text."""
    return lambda data: text in prompt(data, line)


def fact(**changed: object) -> Data:
    """A character that knows of the troll."""
    return {
        "state": {"trust": 50},
        "knowledge": [{key: value for key, value in (TROLL | changed).items() if value is not None}],
    }


def line(**changed: object) -> Data:
    """A character with an exact line."""
    return {"lines": [{"when_asked": ["What does a bed cost?"], "say": "Three copper.", "emotion": "firm"} | changed]}


def example(**changed: object) -> Data:
    """A character with one example."""
    return {"examples": [{"player": "Do you like rain?", "npc": "On other roofs.", "emotion": "amused"} | changed]}


def action(**changed: object) -> Data:
    """A character that can smite."""
    whole = {"name": "blow", "description": "Smite the player.", "args": {"item": "weapons"}, "when": "trust > 60"}
    return {"state": {"trust": 70}, "actions": [whole | changed]}


def shown(given: Data, text: str) -> Effect:
    """The model is shown the text because of this field."""
    return Effect(given, told(text), expected=True, otherwise=False)


def said(line_of_player: str, **moment: State) -> Callable[[Data], str]:
    """What is said in reply to it."""
    return lambda data: words(data, line_of_player, **moment)


def felt(line_of_player: str) -> Callable[[Data], str]:
    """How the reply to it feels."""
    return lambda data: emotion(data, line_of_player)


def facts_for(line_of_player: str) -> Callable[[Data], tuple[str, ...]]:
    """Ids of the facts behind the reply to it."""
    return lambda data: used(data, line_of_player)


def done(line_of_player: str, **moment: State) -> Callable[[Data], list[tuple[str, Data]]]:
    """What the game is asked to do because of it."""
    return lambda data: acts(data, line_of_player, **moment)


def shared_ids(data: Data) -> list[str]:
    """Which facts come from the lore."""
    return [str(each["id"]) for each in shared(data)]


def declared(data: Data) -> State:
    """What the game may set."""
    return dict(conversation(data)[0].npc.state)


UNKNOWN = "I don't know."
RAIN, BED, TROLLS, SMITE = "Do you like rain?", "what does a bed cost", "What of the troll?", "Smite me."
SWORD: dict[str, State] = {"world": {"weapons": ("sword", "club")}}  # type: ignore[dict-item]  # a registry
IN_MARSH: Data = {"lore": "lore.yaml", "places": "the marsh"}
SPANISH: Data = {"language": "es"}

EFFECTS: dict[str, Effect] = {
    "npcengine": Effect({}, loads, expected=True, instead={"npcengine": 2}, otherwise=False),
    "name": shown({"name": "Zebulon"}, "Zebulon"),
    "role": shown({"role": "keeper of zebras"}, "keeper of zebras"),
    "description": shown({"description": "He counts zebras."}, "He counts zebras."),
    "personality": shown({"personality": ["zany"]}, "zany"),
    "style": shown({"style": "Speaks of zebras."}, "Speaks of zebras."),
    "mood": Effect({"mood": "sad"}, lambda data: conversation(data)[0].npc.mood, "sad", otherwise="neutral"),
    "lore": Effect({"lore": "lore.yaml"}, shared_ids, ["mill"], otherwise=[]),
    "places": Effect(IN_MARSH, shared_ids, ["mill", "troll"], {"lore": "lore.yaml"}, ["mill"]),
    "state": Effect({"state": {"trust": 5}}, declared, {"trust": 5}, otherwise={}),
    "greeting": Effect({"greeting": "Well met."}, greeting, ["Well met."], otherwise=[]),
    "fillers": Effect({"fillers": ["Hmm."]}, said(RAIN), f"Hmm. {UNKNOWN}", otherwise=UNKNOWN),
    "wording": Effect(
        fact() | {"wording": "model"}, lambda data: source_of_what_is_known(data, TROLLS), "model", fact(), "fact"
    ),
    "examples.player": Effect(example(), said(RAIN), "On other roofs.", example(player="Hot, is it?"), UNKNOWN),
    "examples.npc": Effect(example(), said(RAIN), "On other roofs.", example(npc="No."), "No."),
    "examples.emotion": Effect(example(), felt(RAIN), "amused", example(emotion="sad"), "sad"),
    "knowledge.id": Effect(fact(), facts_for(TROLLS), ("troll",), fact(id="ogre"), ("ogre",)),
    "knowledge.text": Effect(
        fact(say=None),
        said(TROLLS),
        "A troll guards the marsh road.",
        fact(say=None, text="A troll sleeps."),
        "A troll sleeps.",
    ),
    "knowledge.topics": Effect(
        fact(topics=["brigand"]), facts_for("What of the brigand?"), ("troll",), fact(topics=[]), ()
    ),
    "knowledge.when_asked": Effect(
        fact(topics=[], when_asked=["Is the way through the reeds safe?"]),
        facts_for("Is the way through these reeds safe?"), ("troll",), fact(topics=[]), (),
    ),
    "knowledge.say": Effect(fact(), said(TROLLS), "Grumbles.", fact(say=None), "A troll guards the marsh road."),
    "knowledge.when": Effect(fact(when="trust > 60"), facts_for(TROLLS), (), fact(when="trust > 40"), ("troll",)),
    "knowledge.secret": Effect(
        # Facts without a condition serve the model as examples of the voice.
        fact(secret=True), told("Grumbles."), expected=False, instead=fact(secret=False), otherwise=True
    ),
    "lines.when_asked": Effect(line(), said(BED), "Three copper.", line(when_asked="Is it hot?"), UNKNOWN),
    "lines.say": Effect(line(), said(BED), "Three copper.", line(say="Two."), "Two."),
    "lines.emotion": Effect(line(), felt(BED), "firm", line(emotion="sad"), "sad"),
    "actions.name": Effect(action(args={}), done(SMITE), [("blow", {})], action(args={}, name="hit"), [("hit", {})]),
    "actions.description": Effect(action(args={}), done(SMITE), [("blow", {})], action(args={}, description="Puf"), []),
    "actions.args": Effect(
        action(), done("Smite the club.", **SWORD), [("blow", {"item": "club"})],
        action(args={"with": "weapons"}), [("blow", {"with": "club"})],
    ),
    "actions.when": Effect(action(args={}), done(SMITE), [("blow", {})], action(args={}, when="trust > 80"), []),
    "unknown": Effect({"unknown": "Ask him."}, said("Who is the king of Zembla"), "Ask him.", otherwise=UNKNOWN),
    "out_of_world": Effect(
        {"out_of_world": "Have some soup."}, said("Are you an AI?"), "Have some soup.", otherwise="I don't follow you."
    ),
    "relations": shown({"relations": {"gerta": "A zealous aunt."}}, "A zealous aunt."),
    "adapter": Effect({"adapter": "pirate.gguf"}, adapters_asked_for, {"pirate.gguf"}, otherwise={""}),
    "voice.tts": Effect({"voice": {"tts": "fake:hum"}}, lambda data: asked_voice(data).tts, "fake:hum", otherwise=""),
    "voice.speed": Effect({"voice": {"speed": 2.0}}, lambda data: asked_voice(data).speed, 2.0, otherwise=1.0),
    "voice.pitch": Effect({"voice": {"pitch": 4.0}}, pitch_hz, 190, otherwise=150),
    "voice.timbre": Effect(
        # It is spoken slower by what makes it smaller and faster afterwards.
        {"voice": {"timbre": 1.25}}, lambda data: asked_voice(data).speed, 0.8, otherwise=1.0
    ),
    "voice.volume": Effect({"voice": {"volume": 0.5}}, loudness, -29, otherwise=-23),
    "pronunciation": Effect(
        {"pronunciation": {"Varn": "VAIRN"}}, lambda data: asked_voice(data).pronunciation, (("Varn", "vˈɛɹn"),),
        otherwise=(),
    ),
    "face.expressiveness": Effect({"face": {"expressiveness": 0.0}}, frowns, expected=False, otherwise=True),
    "face.blink_per_minute": Effect(
        {"face": {"blink_per_minute": 0}}, lambda data: blinks(data) > 5, expected=False, otherwise=True
    ),
    "face.skin": painted("skin", FOREHEAD),
    "face.hair": painted("hair", HAIR),
    "face.eyes": Effect(
        {"face": {"eyes": "#3366cc"}}, lambda data: colours(data, IRIS)[2] > 140, expected=True,
        instead={"face": {"eyes": "#664422"}}, otherwise=False,
    ),
    "face.clothes": painted("clothes", SHOULDER),
    "face.hair_style": Effect(
        {"face": {"hair": "#cc4422", "hair_style": "bun"}}, lambda data: colours(data, KNOT)[2] < 100, expected=True,
        instead={"face": {"hair": "#cc4422", "hair_style": "short"}}, otherwise=False,
    ),
    "memory.turns": Effect({"memory": {"turns": 5}}, remembered_turns, 5, otherwise=12),
    "memory.facts": Effect({"memory": {"facts": 5}}, remembered_facts, 5, otherwise=20),
    "language": Effect(fact(topics=["rojas"]) | SPANISH, facts_for("¿Rojo?"), ("troll",), fact(topics=["rojas"]), ()),
}  # fmt: skip


def leaves(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[str]:
    """The dotted names of all fields that hold no further group."""
    for name, described in model.model_fields.items():
        kinds = (described.annotation, *get_args(described.annotation))
        group = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
        if group:
            yield from leaves(group, (*path, name))
        else:
            yield ".".join((*path, name))


def test_every_field_of_a_character_is_shown_to_have_an_effect() -> None:
    """Whoever adds a field says here where it shows."""
    assert set(EFFECTS) == set(leaves(Persona))


@pytest.mark.parametrize("name", EFFECTS)
def test_the_field_has_its_effect(name: str) -> None:
    """With the field, and with another value or none, what is seen differs as the guide says."""
    effect = EFFECTS[name]
    assert effect.seen(BASE | effect.given) == effect.expected
    assert effect.seen(BASE | effect.instead) == effect.otherwise
    assert effect.expected != effect.otherwise


def of_lore(**changed: object) -> Data:
    """Lore with one fact of these fields."""
    return {"npcengine_lore": 1, "facts": [TROLL | changed]}


LORE_EFFECTS: dict[str, tuple[Data, Data, str]] = {
    "npcengine_lore": (of_lore(), of_lore() | {"npcengine_lore": 2}, "id"),
    "facts.id": (of_lore(), of_lore(id="ogre"), "id"),
    "facts.text": (of_lore(), of_lore(text="A troll sleeps."), "text"),
    "facts.topics": (of_lore(), of_lore(topics=["ogre"]), "topics"),
    "facts.when_asked": (of_lore(), of_lore(when_asked=["Is the road safe?"]), "when_asked"),
    "facts.say": (of_lore(), of_lore(say="Hm."), "say"),
    "facts.when": (of_lore(), of_lore(when="world.night"), "when"),
    "facts.secret": (of_lore(), of_lore(secret=True), "secret"),
    "facts.tier": (of_lore(), of_lore(tier="local", places=["the moon"]), "id"),
    "facts.places": (of_lore(tier="local", places=["home"]), of_lore(tier="local", places=["the moon"]), "id"),
    "facts.known_by": (of_lore(tier="private", known_by=["Tom"]), of_lore(tier="private", known_by=["Tam"]), "id"),
}


def test_every_field_of_lore_is_shown_to_have_an_effect() -> None:
    """Whoever adds a field says here where it shows."""
    assert {*LORE_EFFECTS, "pronunciation"} == set(leaves(Lore))


def names_in(lore: Data) -> dict[str, str]:
    """How a character with this lore, and with a name of its own, says names."""
    return said_names(BASE | {"lore": "lore.yaml", "pronunciation": {"Tuva": "TOO-vuh"}}, lore)


def test_a_pronunciation_of_lore_comes_to_the_character() -> None:
    """Names that lore pronounces are said so; the character's own entry of a name goes before the lore's."""
    own = {"Tuva": "tˈuːvə"}
    assert names_in(of_lore()) == own
    assert names_in(of_lore() | {"pronunciation": {"Varn": "VAIRN", "Tuva": "tyoo"}}) == {"Varn": "vˈɛɹn"} | own


@pytest.mark.parametrize("name", LORE_EFFECTS)
def test_the_field_of_lore_changes_what_a_character_knows(name: str) -> None:
    """With one value the fact comes to the character in one way, with another in another way or not at all."""
    first, second, seen = LORE_EFFECTS[name]
    tom = BASE | {"lore": "lore.yaml", "places": "home"}
    known, changed = ([each[seen] for each in shared(tom, lore)] for lore in (first, second))
    assert known
    assert known != changed
