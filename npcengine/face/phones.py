"""The sounds of speech in espeak's IPA: which symbols are vowels, stops, marks; knows no mouth and no timing."""

from __future__ import annotations

PAUSE = "_"
"""Stands for silence between sounds: breath groups, punctuation, the ends of a stretch."""

BILABIALS = frozenset("pbm")
VOICELESS_STOPS = frozenset("ptkcqʔ")
VOICED_STOPS = frozenset("bdɡgɟɖ")
NASALS = frozenset("mnŋɲɳɴɱ")
FRICATIVES = frozenset("fvθðszʃʒxçɣχʁɸβhɦɕʑʂʐɬ")
AFFRICATES = frozenset({"tʃ", "dʒ"})
VOWELS = frozenset("iɪᵻyʏɨʉɯuʊeøɘəɐɵɤoɛœɜɚɝʌɔæaɶɑɒ")
DIPHTHONGS = frozenset({"aɪ", "aʊ", "ɔɪ", "eɪ", "oʊ", "əʊ"})

STRESS_MARKS = frozenset("ˈˌ")
"""Their time holds the sound of the vowel after them."""
MODIFIERS = frozenset("ːˑ\u0329\u0303\u032f\u032aʲʰʷ˞")
"""Length, syllabic, nasal and other marks: their time belongs to the sound before them."""
SPACE = " "
SILENT = frozenset("^$_,.;:!?…-–—\"'()«»“”¿¡\n\t")
"""Punctuation and the marks that open and close a stretch: heard as silence."""


def is_vowel(symbol: str) -> bool:
    """Whether `symbol`, a single vowel or a diphthong, opens the mouth."""
    return symbol[0] in VOWELS


def glide(symbol: str) -> tuple[str, str] | None:
    """The two vowels of a diphthong or None."""
    return (symbol[0], symbol[1]) if symbol in DIPHTHONGS else None
