"""Lets a reply through clause by clause, each as soon as it can be judged; knows no model.

Where no sure fact is asked for, words may be said as soon as they no longer begin a sentence that is forbidden: that
is certain, whatever follows. Where one is, a clause may be said once what was said, taken as a whole, tells enough of
the fact and makes nothing up; if the rest of the sentence then does, the reply ends there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from npcengine.mind import guard
from npcengine.mind.view import ReplyEmotion, ReplyText
from npcengine.mind.words import words
from npcengine.persona import Fact

_LINKS = (
    "and|but|or|so|because|who|which|that|while|when|where|if|then|until|since"
    "|with|for|to|from|on|at|in|by|near|after|before|over|under"
)
_CLAUSE = re.compile(rf".*(?:[,;:—–]\s|\s(?=(?:{_LINKS})\s))", re.DOTALL)
"""Up to the last place where a speaker may stop, after a sign or before a linking word, with the space there: only
with it is the clause known to be over."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one reply is judged by.

    Attributes:
        must: The fact that the reply has to tell; None for talk that is about none.
        given: All that the model was given for this reply; numbers come from nowhere else.
        question: The player's line.
        own: Words of the character's world, in lower case.
        heard: Words that it was told besides; names may be made of them too.
        forbidden: Words of the sentences that must not open the reply.
        language: Of all of these.
        among: Facts of which the reply has to tell one; empty for talk that is about none.
        meant: The one of these that it has to tell; None for any.
    """

    must: Fact | None
    given: str
    question: str
    own: frozenset[str]
    heard: frozenset[str]
    forbidden: frozenset[tuple[str, ...]]
    language: str
    among: tuple[Fact, ...] = ()
    meant: Fact | None = None

    def allows(self, sentence: str) -> bool:
        """Whether a first sentence, or a reply that has no whole one, may be said."""
        begun = words(guard.first_sentence(sentence) or sentence)
        return bool(begun) and begun not in self.forbidden and self._grounded(sentence)

    def safe_letters(self, said: str) -> int:
        """How much of the beginning of a first sentence may be said already, whatever follows."""
        clause = _CLAUSE.match(said)
        said = clause[0] if clause else ""
        begun = words(said)
        if not begun or any(sentence[: len(begun)] == begun for sentence in self.forbidden):
            return 0
        return len(said) if self._grounded(said) else 0

    def is_hopeless(self, said: str) -> bool:
        """Whether a first sentence that begins so can't be said, whatever follows."""
        return bool(said) and not self._clean(said.rpartition(" ")[0])

    def keeps_to_facts(self, later: str) -> bool:
        """Whether a later sentence may be said."""
        if not self._clean(later) or tuple(words(later)) in self.forbidden:
            return False
        return self.must is None or guard.tells(later, self.must, "", language=self.language)

    def _grounded(self, said: str) -> bool:
        if not self._clean(said):
            return False
        if self.among:
            return guard.answers(said, self.among, self.question, meant=self.meant, language=self.language)
        return self.must is None or guard.tells(said, self.must, self.question, language=self.language)

    def _clean(self, said: str) -> bool:
        return not (
            guard.strange_figures(said, self.given, strict=self.must is not None)
            or guard.strange_names(said, self.own | self.heard)
            or guard.parrots(said, self.question, self.own)
            or guard.leaves_the_world(said, self.given)
        )


class Gate:
    """One reply on its way out.

    Attributes:
        opened: Something came through.
        done: Nothing more will; the model can be stopped.
    """

    def __init__(self, rules: Rules) -> None:
        self.opened = False
        self.done = False
        self._rules = rules
        self._emotion: list[ReplyEmotion] = []
        self._said = ""
        self._first = ""  # the first sentence as far as it has come
        self._given = 0  # letters of it that came through
        self._judged = False  # the whole first sentence

    def feed(self, part: ReplyEmotion | ReplyText) -> list[ReplyEmotion | ReplyText]:
        """What may be said now that `part` has come."""
        if self.done:
            return []
        if isinstance(part, ReplyEmotion):
            self._emotion = [part]
            return []
        if self._judged:
            self.done = not self._rules.keeps_to_facts(part.text)
            self._said += "" if self.done else part.text
            return [] if self.done else [part]
        self._first += part.text
        if guard.first_sentence(self._first):
            return self._judge()
        if self._rules.is_hopeless(self._first):
            return self._end()
        return self._give(self._rules.safe_letters(self._first))

    def finish(self) -> list[ReplyEmotion | ReplyText]:
        """What may still be said at the end of the reply."""
        return [] if self.done or self._judged else self._judge()

    @property
    def said(self) -> str:
        """All that came through."""
        return self._said

    def _judge(self) -> list[ReplyEmotion | ReplyText]:
        self._judged = True
        if self._rules.allows(self._first):
            return self._give(len(self._first))
        return self._end()

    def _end(self) -> list[ReplyEmotion | ReplyText]:
        self.done = True
        # What was said stands as a sentence of its own, unless it was spoken with a comma.
        return [ReplyText(".")] if self.opened and self._first[self._given - 1].isalnum() else []

    def _give(self, letters: int) -> list[ReplyEmotion | ReplyText]:
        text = self._first[self._given : letters]
        if not text:
            return []
        self._given, self.opened = letters, True
        self._said += text
        emotion, self._emotion = self._emotion, []
        return [*emotion, ReplyText(text)]


def forbid(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """The words of every sentence of `texts`."""
    return frozenset(said for text in texts for sentence in guard.sentences(text) if (said := words(sentence)))
