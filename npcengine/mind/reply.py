"""Turns what a model writes into an emotion and words to speak, character by character; knows no model."""

from __future__ import annotations

from collections.abc import Iterable

from npcengine.mind.speakable import is_speakable
from npcengine.mind.view import ReplyEmotion, ReplyText
from npcengine.mind.words import words
from npcengine.types import EMOTIONS, Emotion

MAX_SENTENCES = 3
ENOUGH_WORDS = 30
"""From so many words on, the next end of a sentence ends the reply."""
MAX_WORDS = 45

_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">", "*": "*"}
_QUOTES = frozenset('"“”„«»')
_ENDS = ".!?…"
_LINKS = ",;:–—-"
_TITLES = frozenset({"mr.", "mrs.", "ms.", "dr.", "st."})
_NAMES: dict[str, Emotion] = {emotion: emotion for emotion in EMOTIONS} | {
    "smiling": "happy", "smiles": "happy", "cheerful": "happy", "laughing": "amused", "laughs": "amused",
    "grinning": "amused", "grins": "amused", "chuckles": "amused", "teasing": "amused", "sighs": "sad",
    "sighing": "sad", "furious": "angry", "annoyed": "angry", "scared": "afraid", "shocked": "surprised",
    "stern": "firm", "serious": "firm", "proud": "content", "calm": "content", "frowning": "worried",
    "nervous": "worried", "gentle": "tender", "gently": "tender", "softly": "tender",
}  # fmt: skip
"""Words that set an emotion: its name, and what models write instead."""


class ReplyParser:
    """Reads a reply as it is written.

    Brackets and asterisks hold stage directions, which are not spoken; one before the first word that names an
    emotion sets it. Quotation marks and the speaker's own label are dropped; another speaker's label, or a new
    line, ends the reply. It is cut at the end of a sentence when it grows long or repeats itself, and a sentence
    that is never finished is dropped unless it is the only one. Works on single characters, so that it does not
    matter how the text is split.

    Attributes:
        said: The words given out so far.
        done: Nothing more will come; the model can be stopped.
    """

    def __init__(self, *, own: Iterable[str], others: Iterable[str], mood: Emotion) -> None:
        """Begin a reply.

        Args:
            own: Labels of the speaker, ``{"Gerta Holt"}``.
            others: Labels of everyone else, ``{"Player"}``.
            mood: The emotion when the reply names none.
        """
        self.said = ""
        self.done = False
        self._own = frozenset(f"{label.lower()}:" for label in own)
        self._others = frozenset(f"{label.lower()}:" for label in others)
        self._emotion: Emotion = mood
        self._aside = ""
        self._closing = ""
        self._word = ""  # being read; holds spaces only while it may be a label of several words
        self._sentence = ""  # whole words that may not be given out yet
        self._ready = ""  # whole words that may
        self._sentences: list[tuple[str, ...]] = []
        self._words = 0

    def feed(self, text: str) -> list[ReplyEmotion | ReplyText]:
        """What may be said now."""
        for character in text:
            if not self.done:
                self._take(character)
        return self._release()

    def finish(self) -> list[ReplyEmotion | ReplyText]:
        """What remains at the end of the text."""
        if not self.done:
            self._end_word()
        self.done = True
        spoken = (self.said + self._ready).rstrip()
        if spoken and spoken[-1] not in _ENDS:
            self._ready += "."
        return self._release()

    def _take(self, character: str) -> None:
        if character == "\n":
            self._end_line()
        elif self._closing:
            self._read_aside(character)
        elif character in _CLOSING:
            self._end_word()
            self._closing = _CLOSING[character]
        elif character == ":":
            self._end_label()
        elif character.isspace():
            self._end_word_or_label_part()
            self._end_gap()
        elif character not in _QUOTES and is_speakable(character):
            self._extend_word(character)

    def _end_line(self) -> None:
        self._end_word()
        self._aside = ""
        self._closing = ""
        self.done = self.done or self._begun

    def _read_aside(self, character: str) -> None:
        if character != self._closing:
            self._aside += character
            return
        named = [_NAMES[word] for word in words(self._aside) if word in _NAMES]
        if named and not self._begun:
            self._emotion = named[0]
        self._aside = ""
        self._closing = ""

    def _extend_word(self, character: str) -> None:
        self._word += character
        while " " in self._word and not self._may_be_label(self._word):
            first, _, self._word = self._word.partition(" ")
            self._commit(first)

    def _end_word_or_label_part(self) -> None:
        if self._word and self._may_be_label(self._word + " "):
            self._word = self._word.rstrip() + " "
        else:
            self._end_word()

    def _end_gap(self) -> None:
        """Gives the space after a sentence out with it: only then does whoever cuts the text know it to be over."""
        if not (self.done or self._word or self._sentence) and (self.said + self._ready)[-1:] in tuple(_ENDS):
            self._ready += " "

    def _end_label(self) -> None:
        label = f"{self._word.strip().lower()}:"
        if label in self._others:
            self._word = ""
            self.done = True
        elif label in self._own:
            self._word = ""
        else:
            self._extend_word(":")

    def _may_be_label(self, text: str) -> bool:
        return any(label.startswith(text.lower()) for label in (*self._own, *self._others))

    def _end_word(self) -> None:
        parts, self._word = self._word.split(), ""
        for part in parts:
            self._commit(part)

    def _commit(self, word: str) -> None:
        if self.done:
            return
        if not self._begun:
            word = word.lstrip(_LINKS + _ENDS)
        if not word:
            return
        self._sentence += word if (self.said + self._ready + self._sentence)[-1:] in {"", " "} else f" {word}"
        self._words += 1
        if word[-1] in _ENDS and word.lower() not in _TITLES:
            self._end_sentence()
        elif not self._sentences:
            self._give_out(len(self._sentence.rstrip(_LINKS)))
        if self._words >= MAX_WORDS:
            self.done = True

    def _end_sentence(self) -> None:
        said = words(self._sentence) if self._sentences else words(self.said + self._ready + self._sentence)
        if said in self._sentences:  # small models go round in circles
            self._sentence = ""
            self.done = True
            return
        self._sentences.append(said)
        self._give_out(len(self._sentence))
        self.done = len(self._sentences) >= MAX_SENTENCES or self._words >= ENOUGH_WORDS

    def _give_out(self, length: int) -> None:
        self._ready += self._sentence[:length]
        self._sentence = self._sentence[length:]

    @property
    def _begun(self) -> bool:
        return bool(self.said or self._ready or self._sentence)

    def _release(self) -> list[ReplyEmotion | ReplyText]:
        if not self._ready:
            return []
        text, self._ready = self._ready, ""
        first = not self.said
        self.said += text
        return [ReplyEmotion(self._emotion), ReplyText(text)] if first else [ReplyText(text)]
