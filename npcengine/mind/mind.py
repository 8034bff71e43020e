"""A character's mind: from a moment of the game to a streamed reply; composes the parts beside it around a model."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace

from npcengine.mind import guard
from npcengine.mind.actions import Requests, is_allowed
from npcengine.mind.digest import is_outdated, write_digest
from npcengine.mind.feeling import Feelings
from npcengine.mind.gate import Gate, Rules, forbid
from npcengine.mind.history import exchange_cost, history_room, recent, write_history
from npcengine.mind.knowledge import Found, known_facts, relevant
from npcengine.mind.learning import learn
from npcengine.mind.lines import match_line
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.notes import NoteKind
from npcengine.mind.out_of_world import OutOfWorld
from npcengine.mind.page import Page
from npcengine.mind.prompt import speaker, write_opening, write_tail
from npcengine.mind.protocol import LanguageModel, SentenceEmbedder
from npcengine.mind.recall import NOTE, answer_about, asked_about, note_facts
from npcengine.mind.reply import ReplyParser
from npcengine.mind.templates import template_for
from npcengine.mind.view import MindView, ReplyAction, ReplyEmotion, ReplyEnd, ReplyPart, ReplyText
from npcengine.mind.words import stems
from npcengine.persona import Fact, Persona
from npcengine.types import Emotion, Limits, Prompt, Source

__all__ = ["Mind", "MindView", "ReplyAction", "ReplyEmotion", "ReplyEnd", "ReplyPart", "ReplyText"]

PROMPT_TOKENS = 1200
"""A prompt's length at most: a small model gets lost in more, and reading it costs the player's time."""

REPLY_TOKENS = 60
REPEAT_PENALTY = 1.1

LONGEST_LINE = 600
"""Letters of a player's line or of an event that are looked at."""

TOLD = 2
"""Facts that a prompt is given."""

FRESH_FOR = 6
"""So many replies pass before the model may say a sentence again."""


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
            embedder: Tells what lines mean; may be shared with others. None compares words alone.
            seed: Makes its choices repeatable.
        """
        self._persona = persona
        self._model = model
        self._embedder = embedder
        self._requests = Requests(persona, embedder)
        self._feelings = Feelings(persona, embedder)
        self._out_of_world = OutOfWorld(persona, embedder)
        self._seed = seed
        template = template_for(model.capabilities.family)
        room = min(PROMPT_TOKENS, model.capabilities.context_tokens - REPLY_TOKENS)
        self._page = Page(conversation, template, tokens=room, count=model.count_tokens)
        self._opening = write_opening(persona, self._page)
        self._vocabulary = guard.vocabulary(persona)
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
        return self._model.warm(Prompt(self._page.conversation, prefix=self._prefix(remembered), tail=""))

    def answer(self, view: MindView) -> Iterator[ReplyPart]:
        """The reply to a moment, piece by piece, with exactly one `ReplyEnd` at its end.

        An action comes first, then the emotion, then text. Closing the iterator stops the model.

        Raises:
            BackendError: The engine failed.
        """
        view = _shortened(view)
        request = self._requests.find(view.text, view.world)
        if request and is_allowed(request.action, self._persona, state=view.state, world=view.world):
            yield ReplyAction(request.call)
        found, locked = self._knowledge(view)
        yield from self._scripted(view, found, locked) or self._improvised(view, found)

    def prepare(self, view: MindView) -> Iterator[None]:
        """Lets the model read ahead what the reply to `view` needs, a little with each step, and says nothing.

        For a line that is not surely over: with each version of it, the model reads what differs from the one before.
        Leaving the iterator costs nothing; what was read counts. A reply of this character that is still being
        written ends.

        Raises:
            BackendError: The engine failed.
        """
        view = _shortened(view)
        found, locked = self._knowledge(view)
        if self._scripted(view, found, locked) is not None:
            return self.warm(view.memory)
        return self._model.warm(self._prompt(view, found, self._emotion(view, found)))

    def _knowledge(self, view: MindView) -> tuple[tuple[Found, ...], float]:
        """The facts that a line is about and that may be told, and how surely it is about one that may not."""
        notes = note_facts(view.memory, view.text)
        about = self._about(view, (*self._persona.knowledge, *notes))
        known = {fact.id for fact in (*known_facts(self._persona, view.state, view.world), *notes)}
        found = tuple(each for each in about if each.fact.id in known)[:TOLD]
        return found, next((each.score for each in about if each.fact.id not in known), 0.0)

    def _about(self, view: MindView, facts: Sequence[Fact]) -> tuple[Found, ...]:
        """The facts that a line is about, the best first, whether or not they may be told."""
        before = view.memory.exchanges[-1].player if view.memory.exchanges else ""
        persona = self._persona
        return relevant(
            facts,
            view.text or view.event,
            before=before,
            ignore=persona.name,
            language=persona.language,
        )

    def _scripted(self, view: MindView, found: Sequence[Found], locked: float) -> Iterator[ReplyPart] | None:
        """The reply that needs no model, if there is one."""
        persona = self._persona
        if not view.text:
            greets = persona.greeting and not view.event
            return self._spoken(self._choose(persona.greeting, view), "line", emotion=view.mood) if greets else None
        if line := match_line(persona, view.text):
            return self._spoken(line.say, "line", emotion=line.emotion)
        if self._out_of_world.is_foreign(view.text):
            return self._spoken(self._choose(persona.out_of_world, view), "out_of_world", emotion=view.mood)
        if wanted := asked_about(view.text, view.memory):
            return self._of_player(view, wanted)
        if self._is_out_of_reach(view, found[0].score if found else 0.0, locked):
            return self._spoken(self._choose(persona.unknown, view), "unknown", emotion=view.mood)
        return None

    def _of_player(self, view: MindView, wanted: NoteKind) -> Iterator[ReplyPart]:
        """What the player asks the character to know about them; a model would make it up."""
        known = answer_about(view.memory, wanted)
        if known is None:
            return self._spoken(self._choose(self._persona.unknown, view), "unknown", emotion=view.mood)
        return self._spoken(known.say or known.text, "fact", emotion=self._emotion(view, ()))

    def _is_out_of_reach(self, view: MindView, best: float, locked: float) -> bool:
        """Whether the line asks for what the character may not tell yet, or has never heard of."""
        if locked >= guard.SURE and locked > best:
            return True
        heard = " ".join(f"{each.player} {each.npc}" for each in view.memory.exchanges)
        known = self._vocabulary.union(stems(heard, self._persona.language))
        return best < guard.SURE and guard.is_beyond(view.text, known, language=self._persona.language)

    def _improvised(self, view: MindView, found: Sequence[Found]) -> Iterator[ReplyPart]:
        """The model's reply, as far as it fits and as soon as that is sure; else the best fact's words, or none."""
        emotion = self._emotion(view, found)
        stream = self._stream(self._prompt(view, found, emotion), emotion)
        gate = Gate(self._rules(view, found))
        try:
            for part in stream:
                yield from gate.feed(part)
                if gate.done:
                    break
            yield from gate.finish()
        finally:
            stream.close()
        if gate.opened:
            yield ReplyEnd("model", _ids(found))
        else:
            yield from self._instead(view, found, emotion)

    def _emotion(self, view: MindView, found: Sequence[Found]) -> Emotion:
        """How the reply feels: by what was said or happened, else by the fact that is surely told."""
        told = found[0].fact if found and found[0].score >= guard.SURE else None
        return self._feelings.feel(view.text or view.event, told=told, mood=view.mood)

    def _rules(self, view: MindView, found: Sequence[Found]) -> Rules:
        """A reply must not begin with what the player said, what was said lately, or an answer to something else."""
        before = [exchange.npc for exchange in view.memory.exchanges[-FRESH_FOR:]]
        told = {each.fact.id for each in found}
        elsewhere = [fact.say for fact in self._persona.knowledge if fact.say and fact.id not in told]
        forbidden = forbid([view.text, *before, *elsewhere, *self._persona.unknown])
        return Rules(found, view.text, forbidden, self._persona.language)

    def _instead(self, view: MindView, found: Sequence[Found], emotion: Emotion) -> Iterator[ReplyPart]:
        """What is said when the model has nothing to say that fits.

        A player who introduces themselves has asked for nothing that could be unknown: a greeting fits.
        """
        if found and found[0].score >= guard.SURE:
            best = found[0].fact
            return self._spoken(best.say or best.text, "fact", emotion=emotion, used=_ids(found[:1]))
        if learnt := learn(view.text, listener=speaker(self._persona)):
            welcome = self._persona.greeting if learnt[0].kind == "name" else ()
            return self._spoken(self._choose(welcome or (learnt[0].say,), view), "line" if welcome else "fact")
        return self._spoken(self._choose(self._persona.unknown, view), "unknown", emotion=emotion)

    def _stream(self, prompt: Prompt, emotion: Emotion) -> Generator[ReplyEmotion | ReplyText]:
        """The model's reply, parsed; closing it stops the model."""
        labels = {speaker(self._persona), self._persona.name}
        parser = ReplyParser(own=labels, others={"Player"}, mood=emotion)
        pieces = self._model.generate(prompt, self._limits)
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

    def _prompt(self, view: MindView, found: Sequence[Found], emotion: Emotion) -> Prompt:
        told = [each.fact for each in found]
        tail = write_tail(self._persona, view, self._page, told=told, emotion=emotion)
        return Prompt(self._page.conversation, prefix=self._prefix(view.memory), tail=tail)

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

    def _spoken(
        self, text: str, source: Source, *, emotion: Emotion | None = None, used: tuple[str, ...] = ()
    ) -> Iterator[ReplyPart]:
        yield ReplyEmotion(emotion or self._persona.mood)
        yield ReplyText(text)
        yield ReplyEnd(source, used)

    def _choose(self, texts: Sequence[str], view: MindView) -> str:
        """One of an author's texts, none of the last said if there are others; the same for the same moment."""
        exchanges = view.memory.exchanges
        lately = {exchange.npc for exchange in exchanges[len(exchanges) - len(texts) + 1 :]} if exchanges else set()
        fresh = [text for text in texts if text not in lately] or list(texts)
        return random.Random(f"{self._seed} {view.memory.talks} {view.text}").choice(fresh)  # noqa: S311 - no secret


def _shortened(view: MindView) -> MindView:
    return replace(view, text=view.text[:LONGEST_LINE].strip(), event=view.event[:LONGEST_LINE].strip())


def _ids(found: Sequence[Found]) -> tuple[str, ...]:
    """The ids of facts that stand in the character file."""
    return tuple(each.fact.id for each in found if not each.fact.id.startswith(NOTE))
