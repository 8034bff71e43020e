"""Puts an author's pronunciation of names among the phonemes of a sentence; pure, knows symbols and no voice engine.

A name is not spoken apart from its sentence: the words around it depend on it ("the" before a vowel), and so do pauses.
So a stand-in of the same kind goes through the phonemiser in its place, and gives way to the phonemes afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from npcengine.pronunciation import STRESS, VOWELS

STAND_INS = ("Ogzub", "Zubgub")
"""Begins with a vowel, begins with a consonant: no words of any language, and said alike wherever they stand."""

Names = tuple[tuple[str, str], ...]

_UNCOUNTED = frozenset("ːˑ" + STRESS)
_SIBILANTS, _VOICELESS = frozenset("szʃʒ"), frozenset("ptkfθ")
_AMERICAN: Mapping[str, str] = MappingProxyType(
    {
        "ɒː": "ɔː", "ɒ": "ɑː", "əʊ": "oʊ", "r": "ɹ", "ɻ": "ɹ", "ʁ": "ɹ", "ʀ": "ɹ", "x": "k", "χ": "k", "ɣ": "ɡ",
        "ç": "h", "c\u0327": "h", "ʍ": "w", "ɫ": "l", "ɬ": "l", "ʎ": "lj", "ɲ": "nj", "β": "v", "ʋ": "v", "ɸ": "f",
        "y": "uː", "ʉ": "uː", "ɯ": "ʊ", "ɨ": "ɪ", "ʏ": "ʊ", "ø": "ɜː", "œ": "ɜː", "ɤ": "ʌ", "ɘ": "ə", "ɵ": "ə",
        "ɦ": "h", "c": "tʃ", "ɟ": "dʒ", "\u0303": "", "ʰ": "", "ˤ": "", "\u032a": "", "ˑ": "ː",
    }
)  # fmt: skip
"""Sounds that a voice which learnt American English has hardly heard, and the nearest that it has."""
_FOREIGN = re.compile("|".join(sorted(_AMERICAN, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sentence for the phonemiser.

    Attributes:
        text: With stand-ins for names.
        stand_ins: Which ones, in order.
        phonemes: What each of them stands for.
    """

    text: str
    stand_ins: tuple[str, ...] = ()
    phonemes: tuple[str, ...] = ()


def prepared(sentence: str, names: Names) -> Prepared:
    """The sentence with a stand-in for every name that the author pronounces; its plural or possessive s goes along."""
    if not names:
        return Prepared(sentence)
    pattern, known = _lexicon(names)
    stand_ins: list[str] = []
    phonemes: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        said = known[found["name"].casefold()] + _ending(known[found["name"].casefold()]) * bool(found["s"])
        stand_ins.append(STAND_INS[0] if said.lstrip(STRESS)[0] in VOWELS else STAND_INS[1])
        phonemes.append(said)
        return stand_ins[-1]

    text = pattern.sub(stand_in, sentence)
    return Prepared(text, tuple(stand_ins), tuple(phonemes))


def with_names(symbols: Sequence[str], of: Prepared, said: Mapping[str, Sequence[str]]) -> list[str] | None:
    """The symbols of the sentence with each name's own; None where a stand-in is not to be found among them.

    Args:
        symbols: Of the prepared text.
        of: The sentence.
        said: The symbols of each stand-in by itself.
    """
    whole: list[str] = []
    rest = list(symbols)
    for stand_in, phonemes in zip(of.stand_ins, of.phonemes, strict=True):
        wanted = list(said[stand_in])
        places = range(len(rest) - len(wanted) + 1)
        at = next((place for place in places if rest[place : place + len(wanted)] == wanted), None)
        if at is None:
            return None
        whole += [*rest[:at], *phonemes]
        rest = rest[at + len(wanted) :]
    return whole + rest


def american(phonemes: str) -> str:
    """The phonemes with what is foreign to American English replaced by what is nearest in it."""
    return _FOREIGN.sub(lambda found: _AMERICAN[found.group()], phonemes)


def spoken_weight(word: str, names: Names) -> str:
    """What stands for a word where letters are counted: a name's phonemes, for it may be written with many more."""
    of = prepared(word, names)
    text = of.text
    for stand_in, phonemes in zip(of.stand_ins, of.phonemes, strict=True):
        text = text.replace(stand_in, "".join(sign for sign in phonemes if sign not in _UNCOUNTED), 1)
    return text


@lru_cache(maxsize=32)
def _lexicon(names: Names) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all names, longer ones first, as written, capitalised or in capitals; and their phonemes."""
    forms = {form for name, _ in names for form in (name, name[:1].upper() + name[1:], name.upper())}
    either = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    known = {name.casefold(): phonemes for name, phonemes in names}
    return re.compile(rf"(?<!\w)(?P<name>{either})(?P<s>['’]s|['’](?=\W|$))?(?!\w)"), known


def _ending(phonemes: str) -> str:
    """How an s after it sounds."""
    last = phonemes[-1]
    if last in _SIBILANTS:
        return "ᵻz"
    return "s" if last in _VOICELESS else "z"
