"""How a name is pronounced, as a character file says it and as a voice takes it; knows no voice engine.

A writer gives a respelling (``OAK-hol-oh``) or IPA (``ˈoʊkhɒloʊ``, also between slashes); both become the phonemes that
Piper's voices have in common, written the way espeak writes them.
"""

from __future__ import annotations

import re
import unicodedata

from npcengine.respelling import phonemes_of

VOWELS = frozenset("aeiouyæøœɐɑɒɔɘəɚɛɜɞɤɨɪɯɵɶʉʊʌʏᵻε")
_CONSONANTS = frozenset("bcdfhjklmnpqrstvwxzçðħŋɓɕɖɗɟɠɡɢɣɥɦɧɫɬɭɮɰɱɲɳɴɸɹɺɻɽɾʀʁʂʃʄʈʋʍʎʐʑʒʔʕʘʙʛʜʝʟʡʢβθχⱱǀǁǂǃ")
STRESS = "ˈˌ"
_MARKS = frozenset("ːˑ˞ˤʰʲ\u0303\u0327\u0329\u032a\u032f")
"""Length, rhoticity, what is pharyngealised, aspirated, palatal, nasal, syllabic, dental; the cedilla of a split ç."""
SOUNDS = VOWELS | _CONSONANTS | _MARKS | frozenset(STRESS)
"""What the phoneme map of Piper's espeak voices holds, its punctuation and digits left out."""

_UNIFORM = str.maketrans({"g": "ɡ", ":": "ː", "'": "ˈ", "’": "ˈ", ",": "ˌ", ".": None, "͡": None, "͜": None, "‿": None})
"""Other ways to write the same; syllables need no mark of their own."""
_PLAIN = re.compile(r"[A-Za-z][A-Za-z\s-]*")
_FENCED = re.compile(r"/(.*)/|\[(.*)\]", re.DOTALL)


def phonemes_for(written: str) -> str:
    """The phonemes of a name as a writer gives them: plain letters are a respelling, all else is IPA.

    Raises:
        ValueError: It can't be read; the message tells a writer why, and what to write.
    """
    written = written.strip()
    fenced = _FENCED.fullmatch(written)
    if fenced is None and _PLAIN.fullmatch(written):
        return phonemes_of(written)
    ipa = fenced[1] or fenced[2] or "" if fenced else written
    return _from_ipa(ipa)


def _from_ipa(ipa: str) -> str:
    text = " ".join(unicodedata.normalize("NFD", ipa).translate(_UNIFORM).split())
    unknown = list(dict.fromkeys(sign for sign in text if sign not in SOUNDS and sign != " "))
    if unknown:
        signs = ", ".join(f'"{sign}"' for sign in unknown)
        raise ValueError(
            f"{signs} {'is no sound' if len(unknown) == 1 else 'are no sounds'} that a voice knows; write IPA, for "
            "example ˈoʊkhɑːloʊ, or a respelling in plain letters, for example OAK-hol-oh"
        )
    if VOWELS.isdisjoint(text):
        raise ValueError("holds no vowel, so no voice can say it; write for example OAK-hol-oh")
    text = " ".join(_stress_before_vowels(word) for word in text.split())
    if "ˈ" in text:
        return text
    first = next(index for index, sign in enumerate(text) if sign in VOWELS)  # dictionaries don't mark single syllables
    return f"{text[:first].removesuffix('ˌ')}ˈ{text[first:]}"


def _stress_before_vowels(word: str) -> str:
    """Dictionaries mark stress before the syllable, espeak before its vowel."""
    moved, mark = "", ""
    for sign in word:
        if sign in STRESS:
            mark = sign
        else:
            moved += mark * (sign in VOWELS) + sign
            mark = "" if sign in VOWELS else mark
    return moved
