"""What a reply is made of, decided before a language model is asked: an author's words wherever they answer.

Whatever can be decided so is spoken at once. A model is left what rules can't do: small talk, opinions, news, and a
fact that was told before or that its author did not put into words.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace

from npcengine.mind.feeling import Feelings
from npcengine.mind.fillers import filler
from npcengine.mind.first_person import in_own_words
from npcengine.mind.heard import Names
from npcengine.mind.knowledge import SURE, Findings, Found, Knowledge
from npcengine.mind.learning import learn, only_tells
from npcengine.mind.letters import LetterEmbedder
from npcengine.mind.lines import SAME_BESIDE_FACT, Lines, Matched
from npcengine.mind.memory import Memory
from npcengine.mind.notes import WHO
from npcengine.mind.out_of_world import OutOfWorld
from npcengine.mind.plan import Improvised, Spoken
from npcengine.mind.prompt import IGNORANT, REFUSES, speaker
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.reading import Reading, read
from npcengine.mind.recall import NOTE, answer_about, asked_about
from npcengine.mind.small_talk import (
    SmallTalk,
    Topic,
    asks_for_liking,
    asks_of_self,
    introduction,
    is_empty,
    may_be_told,
    tells_liking,
)
from npcengine.mind.strangers import is_about_strangers, names_in
from npcengine.mind.view import MindView
from npcengine.mind.words import stems, words
from npcengine.persona import Fact, Persona
from npcengine.types import Emotion

TOLD = 2
"""Facts that a prompt is given."""

WORTH_TELLING = 0.5
"""A fact that is less likely to answer only misleads the model, and costs the time to read it."""

TOLD_TAUGHT = 3
"""Facts that a model is given which was taught to find the one among them that answers, or none."""

WORTH_READING = 0.04
"""A fact that answers less likely than this costs the time to read it, and seldom helps."""

SURE_ENOUGH = 0.8
"""A fact that answers so likely is told without asking a taught model whether it does, which takes 0.3 s."""

RELUCTANCE, RELUCTANCE_UNSURE, RELUCTANCE_FOR_ODDS = 0.5, -5.0, 1.25
"""The log-odds of an empty reply from which on a taught model does not know: for a line that is about a fact, for
another question, and how much they rise with the log-odds that the best fact answers. Retrieval and model each know
what the other does not. Fitted to the questions in `evaluation/`."""

TALK_RELUCTANCE = 2.0
"""The same for talk: something can nearly always be said."""

WORTH_ADDING, CLOSE = 0.4, 0.5
"""A fact is told beside the best one if it answers so likely and its merit is so close: one of the two is meant."""

MOST_WORDS = 36
"""In such an answer."""

SURELY_ASKED = 0.65
"""A line that is no question asks for a fact, told or kept back, if that answers it so likely."""

LIKELIER = 0.2
"""What may not be told is what a line asks for if that answers so much likelier than what may."""


class Decider:
    """Decides for one character; built once for it.

    Args:
        persona: The character.
        embedder: Tells what lines mean; None compares letters and words.
        seed: Makes its choices repeatable.
        taught: The model answers from facts and knows when they hold no answer.
    """

    def __init__(self, persona: Persona, embedder: SentenceEmbedder | None, *, seed: int, taught: bool = False) -> None:
        self._persona = persona
        self._taught = taught
        self._seed = seed
        self._names = Names(_terms(persona), known=_known_words(persona), language=persona.language)
        self._feelings = Feelings(persona, embedder)
        self._out_of_world = OutOfWorld(persona, embedder)
        compared = embedder or LetterEmbedder()
        self._knowledge = Knowledge(persona, compared)
        # What the prompt always tells: the model may answer from it.
        about = f"{persona.name} {persona.role} {persona.description} {' '.join(persona.relations.values())}"
        self._described = frozenset(stems(about, persona.language))
        kin = words(f"{persona.name} {' '.join(persona.relations)}")
        self._placed = names_in(*_texts(persona)).union(kin)
        self._lines = Lines(persona, compared)
        self._small_talk = SmallTalk(persona, compared) if persona.language.lower().startswith("en") else None

    def decide(self, view: MindView, *, acts: bool = False, refused: str = "") -> Spoken | Improvised:
        """What answers a moment.

        Args:
            view: The moment.
            acts: The character does at this moment what the player asks for.
            refused: The deed that the player asks for and that the character will not do now; empty for none.
        """
        return self._answer(view, acts=acts, refused=refused) if view.text else self._unasked(view)

    def bearing(self, view: MindView) -> tuple[Fact, ...]:
        """The facts that a taught model is given beside a line or an event, the best first."""
        reading = read(view.text or view.event, self._names, view.memory)
        findings = self._knowledge.find(reading, view.memory, state=view.state, world=view.world)
        return tuple(each.fact for each in _beside_line(findings))

    def emotion(self, view: MindView, fact: Fact | None) -> Emotion:
        """How the character feels when it answers a line or an event, with a fact or without."""
        return self._feelings.feel(view.text or view.event, told=fact, mood=view.mood)

    def _answer(self, view: MindView, *, acts: bool, refused: str) -> Spoken | Improvised:
        reading = read(view.text, self._names, view.memory)
        findings = self._knowledge.find(reading, view.memory, state=view.state, world=view.world)
        emotion = self._feelings.feel(view.text, mood=view.mood)
        if scripted := self._scripted(reading, findings, view, emotion):
            return scripted
        if acts:
            return self._obliging(view, emotion)
        if small := self._small(reading, view, emotion):
            return small
        if _asks_for_locked(reading, findings):
            return self._ignorant(view, emotion)
        return self._told(reading, findings, view, emotion, refused)

    def _told(
        self, reading: Reading, findings: Findings, view: MindView, emotion: Emotion, refused: str
    ) -> Spoken | Improvised:
        """A fact in its author's words, or what the model makes of a line; an untaught one is asked for talk only."""
        about = self._is_about_fact(reading, findings)
        if self._taught and (self._persona.wording == "model" or not about):
            return self._informed(reading, findings, view, emotion, refused)
        if not about:
            return self._talk(reading, findings, view, emotion)
        best = findings.known[0]
        moved = self._feelings.feel(view.text, told=best.fact, mood=view.mood)
        written = self._fact(findings, view, moved)
        if not self._taught or best.score >= SURE_ENOUGH or isinstance(written, Improvised):
            return written
        asked = Improvised(_beside_line(findings), None, written, moved, informed=True, judges=True)
        return replace(asked, declined=self._unknowing(view, emotion), reluctance=_reluctance(findings))

    def _scripted(self, reading: Reading, findings: Findings, view: MindView, emotion: Emotion) -> Spoken | None:
        """An exact line, or what is said to talk of another world."""
        if matched := self._matched(reading, findings):
            return Spoken(matched.line.say, "line", matched.line.emotion)
        if self._out_of_world.is_foreign(view.text):
            return Spoken(self._choose(self._persona.out_of_world, view), "out_of_world", emotion)
        if wanted := asked_about(view.text, view.memory):
            known = answer_about(view.memory, wanted)
            return Spoken(known.say or known.text, "fact", emotion) if known else self._ignorant(view, emotion)
        return None

    def _is_about_fact(self, reading: Reading, findings: Findings) -> bool:
        """Whether the best fact is what a line is about: a question that it answers, or a statement that names it."""
        if not findings.sure:
            return False
        best = findings.known[0]
        if asks_for_liking(reading) and not tells_liking(best.fact):
            return False
        if not reading.wanted and not reading.tells and (best.score < SURELY_ASKED or not best.named):
            return False
        return (best.named and bool(reading.wanted)) or not self._is_ordinary(reading, best.near)

    def _is_ordinary(self, reading: Reading, fact_near: float) -> bool:
        return bool(self._small_talk and self._small_talk.is_ordinary(reading, fact_near=fact_near))

    def _matched(self, reading: Reading, findings: Findings) -> Matched | None:
        """The author's line that answers, unless a fact does and its author foresaw a question that is nearer."""
        matched = self._lines.match(reading)
        if not matched or not (findings.sure or findings.locked):
            return matched
        foreseen = findings.known[0].foreseen if findings.sure else 0.0
        return matched if matched.score >= SAME_BESIDE_FACT and matched.near >= foreseen else None

    def _unasked(self, view: MindView) -> Spoken | Improvised:
        persona = self._persona
        greeting = self._choose(persona.greeting or persona.unknown, view)
        if persona.greeting and not view.event:
            return Spoken(greeting, "line", view.mood or persona.mood)
        emotion = self._feelings.feel(view.event, mood=view.mood)
        found: Findings = Findings()
        if view.event:
            reading = read(view.event, self._names, view.memory)
            found = self._knowledge.find(reading, view.memory, state=view.state, world=view.world)
        return Improvised(
            _worth(found), None, Spoken(greeting, "line" if persona.greeting else "unknown", emotion), emotion
        )

    def _small(self, reading: Reading, view: MindView, emotion: Emotion) -> Spoken | Improvised | None:
        """Small talk, and what the player tells of themselves: lines that no fact answers."""
        topic = self._small_talk.topic(reading) if self._small_talk else None
        if topic:
            return self._chat(topic, view, emotion)
        if not only_tells(view.text, listener=speaker(self._persona)):
            return None
        welcome = self._welcome(view, emotion)
        return welcome if welcome.source == "line" else Improvised((), None, welcome, emotion)

    def _chat(self, topic: Topic, view: MindView, emotion: Emotion) -> Spoken | Improvised:
        persona = self._persona
        if topic == "identity":
            return Spoken(introduction(persona), "fact", emotion)
        if not persona.greeting:
            return Improvised((), None, self._welcome(view, emotion), emotion)
        greeting = Spoken(self._choose(persona.greeting, view), "line", emotion)
        worn = self._taught and view.memory.has_said(greeting.text)
        return greeting if topic == "greeting" and not worn else Improvised((), None, greeting, emotion)

    def _fact(self, findings: Findings, view: MindView, emotion: Emotion) -> Spoken | Improvised:
        """The best fact in its author's words; reworded where it was told in these before."""
        best = findings.known[0].fact
        if best.id.startswith(NOTE) and not best.say:  # the game's words or the player's, in nobody's voice
            return Improvised(findings.known[:1], None, self._ignorant(view, emotion), emotion)
        ways = [way for way in (best.say, in_own_words(best.text, self._persona.name)) if way]
        fresh = [way for way in ways if not view.memory.has_said(way)]
        used = _ids((findings.known[0],))
        if fresh and (fresh[0] == best.say or not best.say):
            if beside := _beside(findings, fresh[0], view.memory):
                return Spoken(f"{fresh[0]} {beside.say}", "fact", emotion, (*used, beside.id))
            return Spoken(fresh[0], "fact", emotion, used)
        again = fresh or [way for way in ways if not view.memory.just_said(way)]
        instead = Spoken(again[0], "fact", emotion, used) if again else self._ignorant(view, emotion)
        return Improvised(findings.known[:1], best, instead, emotion, self._filler(view))

    def _informed(
        self, reading: Reading, findings: Findings, view: MindView, emotion: Emotion, refused: str
    ) -> Spoken | Improvised:
        """What a taught model makes of a line: an answer from the facts beside it, talk, or nothing."""
        ignorant = self._unknowing(view, emotion)
        author = ignorant if isinstance(ignorant, Spoken) else ignorant.instead
        filler = self._filler(view)
        if self._is_about_fact(reading, findings):
            best = findings.known[0]
            emotion = self._feelings.feel(view.text, told=best.fact, mood=view.mood)
            written = self._fact(findings, view, emotion)
            instead = written if isinstance(written, Spoken) else written.instead
            asked = Improvised(_beside_line(findings), None, instead, emotion, filler, meant=best.fact)
            return replace(asked, informed=True, declined=ignorant, reluctance=_reluctance(findings))
        if refused:
            aside = REFUSES.format(name=speaker(self._persona), deed=refused)
            return Improvised((), None, author, emotion, filler, aside=aside)
        talk = self._talk(reading, findings, view, emotion)
        if isinstance(talk, Improvised):
            return replace(talk, reluctance=TALK_RELUCTANCE)
        if not reading.wanted:
            return talk
        if not (told := _beside_line(findings)):
            return ignorant
        asked = Improvised(told, None, author, emotion, filler, informed=True, declined=ignorant)
        return replace(asked, reluctance=_reluctance(findings))

    def _unknowing(self, view: MindView, emotion: Emotion) -> Spoken | Improvised:
        """Not knowing, in the author's words while any of them are fresh, and then in others."""
        author = self._welcome(view, emotion)
        if author.source != "unknown" or not self._taught or not view.memory.has_said(author.text):
            return author
        aside = IGNORANT.format(name=speaker(self._persona))
        return Improvised((), None, author, emotion, aside=aside)

    def _obliging(self, view: MindView, emotion: Emotion) -> Improvised:
        """What goes with a deed: no fact, since one about the thing may say the opposite."""
        greeting = self._persona.greeting
        instead = Spoken(self._choose(greeting, view), "line", emotion) if greeting else self._ignorant(view, emotion)
        return Improvised((), None, instead, emotion)

    def _talk(self, reading: Reading, findings: Findings, view: MindView, emotion: Emotion) -> Spoken | Improvised:
        """A line that no fact answers."""
        ignorant = self._welcome(view, emotion)
        told = _worth(findings)
        near = findings.known[0].near if findings.known else 0.0
        personal = asks_of_self(reading) or (self._is_ordinary(reading, near) and may_be_told(reading))
        described = bool(asked := set(stems(reading.said, self._persona.language))) and asked <= self._described
        idle = is_empty(reading) and reading.wanted in ("", "yes_no")
        if reading.wanted and not (personal or described or idle):
            return ignorant
        if not reading.wanted and self._speaks_of_strangers(view):
            return ignorant
        return Improvised(told, None, ignorant, emotion, self._filler(view))

    def _filler(self, view: MindView) -> str:
        return filler(self._persona, view.memory, seed=self._seed)

    def _speaks_of_strangers(self, view: MindView) -> bool:
        if not self._persona.language.lower().startswith("en"):
            return False
        exchanges = view.memory.exchanges[-1:]
        before = " ".join(f"{each.player} {each.npc}" for each in exchanges)
        told = " ".join(note.text for note in view.memory.notes)
        return is_about_strangers(view.text, placed=self._placed | names_in(told), before=before)

    def _welcome(self, view: MindView, emotion: Emotion) -> Spoken:
        """What is said when the model has nothing to say that fits.

        A player who introduces themselves and asks nothing asks for nothing that could be unknown: a greeting fits.
        """
        learnt = () if "?" in view.text else learn(view.text, listener=speaker(self._persona))
        if not learnt:
            return self._ignorant(view, emotion)
        welcome = self._persona.greeting if learnt[0].kind in WHO else ()
        text = self._choose(welcome, view) if welcome else learnt[0].say
        return Spoken(text, "line" if welcome else "fact", emotion)

    def _ignorant(self, view: MindView, emotion: Emotion) -> Spoken:
        return Spoken(self._choose(self._persona.unknown, view), "unknown", emotion)

    def _choose(self, texts: Sequence[str], view: MindView) -> str:
        """One of an author's texts, a new one while there is any, then not the last; the same for the same moment."""
        fresh = [text for text in texts if not view.memory.has_said(text)]
        fresh = fresh or [text for text in texts if not view.memory.just_said(text)] or list(texts)
        return random.Random(f"{self._seed} {view.memory.talks} {view.text}").choice(fresh)  # noqa: S311 - no secret


def _beside(findings: Findings, said: str, memory: Memory) -> Fact | None:
    """The fact that is nearly as likely to be the one that was asked for, if there is one and both are short."""
    first, *others = findings.known
    near = [each for each in others if each.score >= WORTH_ADDING and first.merit - each.merit <= CLOSE]
    if not near:
        return None
    second = max(near, key=lambda each: each.merit).fact
    fits = second.say and len(words(f"{said} {second.say}")) <= MOST_WORDS and not memory.has_said(second.say)
    return second if fits and not second.id.startswith(NOTE) else None


def _asks_for_locked(reading: Reading, findings: Findings) -> bool:
    """Whether what may not be told answers better than what may: half an answer would give it away."""
    least = SURE if reading.wanted else SURELY_ASKED
    best = findings.known[0].score if findings.known else 0.0
    return findings.locked >= max(least, best + LIKELIER)


def _reluctance(findings: Findings) -> float:
    likely = min(max(findings.known[0].score, 1e-6), 1.0 - 1e-6)
    least = RELUCTANCE if findings.sure else RELUCTANCE_UNSURE
    return least + RELUCTANCE_FOR_ODDS * math.log(likely / (1.0 - likely))


def _beside_line(findings: Findings) -> tuple[Found, ...]:
    return tuple(each for each in findings.known[:TOLD_TAUGHT] if each.score >= WORTH_READING)


def _worth(findings: Findings) -> tuple[Found, ...]:
    return tuple(each for each in findings.known[:TOLD] if each.score >= WORTH_TELLING)


def _terms(persona: Persona) -> list[str]:
    """What the player is likely to name: topics, relatives, the character."""
    return [*(topic for fact in persona.knowledge for topic in fact.topics), *persona.relations, persona.name]


def _known_words(persona: Persona) -> list[str]:
    return [word for text in _texts(persona) for word in words(text)]


def _texts(persona: Persona) -> list[str]:
    texts = [f"{fact.text} {fact.say or ''} {' '.join((*fact.topics, *fact.when_asked))}" for fact in persona.knowledge]
    texts += [f"{line.say} {' '.join(line.when_asked)}" for line in persona.lines]
    return [*texts, *(f"{example.player} {example.npc}" for example in persona.examples)]


def _ids(found: Sequence[Found]) -> tuple[str, ...]:
    """The ids of facts that stand in the character file."""
    return tuple(each.fact.id for each in found if not each.fact.id.startswith(NOTE))
