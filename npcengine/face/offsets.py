"""By how much a voice's labels run late, as data: class by class, and with the pace of speech; knows no sound.

A slow voice's labels run later than a fast one's. Nobody has to tell how fast a stretch was asked for, or by how much
an effect has squeezed it since: its own labels say how long they last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from npcengine.face import phones
from npcengine.types import Phoneme

_PACE_LIMITS = (0.6, 1.6)
_PACE_PRIOR_SYMBOLS = 10
"""As many symbols of the usual length are counted with those of a stretch: two or three say little about its pace."""

_CLASSES: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset("p"), "voiceless_stop"),
    (frozenset("b"), "voiced_stop"),
    (frozenset("mɱ"), "nasal"),
    (phones.VOICELESS_STOPS | phones.VOICED_STOPS, "tongue_stop"),
    (phones.NASALS, "tongue_nasal"),
    (phones.AFFRICATES, "affricate"),
    (phones.FRICATIVES, "fricative"),
)


@dataclass(frozen=True, slots=True)
class LabelOffsets:
    """By how much a voice's labels run late, in milliseconds for each class of sound.

    The defaults are those of en_US-joe-medium as `npcengine calibrate` found them. Other voices of the same
    architecture take the same figures until they are measured.

    Attributes:
        voiceless_stop: The closure of a p begins so long before its label.
        voiced_stop: That of a b.
        nasal: That of an m.
        tongue_stop: That of t, d, k and their kin.
        tongue_nasal: That of n and ŋ.
        fricative: The hiss of s, f and their kin.
        affricate: The closure of tʃ and dʒ.
        vowel: A vowel, and likewise a glide or a liquid.
        release: A stop is released so long after its label begins, however long the label lasts.
        word_initial: A word's first sound begins so long before the label of the space in front of it.
        symbol_ms: Mean length of a label at the pace that all the others hold for; 0 where they hold at any.
    """

    voiceless_stop: float = 73.6
    voiced_stop: float = 56.7
    nasal: float = 49.2
    tongue_stop: float = 14.3
    tongue_nasal: float = 17.6
    fricative: float = 6.4
    affricate: float = 39.7
    vowel: float = 23.4
    release: float = 9.8
    word_initial: float = 15.6
    symbol_ms: float = 50.5

    def of(self, symbol: str) -> float:
        """Milliseconds by which the label of `symbol` runs late: 0 for a pause; glides and liquids go with vowels."""
        if symbol == phones.PAUSE:
            return 0.0
        found: float = getattr(self, class_of(symbol))
        return found

    def at_pace_of(self, phonemes: Sequence[Phoneme], sample_rate: int) -> LabelOffsets:
        """The offsets of a stretch that is spoken faster or slower than the one they were measured on."""
        pace = self.pace_of(phonemes, sample_rate)
        return replace(self, **{each.name: pace * getattr(self, each.name) for each in fields(self)})

    def pace_of(self, phonemes: Sequence[Phoneme], sample_rate: int) -> float:
        """How long the labels of a stretch last: 1 is as those the offsets were measured on, 1.2 a fifth longer."""
        if not self.symbol_ms:
            return 1.0
        lengths = [phoneme.end - phoneme.start for phoneme in phonemes if phoneme.symbol not in phones.SILENT]
        prior_ms = _PACE_PRIOR_SYMBOLS * self.symbol_ms
        total_ms = sum(lengths) * 1000.0 / sample_rate + prior_ms
        pace = total_ms / (len(lengths) * self.symbol_ms + prior_ms)
        return min(max(pace, _PACE_LIMITS[0]), _PACE_LIMITS[1])


DEFAULT_OFFSETS = LabelOffsets()


def class_of(symbol: str) -> str:
    """The field of `LabelOffsets` that holds for `symbol`, a sound and no pause."""
    return next((name for symbols, name in _CLASSES if symbol in symbols), "vowel")
