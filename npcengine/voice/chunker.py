"""Cuts a stream of text into clauses worth speaking, as soon as each is complete; pure, knows no voice and no clock.

The first clause is cut early, since the player waits for it; later ones are whole sentences, since a voice phrases
those best and there is time. A cut depends on the text alone, never on how it arrived in pieces.
"""

from __future__ import annotations

import re

from npcengine.voice.sentences import clause_end, sentence_end

_FIRST_LETTERS = 10
"""A first clause shorter than this is over before the next one is ready (10 letters are about 0.7 s)."""
_FIRST_SOFT, _FIRST_HARD = 40, 60
_LATER_WORDS, _LATER_HARD = 3, 240
_LONGEST_DIRECTION = 80
"""A bracket or asterisk still open after so many characters was no stage direction."""
_OPENERS = {"(": ")", "[": "]", "*": "*"}
_BEFORE_OPENER = ' \n"“'
_AFTER_COMMA = re.compile(r"[,;:—]\s")
_BEFORE_LINK = re.compile(
    r"\s(?=(?:and|but|or|so|because|that|which|who|when|where|while|if|then|with|for|to|from|until|since)\s)"
)


def clauses(text: str) -> list[str]:
    """All clauses of a whole text."""
    chunker = Chunker()
    return [*chunker.feed(text), *chunker.finish()]


class Chunker:
    """Collects pieces of one reply and gives its clauses; `finish` makes it ready for the next reply."""

    def __init__(self) -> None:
        self._text = ""
        self._first = True

    def feed(self, piece: str) -> list[str]:
        """The clauses that `piece` completes, trimmed; often none."""
        self._text += piece
        return self._cut_all(finished=False)

    def finish(self) -> list[str]:
        """The rest, at the end of the text."""
        clauses = self._cut_all(finished=True)
        if self._text.strip():
            clauses.append(self._text.strip())
        self._text, self._first = "", True
        return clauses

    def _cut_all(self, *, finished: bool) -> list[str]:
        clauses = []
        while (end := _first_cut(self._text, early=self._first, finished=finished)) is not None:
            clause, self._text = self._text[:end].strip(), self._text[end:]
            if clause:
                clauses.append(clause)
                self._first = False
        return clauses


def _first_cut(text: str, *, early: bool, finished: bool) -> int | None:
    """Where the first clause of `text` ends; None when that can't be told yet, or is the end of the text."""
    closer, opened, uncut = "", 0, 0
    for position, character in enumerate(text):
        if closer and position - opened <= _LONGEST_DIRECTION and character != "\n":
            if character == closer:
                closer, uncut = "", position + 1
            continue
        if character in _OPENERS and (position == 0 or text[position - 1] in _BEFORE_OPENER):
            closer, opened = _OPENERS[character], position
            continue
        closer = ""
        end = _boundary(text, position, early=early, finished=finished)
        if end is None:
            return None
        if not (end and _is_enough(text[:end], early=early)):
            end = _forced_cut(text[: position + 1], uncut, early=early)
        if end:
            return end
    return None


def _boundary(text: str, position: int, *, early: bool, finished: bool) -> int | None:
    end = sentence_end(text, position, finished=finished)
    if end == 0 and early:
        return clause_end(text, position, finished=finished)
    return end


def _is_enough(clause: str, *, early: bool) -> bool:
    if early:
        return sum(character.isalnum() for character in clause) >= _FIRST_LETTERS
    return len(clause.split()) >= _LATER_WORDS


def _forced_cut(text: str, uncut: int, *, early: bool) -> int:
    """Where to break a clause that grows too long, but not before `uncut`; 0 when it need not or can't be broken.

    A first clause breaks before a linking word, and at any space once that has not come; a later one after a comma, or
    at any space.
    """
    if len(text) < (_FIRST_SOFT if early else _LATER_HARD):
        return 0
    ends = [found.end() for found in (_BEFORE_LINK if early else _AFTER_COMMA).finditer(text, uncut)]
    if not ends and len(text) >= (_FIRST_HARD if early else _LATER_HARD):
        ends = [text.rfind(" ", uncut) + 1 or len(text)]
    return next((end for end in reversed(ends) if _is_enough(text[:end], early=early)), 0)
