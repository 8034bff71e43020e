"""Whether a reply passes its case, and if not, why; pure, knows no model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from npcengine.mind.fillers import fillers_of
from npcengine.persona import Persona
from npcengine.studio.evaluation.patterns import held, same_words
from npcengine.studio.evaluation.suite import NO_ACTION, Case
from npcengine.types import ActionCall, Emotion, Source
from npcengine.voice.displayed_text import displayed

Check: TypeAlias = Literal["failed", "forbidden", "missing", "action", "emotion", "unknown", "line"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a player would get for one question.

    Attributes:
        text: The words as a subtitle shows them.
        emotion: How they feel.
        actions: What the game was asked to do.
        source: Where the words come from.
        knowledge_used: Ids of the facts that were found for the question.
        took_s: From the question to the reply's end, in seconds.
        failure: What the engine said when it failed; empty when it did not.
    """

    text: str
    emotion: Emotion
    actions: tuple[ActionCall, ...] = ()
    source: Source = "model"
    knowledge_used: tuple[str, ...] = ()
    took_s: float = 0.0
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a reply fails: which check, in a writer's words, and the words it is about."""

    check: Check
    why: str
    about: tuple[str, ...] = ()


def judge(case: Case, reply: Reply, persona: Persona) -> tuple[Fault, ...]:
    """Everything that is wrong with a reply; nothing when it passes."""
    if reply.failure:
        return (Fault("failed", f"the language model failed: {reply.failure}"),)
    return tuple(_faults(case, reply, persona))


def _faults(case: Case, reply: Reply, persona: Persona) -> Iterator[Fault]:
    if forbidden := held(reply.text, case.forbidden):
        yield Fault("forbidden", f"says {_listed(forbidden)}", forbidden)
    yield from _wording_faults(case, reply, persona)
    if case.action:
        yield from _action_faults(case, reply.actions)
    if case.emotion and reply.emotion not in case.emotion:
        yield Fault("emotion", f"feels {reply.emotion}, not {' or '.join(case.emotion)}", case.emotion)


def _wording_faults(case: Case, reply: Reply, persona: Persona) -> Iterator[Fault]:
    found = bool(held(reply.text, case.any_of))
    if case.kind == "unknown":
        if not found and not is_among(without_filler(reply.text, persona), persona.unknown):
            yield Fault("unknown", "claims to know: it is none of the `unknown` lines", case.any_of)
        return
    if case.kind == "line" and not is_among(reply.text, author_lines(persona)):
        yield Fault("line", "is not, word for word, what the author wrote", case.any_of)
    elif case.any_of and not found:
        yield Fault("missing", f"says none of {_listed(case.any_of)}", case.any_of)


def _action_faults(case: Case, actions: tuple[ActionCall, ...]) -> Iterator[Fault]:
    asked = actions or (ActionCall(NO_ACTION),)
    wanted = " or ".join(_wanted(name, case) for name in case.action)
    for call in asked:
        if call.name not in case.action or not _has(call, case):
            done = _described(call) if actions else "no action"
            yield Fault("action", f"asks for {done}, not {wanted}", (call.name,))


def _has(call: ActionCall, case: Case) -> bool:
    """Whether a call carries the arguments that the case names."""
    if call.name == NO_ACTION:
        return True
    return all(call.args.get(name, NO_ACTION).casefold() == value.casefold() for name, value in case.args.items())


def author_lines(persona: Persona) -> tuple[str, ...]:
    """What the author wrote to be said as it stands: lines, and the answers of examples."""
    return (*(line.say for line in persona.lines), *(example.npc for example in persona.examples))


def without_filler(text: str, persona: Persona) -> str:
    """A reply from its first word on that is no filler."""
    return next((text.removeprefix(each).lstrip() for each in fillers_of(persona) if text.startswith(each)), text)


def is_among(text: str, lines: tuple[str, ...]) -> bool:
    """Whether a reply is one of these lines and nothing else."""
    return any(same_words(text, displayed(line)) for line in lines)


def _wanted(name: str, case: Case) -> str:
    return "no action" if name == NO_ACTION else _described(ActionCall(name, case.args))


def _described(call: ActionCall) -> str:
    args = ", ".join(f"{name}: {value}" for name, value in call.args.items())
    return f"{call.name}({args})" if args else call.name


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f'"{word}"' for word in words)
