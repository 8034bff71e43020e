"""Words of a text as they are compared: lower case, without endings, without filler; knows no character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

_ALGORITHMS = {
    "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish", "fr": "french",
    "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian",
    "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""Language codes and the stemmers that know them; words of other languages are compared as they are."""

_FILLER = """
    a about ah all also am an and any anyone anything are as ask at be because been but by can could did do
    does done even ever folk for from get gets getting give go goes going gone got had happen happened
    happens has have having he hello her here hers hey hi him his how i if in into is it its just know let
    like may me might mine more much must my no not now of off oh on one or our out over own people please
    really say says shall she should so some someone something tell than that the their them then there
    these they thing things think this those to told too up us very was we were what when where which who
    whom whose why will with would yes yet you your yours yourself
    eh er ha hah haha hm hmm mm nah nope ok okay uh um wow yeah yep
"""
FILLER = frozenset(_FILLER.split())
"""English words that say nothing about a subject."""

_CONTRACTIONS = (
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(?:s|re|ve|ll|d|m)\b"), ""),
)
_NAME = re.compile(r"(?<![.!?…\"“—:]\s)(?<!^)\b[A-Z][a-z]{2,}")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words(text: str) -> tuple[str, ...]:
    """The words of `text` in lower case, contractions taken apart, punctuation gone."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    for pattern, replacement in _CONTRACTIONS:
        plain = pattern.sub(replacement, plain)
    return tuple(_WORD.findall(plain))


def capitals(text: str) -> list[str]:
    """What is written with a capital within the sentences of `text`: names, mostly."""
    return _NAME.findall(text)


def stems(text: str, language: str = "en") -> tuple[str, ...]:
    """The words of `text` that say something about its subject, without their endings, in order."""
    return stems_of((word for word in words(text) if word not in FILLER), language)


def stems_of(some_words: Iterable[str], language: str = "en") -> tuple[str, ...]:
    """Words without their endings."""
    return tuple(_stem(word, language) for word in some_words)


@lru_cache(maxsize=8192)
def _stem(word: str, language: str) -> str:
    algorithm = _ALGORITHMS.get(re.split(r"[-_]", language.lower())[0])
    return str(_stemmer(algorithm).stemWord(word)) if algorithm else word


@lru_cache(maxsize=4)
def _stemmer(algorithm: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(algorithm)
