"""A character's mind: from a moment of the game to a streamed reply; composes the parts beside it around a model."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from npcengine.mind.actions import find_request, is_allowed
from npcengine.mind.guard import SURE, empty_of_words, first_sentence, grounded, repeats
from npcengine.mind.knowledge import RELATION, Found, known_facts, locked_facts, relevant
from npcengine.mind.lines import match_line
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.out_of_world import is_out_of_world
from npcengine.mind.prompt import (
    Page,
    assemble,
    exchange_cost,
    history_room,
    recent,
    speaker,
    write_history,
    write_opening,
    write_tail,
)
from npcengine.mind.protocol import LanguageModel
from npcengine.mind.reply import ReplyParser
from npcengine.mind.templates import template_for
from npcengine.mind.view import MindView, ReplyAction, ReplyEmotion, ReplyEnd, ReplyPart, ReplyText
from npcengine.persona import Fact, Persona
from npcengine.types import Emotion, Limits, Prompt, Source

__all__ = ["Mind", "MindView", "ReplyAction", "ReplyEmotion", "ReplyEnd", "ReplyPart", "ReplyText"]

PROMPT_TOKENS = 900
"""A prompt's length at most: a small model gets lost in more, and reading it costs the player's time."""

REPLY_TOKENS = 60
LONGEST_LINE = 600
"""Letters of a player's line or of an event that are looked at."""

TOLD = 2
"""Facts that a prompt is given."""

NOTE = "notes."
"""Begins the ids of the facts made from a character's notes."""


class Mind:
    """What one character says; holds no more than where its prompt's history begins.

    Everything remembered comes in with each `MindView`, so that two answers to the same moment can be asked for.
    """

    def __init__(self, persona: Persona, model: LanguageModel, *, conversation: str, seed: int = 0) -> None:
        """Make a mind.

        Args:
            persona: The character.
            model: What continues its prompts; may be shared with others.
            conversation: The model's cached sequence for this character.
            seed: Makes its choices repeatable.
        """
        self._persona = persona
        self._model = model
        self._seed = seed
        template = template_for(model.capabilities.family)
        room = min(PROMPT_TOKENS, model.capabilities.context_tokens - REPLY_TOKENS - 1)
        self._page = Page(conversation, template, tokens=room, count=model.count_tokens)
        self._opening = write_opening(persona, self._page)
        self._first: Exchange | None = None
        self._limits = Limits(max_tokens=REPLY_TOKENS, stop=template.stop, seed=seed)

    def warm(self, memory: Memory | None = None) -> None:
        """Lets the model read ahead what the next prompt begins with.

        Worth calling when the character appears, and again when a turn is over: what was said in it is then read
        before the player's next line instead of after.

        Raises:
            BackendError: The engine failed.
        """
        self._model.warm(self._prompt(MindView("", memory or Memory(), {}, {}), ()))

    def answer(self, view: MindView) -> Iterator[ReplyPart]:
        """The reply to a moment, piece by piece, with exactly one `ReplyEnd` at its end.

        Actions come first, then the emotion, then text. Closing the iterator stops the model.

        Raises:
            BackendError: The engine failed.
        """
        view = replace(view, text=view.text[:LONGEST_LINE], event=view.event[:LONGEST_LINE])
        request = find_request(self._persona, view.text, view.world)
        if request and is_allowed(request.action, self._persona, state=view.state, world=view.world):
            yield ReplyAction(request.call)
        found = self._recall(view)
        scripted = self._scripted(view, found)
        if scripted:
            yield from scripted
        else:
            yield from self._improvised(view, found)

    def _recall(self, view: MindView) -> tuple[Found, ...]:
        """What the character may tell about the line, the best first."""
        notes = tuple(Fact(id=f"{NOTE}{index}", text=note) for index, note in enumerate(view.memory.notes) if note)
        return self._about(view, known_facts(self._persona, view.state, view.world) + notes)

    def _about(self, view: MindView, facts: Sequence[Fact]) -> tuple[Found, ...]:
        last = view.memory.exchanges[-1] if view.memory.exchanges else Exchange("", "")
        return relevant(facts, view.text or view.event, before=last.player, limit=TOLD, language=self._persona.language)

    def _scripted(self, view: MindView, found: Sequence[Found]) -> Iterator[ReplyPart] | None:
        """The reply that needs no model, if there is one."""
        persona = self._persona
        if not view.text.strip():
            asked_for = persona.greeting if not view.event else ()
            return self._spoken(self._choose(asked_for, view), "line") if asked_for else None
        if line := match_line(persona, view.text):
            return self._spoken(line.say, "line", emotion=line.emotion)
        if is_out_of_world(persona, view.text):
            return self._spoken(self._choose(persona.out_of_world, view), "out_of_world")
        locked = self._about(view, locked_facts(persona, view.state, view.world))
        if locked and locked[0].score >= SURE and locked[0].score > (found[0].score if found else 0.0):
            return self._spoken(self._choose(persona.unknown, view), "unknown")
        return None

    def _improvised(self, view: MindView, found: Sequence[Found]) -> Iterator[ReplyPart]:
        """The model's reply, held until its first sentence can be judged; else the best fact's words, or none."""
        stream = self._stream(self._prompt(view, found))
        held: list[ReplyPart] = []
        said, judged = "", False
        try:
            for part in stream:
                said += part.text if isinstance(part, ReplyText) else ""
                if judged:
                    yield part
                    continue
                held.append(part)
                if first_sentence(said):
                    if not self._acceptable(said, view, found):
                        break
                    judged = True
                    yield from held
        finally:
            stream.close()
        if judged:
            yield ReplyEnd("model", _ids(found))
        else:
            yield from self._instead(view, found)

    def _instead(self, view: MindView, found: Sequence[Found]) -> Iterator[ReplyPart]:
        """What is said when the model has nothing to say that fits."""
        if found and (found[0].score >= SURE or view.event):
            best = found[0].fact
            return self._spoken(best.say or best.text, "fact", used=_ids(found[:1]))
        return self._spoken(self._choose(self._persona.unknown, view), "unknown")

    def _acceptable(self, said: str, view: MindView, found: Sequence[Found]) -> bool:
        before = [exchange.npc for exchange in view.memory.exchanges[-1:]]
        return (
            not empty_of_words(said)
            and not repeats(said, before)
            and grounded(said, found, view.text, self._persona.language)
        )

    def _stream(self, prompt: Prompt) -> Generator[ReplyEmotion | ReplyText]:
        parser = ReplyParser(
            own={speaker(self._persona), self._persona.name.split()[0]},
            others={"Player"},
            mood=self._persona.mood,
            in_tag=self._page.template.in_tag,
        )
        pieces = self._model.generate(prompt, self._limits)
        try:
            for piece in pieces:
                yield from parser.feed(piece)
                if parser.done:
                    break
            yield from parser.finish()
        finally:
            close = getattr(pieces, "close", None)  # an iterator need not be a generator
            if close is not None:
                close()

    def _prompt(self, view: MindView, found: Sequence[Found]) -> Prompt:
        persona, page = self._persona, self._page
        history = recent(
            view.memory.exchanges,
            self._first,
            cost=exchange_cost(persona, page),
            room=history_room(page, self._opening),
        )
        self._first = history[0] if history else None
        told = [each.fact.say or each.fact.text for each in found]
        return assemble(
            page,
            self._opening,
            history=write_history(persona, history, page),
            tail=write_tail(persona, view, told, page),
        )

    def _spoken(
        self, text: str, source: Source, *, emotion: Emotion | None = None, used: tuple[str, ...] = ()
    ) -> Iterator[ReplyPart]:
        yield ReplyEmotion(emotion or self._persona.mood)
        yield ReplyText(text)
        yield ReplyEnd(source, used)

    def _choose(self, texts: Sequence[str], view: MindView) -> str:
        """One of an author's texts, not the one said last if there is another; the same for the same moment."""
        exchanges = view.memory.exchanges
        fresh = [text for text in texts if not exchanges or text != exchanges[-1].npc] or list(texts)
        return random.Random(f"{self._seed} {len(exchanges)} {view.text}").choice(fresh)  # noqa: S311 - no secret


def _ids(found: Sequence[Found]) -> tuple[str, ...]:
    """The ids of facts that stand in the character file."""
    return tuple(each.fact.id for each in found if not each.fact.id.startswith((NOTE, RELATION)))
