"""What a writer can do about a failing reply; pure, reads a character as its file has it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from npcengine.conditions import parse_condition
from npcengine.mind.view import MindView
from npcengine.persona import Fact, Persona
from npcengine.studio.evaluation.judging import Check, Fault
from npcengine.studio.evaluation.patterns import held, plain
from npcengine.studio.evaluation.sitting import Turn, view_of
from npcengine.studio.evaluation.suite import NO_ACTION

ToDo: TypeAlias = Literal[
    "failed", "leaked", "broke_character", "made_up", "no_fact", "locked", "not_found", "not_said", "claimed", "line",
    "action", "emotion",
]  # fmt: skip

HEADINGS: Mapping[ToDo, str] = MappingProxyType(
    {
        "failed": "The language model failed",
        "leaked": "A secret was told: look where its words stand",
        "broke_character": "Out of character: keep the talk in the story's world",
        "made_up": "A word that should not be said",
        "no_fact": "The file does not say it: write a fact",
        "locked": "The fact is not told in this state: look at its `when`",
        "not_found": "The fact was not found: foresee more questions",
        "not_said": "The fact was found but not told: give it a short `say`",
        "claimed": "Claimed to know what the file does not say",
        "line": "The author's exact words were not spoken: widen `when_asked`",
        "action": "The wrong deed: look at the action's description and `when`",
        "emotion": "Another feeling: show it in an example",
    }
)
"""What to do, the most pressing first."""

_ASKING = frozenset({
    "about", "again", "ahead", "always", "anyone", "anything", "been", "before", "come", "could", "does", "doing",
    "done", "ever", "from", "give", "going", "have", "here", "know", "like", "made", "make", "many", "mean", "much",
    "must", "nobody", "over", "please", "really", "should", "some", "somebody", "something", "tell", "than", "that",
    "their", "them", "then", "there", "these", "they", "thing", "think", "this", "those", "very", "want", "were",
    "what", "whats", "when", "where", "which", "will", "with", "wont", "would", "year", "your", "youre", "yours",
})  # fmt: skip
"""Words of questions that name no topic."""
_LONG_ENOUGH = 4
_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do: the group that a report puts it in, and a sentence about this case."""

    to_do: ToDo
    hint: str


def advise(turn: Turn) -> Advice:
    """What to do about the first, most pressing fault of a failing turn."""
    fault = turn.faults[0]
    return _ADVISERS[fault.check](turn, fault)


def _about_failure(turn: Turn, fault: Fault) -> Advice:  # noqa: ARG001 - every adviser is called like this
    return Advice("failed", "run npcengine doctor; the reply could not be judged")


def _about_forbidden(turn: Turn, fault: Fault) -> Advice:
    persona, view = turn.sitting.persona, _view(turn)
    where = _places(persona, view, fault.about)
    stands = f"these words stand in {', '.join(where)}" if where else "the file's public part does not hold these words"
    match turn.case.kind:
        case "leak":
            cure = "move them out of what anyone may hear" if where else "the model made them up or took them over"
            return Advice("leaked", f"{stands}: {cure}")
        case "in_character":
            return Advice("broke_character", f"add an example that turns such talk away; {stands}")
        case _:
            return Advice("made_up", f"{stands}; check whether the case forbids too much")


def _about_missing(turn: Turn, fault: Fault) -> Advice:
    """Where the wanted words stand, and why they were not said."""
    persona, view, reply = turn.sitting.persona, _view(turn), turn.reply
    holders = _holders(persona, fault.about)
    if not holders:
        return Advice("no_fact", "no fact holds any of these words: write one, or correct any_of")
    known = [fact for fact in holders if _is_known(fact, persona, view)]
    if not known:
        return Advice("locked", f'{holders[0].id} is told only when "{holders[0].when}", which does not hold here')
    found = [fact for fact in _best(known, fault.about) if fact.id in reply.knowledge_used]
    if found:
        return Advice("not_said", _surer(turn.ask, found[0]))
    best = known[0]
    if reply.source == "line":
        return Advice("not_found", f"a scripted line or example answered instead of {best.id}: narrow its wording")
    if reply.source == "out_of_world":
        return Advice("not_found", f"taken for talk of another world: add such a question to `when_asked` of {best.id}")
    instead = f"found {', '.join(reply.knowledge_used)} instead" if reply.knowledge_used else "no fact was found"
    cure = f"add {_new_words(turn.ask, best)} to its topics, or a question like it to its `when_asked`"
    return Advice("not_found", f"{instead}, but {best.id} answers: {cure}")


def _surer(ask: str, fact: Fact) -> str:
    """What makes a fact that was found be told."""
    how = "the reply put it otherwise: shorten its `say`" if fact.say else "it has no `say`: write one"
    return f"{fact.id} was found, and {how}; with {_new_words(ask, fact)} among its topics it is found more surely"


def _about_unknown(turn: Turn, fault: Fault) -> Advice:  # noqa: ARG001
    if turn.reply.source == "line":
        return Advice("claimed", "a scripted line or example answered: narrow its wording")
    if turn.reply.source == "out_of_world":
        return Advice("claimed", "taken for talk of another world, though it belongs to this one")
    if turn.reply.knowledge_used:
        return Advice("claimed", f"answered from {', '.join(turn.reply.knowledge_used)}: narrow the topics there")
    return Advice("claimed", "the model made this up: if it should be known, write a fact")


def _about_line(turn: Turn, fault: Fault) -> Advice:
    lines = [line for line in turn.sitting.persona.lines if held(line.say, fault.about)]
    meant = f'the line "{lines[0].say}"' if lines else "the line that is meant"
    return Advice("line", f"add a wording like this one to `when_asked` of {meant}")


def _about_action(turn: Turn, fault: Fault) -> Advice:
    done = fault.about[0]
    if done != NO_ACTION and done not in turn.case.action:
        return Advice("action", f"taken for a request: narrow the description of {done}, or add a `when`")
    if done != NO_ACTION:
        return Advice("action", f"{done} is right, its arguments are not: check the registries in the case's world")
    persona, view = turn.sitting.persona, _view(turn)
    wanted = next((each for each in persona.actions if each.name in turn.case.action), None)
    if wanted and wanted.when and not parse_condition(wanted.when, persona.state.keys()).holds(view.state, view.world):
        return Advice("action", f'{wanted.name} needs "{wanted.when}", which does not hold in this case')
    name = wanted.name if wanted else turn.case.action[0]
    return Advice("action", f"not taken for a request: use the player's words in the description of {name}")


def _about_emotion(turn: Turn, fault: Fault) -> Advice:  # noqa: ARG001
    return Advice("emotion", f"add an example with a line like this one, marked {' or '.join(fault.about)}")


_ADVISERS: Mapping[Check, Callable[[Turn, Fault], Advice]] = MappingProxyType(
    {
        "failed": _about_failure,
        "forbidden": _about_forbidden,
        "missing": _about_missing,
        "unknown": _about_unknown,
        "line": _about_line,
        "action": _about_action,
        "emotion": _about_emotion,
    }
)


def _view(turn: Turn) -> MindView:
    return view_of(turn.sitting, turn.case, turn.ask)


def _holders(persona: Persona, patterns: tuple[str, ...]) -> list[Fact]:
    """The facts that hold the wanted words, those with most of them first."""
    holding = [fact for fact in persona.knowledge if _held_by(fact, patterns)]
    return sorted(holding, key=lambda fact: -_held_by(fact, patterns))


def _best(holders: list[Fact], patterns: tuple[str, ...]) -> list[Fact]:
    """Those facts that hold as many of the wanted words as the first."""
    return [fact for fact in holders if _held_by(fact, patterns) == _held_by(holders[0], patterns)]


def _held_by(fact: Fact, patterns: tuple[str, ...]) -> int:
    return len(held(f"{fact.text} {fact.say or ''}", patterns))


def _places(persona: Persona, view: MindView, patterns: tuple[str, ...]) -> list[str]:
    """Where in the file these words stand that may be told in this state."""
    texts = {
        "description": persona.description,
        "style": persona.style,
        "relations": " ".join(persona.relations.values()),
        "lines": " ".join(line.say for line in persona.lines),
        "examples": " ".join(example.npc for example in persona.examples),
        "the question itself": view.text,
    }
    texts |= {
        f"the fact {fact.id}": f"{fact.text} {fact.say or ''}"
        for fact in persona.knowledge
        if _is_known(fact, persona, view)
    }
    return [place for place, text in texts.items() if held(text, patterns)]


def _is_known(fact: Fact, persona: Persona, view: MindView) -> bool:
    return fact.when is None or parse_condition(fact.when, persona.state.keys()).holds(view.state, view.world)


def _new_words(ask: str, fact: Fact) -> str:
    """Words of a question that could become topics of a fact."""
    written = plain(" ".join((*fact.topics, fact.text)))
    words = re.findall(r"[^\W\d_]+", plain(ask).replace("'", ""))
    telling = [word for word in dict.fromkeys(words) if len(word) >= _LONG_ENOUGH and word not in _ASKING]
    new = [word for word in telling if word not in written]
    return ", ".join(f'"{word}"' for word in new[:_SUGGESTED]) or "the question's words"
