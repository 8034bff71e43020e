"""A character's mind: from a moment of the game to a streamed reply; composes the parts beside it around a model."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import replace

from npcengine.mind import guard
from npcengine.mind.actions import Requests, is_allowed
from npcengine.mind.deciding import Decider
from npcengine.mind.digest import is_outdated, write_digest
from npcengine.mind.gate import Gate, Rules, forbid
from npcengine.mind.history import exchange_cost, history_room, recent, write_history
from npcengine.mind.knowledge import is_known
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.page import Page
from npcengine.mind.plan import Improvised, Spoken
from npcengine.mind.prompt import AGREES, speaker, write_opening, write_tail
from npcengine.mind.protocol import LanguageModel, SentenceEmbedder
from npcengine.mind.recall import NOTE
from npcengine.mind.reply import ReplyParser
from npcengine.mind.templates import template_for
from npcengine.mind.view import MindView, ReplyAction, ReplyEmotion, ReplyEnd, ReplyPart, ReplyText
from npcengine.persona import Persona
from npcengine.types import Emotion, Limits, Prompt

__all__ = ["Mind", "MindView", "ReplyAction", "ReplyEmotion", "ReplyEnd", "ReplyPart", "ReplyText"]

PROMPT_TOKENS = 1200
"""A prompt's length at most: a small model gets lost in more, and reading it costs the player's time."""

REPLY_TOKENS = 60
REPEAT_PENALTY = 1.1

TALK_TEMPERATURE = 0.7
ATTEMPTS = 2
"""For talk that is about no fact."""

LONGEST_LINE = 600
"""Letters of a player's line or of an event that are looked at."""


class Mind:
    """What one character says; holds no more than where its prompt's history begins.

    Everything remembered comes in with each `MindView`, so that two answers to the same moment can be asked for.
    """

    def __init__(
        self,
        persona: Persona,
        model: LanguageModel,
        *,
        conversation: str,
        embedder: SentenceEmbedder | None = None,
        seed: int = 0,
    ) -> None:
        """Make a mind.

        Args:
            persona: The character.
            model: What continues its prompts; may be shared with others.
            conversation: The model's cached sequence for this character.
            embedder: Tells what lines mean; may be shared with others. None compares letters and words.
            seed: Makes its choices repeatable.
        """
        self._persona = persona
        self._model = model
        self._requests = Requests(persona, embedder)
        taught = model.capabilities.taught
        self._taught = taught
        self._decider = Decider(persona, embedder, seed=seed, taught=taught)
        self._open_words = guard.open_words(persona)
        template = template_for(model.capabilities.family)
        room = min(PROMPT_TOKENS, model.capabilities.context_tokens - REPLY_TOKENS)
        self._page = Page(conversation, template, tokens=room, count=model.count_tokens)
        self._opening = write_opening(persona, self._page, demonstrate=not taught)
        self._first: Exchange | None = None
        self._digest = ""
        self._digested = Memory()
        self._limits = Limits(max_tokens=REPLY_TOKENS, stop=template.stop, repeat_penalty=REPEAT_PENALTY, seed=seed)

    def warm(self, memory: Memory | None = None) -> Iterator[None]:
        """Lets the model read ahead what the next prompt begins with, a little with each step.

        Worth calling when the character appears, and again when a turn is over: what was said in it is then read
        before the player's next line instead of after.

        Raises:
            BackendError: The engine failed.
        """
        remembered = memory or Memory()
        return self._model.warm(self._asked(remembered, tail=""))

    def answer(self, view: MindView) -> Iterator[ReplyPart]:
        """The reply to a moment, piece by piece, with exactly one `ReplyEnd` at its end.

        An action comes first, then the emotion, then text. Closing the iterator stops the model.

        Raises:
            BackendError: The engine failed.
        """
        view = _shortened(view)
        request = self._requests.find(view.text, view.world)
        acts = bool(request and is_allowed(request.action, self._persona, state=view.state, world=view.world))
        if request and acts:
            yield ReplyAction(request.call)
            agrees = AGREES.format(name=speaker(self._persona), deed=request.action.description)
            view = replace(view, event=agrees)
        refused = request.action.description if request and not acts else ""
        plan = self._decider.decide(view, acts=acts, refused=refused)
        yield from _spoken(plan) if isinstance(plan, Spoken) else self._improvised(view, plan)

    def prepare(self, view: MindView) -> Iterator[None]:
        """Lets the model read ahead what the reply to `view` needs, a little with each step, and says nothing.

        For a line that is not surely over: with each version of it, the model reads what differs from the one before.
        Leaving the iterator costs nothing; what was read counts. A reply of this character that is still being
        written ends.

        Raises:
            BackendError: The engine failed.
        """
        view = _shortened(view)
        plan = self._decider.decide(view)
        if isinstance(plan, Spoken):
            return self.warm(view.memory)
        return self._model.warm(self._prompt(view, plan))

    def _improvised(self, view: MindView, plan: Improvised) -> Iterator[ReplyPart]:
        """What is thought of while its filler is spoken, if it has one."""
        if not plan.filler:
            yield from self._thought_of(view, plan)
            return
        yield ReplyEmotion(plan.emotion)
        yield ReplyText(f"{plan.filler} ", filler=True)
        with closing(self._thought_of(view, plan)) as parts:
            yield from (part for part in parts if not isinstance(part, ReplyEmotion))

    def _thought_of(self, view: MindView, plan: Improvised) -> Generator[ReplyPart]:
        """The model's reply, as far as it fits and as soon as that is sure; else what the author wrote."""
        prompt, rules = self._prompt(view, plan), self._rules(view, plan)
        shown = prompt.prefix + prompt.tail
        for limits in self._attempts(view, plan):
            stream = self._stream(prompt, plan.emotion, limits)
            gate = Gate(rules)
            written = False
            try:
                for part in stream:
                    written = True
                    if plan.judges:
                        break
                    yield from gate.feed(part)
                    if gate.done:
                        break
                yield from () if plan.judges else gate.finish()
            finally:
                stream.close()
            if gate.opened:
                yield ReplyEnd("model", self._used(plan, gate.said), shown)
                return
            if not written and plan.declined is not None:
                yield from self._declined(view, plan.declined, shown)
                return
        yield from _spoken(plan.instead, shown)

    def _declined(self, view: MindView, instead: Spoken | Improvised, shown: str) -> Iterator[ReplyPart]:
        """What follows when the model found no answer in the facts."""
        yield from _spoken(instead, shown) if isinstance(instead, Spoken) else self._thought_of(view, instead)

    def _used(self, plan: Improvised, said: str) -> tuple[str, ...]:
        """The facts that a reply tells, as far as words show: those it was given, where there was no choice."""
        given = [each.fact for each in plan.told if not each.fact.id.startswith(NOTE)]
        told = guard.told_in(said, given, language=self._persona.language) if self._taught else given
        return tuple(fact.id for fact in told)

    def _attempts(self, view: MindView, plan: Improvised) -> Iterator[Limits]:
        """How the model is asked: soberly for a fact, then more freely for one to be told anew; freely for talk, twice.

        Greedily, a small model says its last sentence again, which is forbidden, and half of all small talk is lost.
        """
        limits = replace(self._limits, reluctance=plan.reluctance)
        if plan.must or plan.informed:
            yield limits
        for attempt in range(0 if plan.informed else ATTEMPTS - bool(plan.must)):
            seed = self._limits.seed + ATTEMPTS * view.memory.talks + attempt
            yield replace(limits, temperature=TALK_TEMPERATURE, seed=seed)

    def _rules(self, view: MindView, plan: Improvised) -> Rules:
        """A reply must not begin with what the player said, what was said lately, or an answer to something else."""
        before = [exchange.npc for exchange in view.memory.exchanges]
        told = {each.fact.id for each in plan.told}
        elsewhere = [fact.say for fact in self._persona.knowledge if fact.say and fact.id not in told]
        forbidden = forbid([view.text, *before, *elsewhere, *self._persona.unknown])
        notes = (f"{note.text} {note.say}" for note in view.memory.notes)
        heard = " ".join([view.text, view.event, *notes, *(each.player for each in view.memory.exchanges)])
        known = [fact for fact in self._persona.knowledge if is_known(fact, self._persona, view.state, view.world)]
        return Rules(
            must=plan.must,
            among=tuple(each.fact for each in plan.told) if plan.informed else (),
            meant=plan.meant,
            given=" ".join([heard, *(guard.told_text(each.fact) for each in plan.told)]),
            question=view.text,
            own=self._open_words | guard.capitalised(" ".join(map(guard.told_text, known))),
            heard=guard.capitalised(heard),
            forbidden=forbidden,
            language=self._persona.language,
        )

    def _stream(self, prompt: Prompt, emotion: Emotion, limits: Limits) -> Generator[ReplyEmotion | ReplyText]:
        """The model's reply, parsed; closing it stops the model."""
        labels = {speaker(self._persona), self._persona.name}
        parser = ReplyParser(own=labels, others={"Player"}, mood=emotion)
        pieces = self._model.generate(prompt, limits)
        try:
            for piece in pieces:
                yield from parser.feed(piece)
                if parser.done:
                    break
            yield from parser.finish()
        finally:
            close = getattr(pieces, "close", None)  # a model may give any iterator, not just a generator
            if close is not None:
                close()

    def _prompt(self, view: MindView, plan: Improvised) -> Prompt:
        told = [each.fact for each in plan.told]
        view = replace(view, event=plan.aside) if plan.aside else view
        tail = write_tail(self._persona, view, self._page, told=told, emotion=plan.emotion)
        tail = f"{tail} {plan.filler}".rstrip()
        return self._asked(view.memory, tail)

    def _asked(self, memory: Memory, tail: str) -> Prompt:
        return Prompt(self._page.conversation, self._prefix(memory), tail, adapter=self._persona.adapter)

    def _prefix(self, memory: Memory) -> str:
        """The stable part; moves the beginning of history when it no longer fits, and tells then what came before."""
        persona, page = self._persona, self._page
        room = history_room(page, self._opening)
        history = recent(memory.exchanges, self._first, cost=exchange_cost(persona, page), room=room)
        first = history[0] if history else None
        if first is None or first != self._first or is_outdated(self._digested, memory):
            dropped = memory.exchanges[: len(memory.exchanges) - len(history)]
            self._digest, self._digested = write_digest(persona, memory, dropped, page), memory
        self._first = first
        return self._opening + self._digest + write_history(persona, history, page)


def _spoken(words: Spoken, shown: str = "") -> Iterator[ReplyPart]:
    yield ReplyEmotion(words.emotion)
    yield ReplyText(words.text)
    yield ReplyEnd(words.source, words.used, shown)


def _shortened(view: MindView) -> MindView:
    return replace(view, text=view.text[:LONGEST_LINE].strip(), event=view.event[:LONGEST_LINE].strip())
