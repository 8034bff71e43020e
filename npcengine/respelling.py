"""Reads a name respelt in plain letters, ``OAK-hol-oh``, as phonemes; pure English, knows no voice.

The key is that of Wikipedia ("Help:Pronunciation respelling key") with a few more spellings that writers use anyway:
syllables joined by hyphens, the stressed one in capitals. The phonemes are those of American English as espeak writes
them, stress marks before the vowel.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_VOWELS: Mapping[str, str] = MappingProxyType(
    {
        "a": "æ", "ah": "ɑː", "ai": "eɪ", "air": "ɛɹ", "ar": "ɑːɹ", "au": "ɔː", "aw": "ɔː", "ay": "eɪ", "e": "ɛ",
        "ea": "iː", "ee": "iː", "eer": "ɪɹ", "eh": "ɛ", "er": "ɜː", "ew": "juː", "ey": "eɪ", "eye": "aɪ", "i": "ɪ",
        "ie": "aɪ", "igh": "aɪ", "ih": "ɪ", "ir": "ɜː", "ire": "aɪɚ", "o": "ɑː", "oa": "oʊ", "oe": "oʊ", "oh": "oʊ",
        "oi": "ɔɪ", "oo": "uː", "oor": "ʊɹ", "or": "ɔːɹ", "ou": "aʊ", "ow": "aʊ", "ower": "aʊɚ", "oy": "ɔɪ", "u": "ʌ",
        "ue": "uː", "uh": "ʌ", "ur": "ɜː", "uu": "ʊ", "y": "aɪ", "ye": "aɪ",
    }
)  # fmt: skip
_CONSONANTS: Mapping[str, str] = MappingProxyType(
    {
        "b": "b", "c": "k", "ch": "tʃ", "ck": "k", "d": "d", "dh": "ð", "f": "f", "g": "ɡ", "gh": "ɡ", "h": "h",
        "j": "dʒ", "k": "k", "kh": "k", "l": "l", "m": "m", "n": "n", "ng": "ŋ", "nk": "ŋk", "p": "p", "ph": "f",
        "q": "k", "qu": "kw", "r": "ɹ", "s": "s", "sh": "ʃ", "t": "t", "th": "θ", "v": "v", "w": "w", "wh": "w",
        "x": "ks", "y": "j", "z": "z", "zh": "ʒ",
    }
)  # fmt: skip
_UNSTRESSED: Mapping[str, str] = MappingProxyType({"ʌ": "ə", "ɜː": "ɚ"})
"""What the neutral vowels are where no stress lies on them."""


def _longest_first(spellings: Mapping[str, str]) -> str:
    return "|".join(sorted(spellings, key=len, reverse=True))


_SYLLABLE = re.compile(
    # "ye" is a vowel in "rye", and none in "yes".
    rf"(?P<onset>(?:{_longest_first(_CONSONANTS)})*?)(?P<vowel>(?<=.)ye(?!.)|(?!ye)(?:{_longest_first(_VOWELS)}))"
    rf"(?P<coda>(?:(?![hwy])(?:{_longest_first(_CONSONANTS)}))*)"
)
_SOUND = re.compile(_longest_first(_CONSONANTS))
_TWICE = re.compile(r"([bcdfgklmnprstvz])\1")


def phonemes_of(respelling: str) -> str:
    """The phonemes of one or several words, with a space between words.

    Raises:
        ValueError: A syllable can't be read; the message tells a writer which, and what to write.
    """
    return " ".join(_word(word) for word in respelling.split())


def _word(word: str) -> str:
    syllables = [syllable for syllable in word.split("-") if syllable]
    capitals = [index for index, syllable in enumerate(syllables) if syllable.isupper()]
    stressed = capitals or [0]  # English words are mostly stressed on the first syllable
    return "".join(_syllable(syllable, stressed=index in stressed) for index, syllable in enumerate(syllables))


def _syllable(written: str, *, stressed: bool) -> str:
    found = _SYLLABLE.fullmatch(_TWICE.sub(r"\1", written.lower()))
    if found is None:
        raise ValueError(
            f'"{written}" can\'t be read as one syllable; write each as it sounds, with hyphens between them and the '
            "stressed one in capitals, for example OAK-hol-oh, or write IPA between slashes"
        )
    vowel = _VOWELS[found["vowel"]]
    vowel = f"ˈ{vowel}" if stressed else _UNSTRESSED.get(vowel, vowel)
    return _consonants(found["onset"]) + vowel + _consonants(found["coda"])


def _consonants(written: str) -> str:
    return "".join(_CONSONANTS[sound] for sound in _SOUND.findall(written))
