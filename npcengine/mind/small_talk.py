"""Talk that asks for nothing known: greetings, thanks, how one is, who one is; knows no language model."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np

from npcengine.mind.asking import can_tell
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.reading import Reading
from npcengine.mind.words import FILLER, words
from npcengine.persona import Fact, Persona

Topic: TypeAlias = Literal["greeting", "farewell", "thanks", "wellbeing", "identity"]

_PROTOTYPES: Mapping[Topic, tuple[str, ...]] = MappingProxyType(
    {
        "greeting": ("hello", "hi there", "good morning", "good day to you", "good evening", "greetings", "hey you"),
        "farewell": ("goodbye", "bye then", "see you later", "farewell", "good night", "i must go now", "take care"),
        "thanks": ("thank you", "thanks a lot", "thanks for your help", "i am grateful", "much obliged"),
        "wellbeing": ("how are you", "how are you doing today", "how do you do", "are you well", "how is it going"),
        "identity": (
            "who are you", "what is your name", "what are you called", "tell me about yourself", "introduce yourself",
            "who am i talking to", "what should i call you", "tell me who you are",
        ),
    }
)  # fmt: skip

_NO_QUESTION = r"(?: (?!how|what|who|where|when|why)\w+)"
_FORMS: Mapping[Topic, re.Pattern[str]] = MappingProxyType(
    {
        "greeting": re.compile(
            r"(?:oh )?(?:hi|hiya|hello|hullo|hey|heya|howdy|greetings|hail|good (?:morning|afternoon|evening|day)"
            rf"|morning|evening|well met|salutations|(?:nice|pleased) to meet you)\b{_NO_QUESTION}{{0,3}}"
        ),
        "farewell": re.compile(
            r"(?:(?:well|ok|okay|right|so) )?(?:good ?bye|bye(?: bye)?|farewell|see (?:you|ya)|so long|cheerio"
            r"|take care|good night|until next time|i (?:must|have to|should) (?:go|leave|be going))\b(?: \w+){0,3}"
        ),
        "thanks": re.compile(
            r"(?:(?:oh|ok|okay|well|great|many) )?(?:thank you|thanks|thank ye|cheers|much obliged"
            r"|i am (?:very )?grateful)\b(?: \w+){0,5}"
        ),
        "wellbeing": re.compile(
            r"(?:and |so )?(?:how are (?:you|things)|how do you do|how have you been|how is it going|how goes it"
            r"|how do you feel|are you (?:well|all right|alright|ok|okay))\b(?: \w+){0,2}"
        ),
    }
)
"""Small talk by its form, all of the line."""

_ORDINARY = (
    "how was your night", "have you eaten yet", "are you feeling well", "what are you doing tonight",
    "do you get lonely", "what do you wish for", "what makes you sad", "do you enjoy your work",
    "what do you like best", "do you like me", "are you angry with me", "do you miss home", "do you sleep well",
    "what is on your mind", "are you hungry", "what do you hope for", "what are you afraid of",
    "do you like animals", "may I stay a moment", "do you like children", "do you have time for me",
    "what do you think about life", "do you ever laugh", "would you rather live elsewhere", "I am tired",
    "I am cold", "I have come a long way", "my head aches", "I need a rest", "I had a bad dream",
    "what a beautiful day", "the weather is terrible", "it is getting dark", "it is warm in here", "I am thirsty",
    "you seem happy today", "you look beautiful", "I like you", "I hate this place", "you are kind", "you are rude",
    "I lost my bag", "I am poor", "I am new here", "I am looking for work", "my family is far away",
    "I agree with you", "that makes no sense", "I was wrong", "forget what I said", "I will wait",
    "I have to think about it", "I am bored", "my shoes are broken", "I hurt my leg", "I used to live by the sea",
    "my brother is a fool", "I had a dog once",
)  # fmt: skip
"""Talk that is about nobody's knowledge: the speaker's own state, the hour, the weather, how one likes it."""

NEARER = 0.15
"""A line that is so much nearer to such talk than to any fact is no question for one."""

NEAR = 0.4
"""What is less like such talk than this is not told from it."""

ALIKE = 0.74
"""Likeness of a line to a prototype from which on it is such talk."""

MOST_WORDS = 8
"""Small talk is short: what is longer says something besides."""

_OPINION = re.compile(
    r"\b(?:do|did|would|will|are|were|have|can|could|should) you\b"
    r"|\byou (?:think|feel|like|love|hate|want|wish|miss|believe)\b"
    r"|\byour (?:favou?rite|opinion|mind)\b|^(?:and |so )?how (?:is|are|goes|was) "
)
"""Asks how the character sees things: it may say what it likes."""


_LIKING = re.compile(
    r"^(?:(?:and|but|so|well|oh|tell me) )?(?:do|did|don't|would) you (?:(?:really|ever|still|also|not|even) )?"
    r"(?:like|love|enjoy|hate|dislike|prefer|fancy|miss)\b"
)
_LIKINGS = re.compile(
    r"\b(?:lik|lov|enjoy|hat|dislik|prefer|fanc|miss|fond|favou?rit|dear|sick of|tired of|can(?:no|')t (?:bear|stand)"
    r"|proud|afraid|fear)\w*"
)


class SmallTalk:
    """Tells it for one character; built once for it."""

    def __init__(self, persona: Persona, embedder: SentenceEmbedder) -> None:
        self._embedder = embedder
        self._own = frozenset(words(persona.name))
        self._topics = [topic for topic, texts in _PROTOTYPES.items() for _ in texts]
        self._ordinary = embedder.embed(_ORDINARY)
        self._meanings = embedder.embed([text for texts in _PROTOTYPES.values() for text in texts])

    def topic(self, reading: Reading) -> Topic | None:
        """What small talk a line is; None for any other line."""
        said = " ".join(word for word in words(reading.said) if word not in self._own)
        if not said or len(said.split()) > MOST_WORDS:
            return None
        for topic, form in _FORMS.items():
            if form.fullmatch(said):
                return topic
        nearness = self._meanings @ self._embedder.embed([said])[0]
        best = int(np.argmax(nearness))
        return self._topics[best] if nearness[best] >= ALIKE else None

    def is_ordinary(self, reading: Reading, *, fact_near: float) -> bool:
        """Whether a line is everyday talk rather than about a fact that is so near to it in meaning."""
        nearest = float((self._ordinary @ self._embedder.embed([reading.said])[0]).max())
        return nearest >= NEAR and nearest > fact_near + NEARER


def may_be_told(reading: Reading) -> bool:
    """Whether an answer to a line may be made up: it asks for no person, place, time or number, and for no relative."""
    return reading.wanted in ("yes_no", "", "what", "how", "why") and can_tell(reading.said, "")


def asks_of_self(reading: Reading) -> bool:
    """Whether a line asks what the character thinks, feels or does, and not for what it knows."""
    return may_be_told(reading) and bool(_OPINION.search(reading.said))


def asks_for_liking(reading: Reading) -> bool:
    """Whether a line asks what the character likes."""
    return bool(_LIKING.match(reading.said))


def tells_liking(fact: Fact) -> bool:
    """Whether a fact tells that somebody likes something, or does not."""
    return bool(_LIKINGS.search(f"{fact.text} {fact.say or ''}".lower()))


def is_empty(reading: Reading) -> bool:
    """Whether a line says nothing that could be about something."""
    return not [word for word in words(reading.said) if word not in FILLER]


def introduction(persona: Persona) -> str:
    """Who a character is, in a sentence of its own; for one whose author gave it no words for that."""
    role = persona.role.strip()
    if not role:
        return f"I am {persona.name}."
    article = "" if re.match(r"(?:a|an|the|my|your|our|his|her)\b|[A-Z]", role) or " of " in role else _article(role)
    return f"I am {persona.name}, {article}{role.rstrip('.')}."


def _article(role: str) -> str:
    return "an " if role[0].lower() in "aeiou" else "a "
