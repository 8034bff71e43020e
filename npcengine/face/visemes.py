"""Which mouth belongs to which sound: IPA to OVR visemes and Rhubarb letters, visemes to ARKit weights; knows no time.

The phoneme table covers every symbol that espeak's en-us emits, and the nearest mouth for the rest of Europe's
sounds. Viseme weights lie between two MIT-licensed presets (TalkingHead, OpenFaceFX), under the limits of JALI
(Edwards et al. 2016).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from npcengine.face import arkit, phones

VISEMES = ("sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou")
"""The 15 visemes of OVR LipSync and OpenXR's XR_META_face_tracking_visemes, in their order."""

INDEX: Mapping[str, int] = {name: index for index, name in enumerate(VISEMES)}

MOUTH_SHAPES = "ABCDEFGHX"
"""Rhubarb's shapes: shut, teeth together, open, wide, slightly round, pucker, lip to teeth, tongue up, rest."""

Lips: TypeAlias = Literal["shut", "teeth", "sibilant", "round", "glide", "tongue", "open", "rest"]
"""What a sound asks of the lips; decides who wins where two sounds disagree."""


@dataclass(frozen=True, slots=True)
class Mouth:
    """How a sound looks.

    Attributes:
        mix: Visemes and their shares; the first is the sound's name in a viseme stream.
        shape: Its Rhubarb letter.
        lips: What it asks of the lips.
        dominance: How firmly it holds its place beside its neighbours; a schwa gives way.
    """

    mix: tuple[tuple[str, float], ...]
    shape: str
    lips: Lips
    dominance: float = 1.0

    @property
    def viseme(self) -> str:
        """The one viseme that stands for the sound."""
        return self.mix[0][0]


def _mouth(viseme: str, shape: str, lips: Lips, share: float = 1.0) -> Mouth:
    return Mouth(((viseme, share),), shape, lips)


REST = _mouth("sil", "X", "rest")
UNKNOWN = _mouth("kk", "B", "tongue")
"""A sound that the table doesn't know moves the tongue and leaves the lips to its neighbours."""

_PP, _FF, _TH = _mouth("PP", "A", "shut"), _mouth("FF", "G", "teeth"), _mouth("TH", "B", "tongue")
_DD, _KK, _CH = _mouth("DD", "B", "tongue"), _mouth("kk", "B", "tongue"), _mouth("CH", "F", "sibilant")
_SS, _N, _L = _mouth("SS", "B", "sibilant"), _mouth("nn", "B", "tongue"), _mouth("nn", "H", "tongue")
_R, _W, _J = _mouth("RR", "E", "glide"), _mouth("ou", "F", "round"), _mouth("ih", "B", "glide")
_ER = Mouth((("RR", 0.6), ("E", 0.4)), "E", "open")
_IH = Mouth((("ih", 0.7), ("E", 0.3)), "B", "open")
_AE = Mouth((("aa", 0.6), ("E", 0.4)), "C", "open")
_SCHWA = Mouth((("E", 0.5),), "B", "open", dominance=0.4)
_OE = Mouth((("E", 0.5), ("ou", 0.5)), "E", "round")

_BY_SOUND: Mapping[str, Mouth] = {
    "pbm": _PP, "fvɱ": _FF, "ɸβ": _FF, "θð": _TH, "tdɾɖʈ": _DD, "nɲɳ": _N, "lɬɭʎ": _L,
    "kɡgxqcɟɣχʁŋɴçħʕ": _KK, "szɕʑ": _SS, "ʃʒʂʐ": _CH, "ɹrɻʀ": _R, "wʍɥ": _W, "jʝ": _J,
    "ɜɚɝ": _ER, "i": _mouth("ih", "B", "open"), "yʏ": _mouth("ou", "F", "round", 0.8), "ɪᵻɨ": _IH,
    "ɛe": _mouth("E", "C", "open"), "øœɵ": _OE, "æ": _AE, "əɐɘ": _SCHWA,
    "ʌɤ": _mouth("aa", "C", "open", 0.6), "ɑɒaɶ": _mouth("aa", "D", "open"), "ɔo": _mouth("oh", "E", "round"),
    "ʊuʉɯ": _mouth("ou", "F", "round"), phones.PAUSE: REST,
}  # fmt: skip

_MOUTHS: Mapping[str, Mouth] = {
    **{symbol: mouth for symbols, mouth in _BY_SOUND.items() for symbol in symbols},
    **dict.fromkeys(phones.AFFRICATES, _CH),
}

BORROWERS = frozenset("hʔɦ")
"""Sounds without a mouth of their own: they take that of the vowel after them."""


def mouth_of(symbol: str) -> Mouth:
    """The mouth of one IPA sound (not a diphthong); unknown sounds move only the tongue."""
    return _MOUTHS.get(symbol, UNKNOWN)


ARKIT: Mapping[str, Mapping[str, float]] = {
    "sil": {},
    "PP": {"mouthPress": 0.5, "mouthRollLower": 0.3, "mouthRollUpper": 0.3},
    "FF": {"jawOpen": 0.07, "mouthRollLower": 0.5, "mouthShrugLower": 0.4, "mouthUpperUp": 0.3},
    "TH": {"jawOpen": 0.15, "tongueOut": 0.5, "mouthUpperUp": 0.15, "mouthLowerDown": 0.15},
    "DD": {"jawOpen": 0.2, "mouthUpperUp": 0.1, "mouthLowerDown": 0.1},
    "kk": {"jawOpen": 0.25, "mouthLowerDown": 0.15},
    "CH": {"jawOpen": 0.15, "mouthFunnel": 0.55, "mouthPucker": 0.4},
    "SS": {"jawOpen": 0.08, "mouthStretch": 0.3, "mouthUpperUp": 0.2, "mouthLowerDown": 0.3},
    "nn": {"jawOpen": 0.18, "mouthLowerDown": 0.1},
    "RR": {"jawOpen": 0.2, "mouthPucker": 0.4, "mouthFunnel": 0.25},
    "aa": {"jawOpen": 0.6, "mouthLowerDown": 0.1},
    "E": {"jawOpen": 0.38, "mouthStretch": 0.3, "mouthDimple": 0.2},
    "ih": {"jawOpen": 0.18, "mouthStretch": 0.4, "mouthSmile": 0.25},
    "oh": {"jawOpen": 0.4, "mouthFunnel": 0.65, "mouthPucker": 0.35},
    "ou": {"jawOpen": 0.12, "mouthPucker": 0.85, "mouthFunnel": 0.4},
}
"""ARKit weights of each viseme at its height; a name without a side sets both."""

VISEME_ROWS: NDArray[np.float32] = np.stack([arkit.row(ARKIT[name]) for name in VISEMES])
"""float32 (15, 52): `ARKIT` as rows in the order of `VISEMES`."""


def weights_of(mouth: Mouth) -> NDArray[np.float32]:
    """float32 (52,): the ARKit weights of a sound's mouth at its height."""
    row = np.zeros(arkit.COUNT, dtype=np.float32)
    for viseme, share in mouth.mix:
        row += share * VISEME_ROWS[INDEX[viseme]]
    return row


LETTERS: Mapping[str, Mapping[str, float]] = {
    "A": ARKIT["PP"],
    "B": {"jawOpen": 0.1, "mouthStretch": 0.3, "mouthUpperUp": 0.2, "mouthLowerDown": 0.3},
    "C": {"jawOpen": 0.42, "mouthStretch": 0.3, "mouthDimple": 0.2},
    "D": {"jawOpen": 0.8, "mouthLowerDown": 0.15, "mouthUpperUp": 0.1},
    "E": {"jawOpen": 0.4, "mouthFunnel": 0.55, "mouthPucker": 0.15},
    "F": ARKIT["ou"],
    "G": ARKIT["FF"],
    "H": {"jawOpen": 0.35, "tongueOut": 0.8, "mouthUpperUp": 0.1, "mouthLowerDown": 0.1},
    "X": {},
}
"""ARKit weights for whoever draws the pictures that Rhubarb's letters choose between."""
