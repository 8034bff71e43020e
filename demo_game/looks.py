"""How each character of the village looks, by the stem of its file; data only, drawn by `demo_game.face_rig`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Colour: TypeAlias = tuple[int, int, int]

HairStyle: TypeAlias = Literal["bun", "long", "short", "curly", "receding"]
Beard: TypeAlias = Literal["none", "stubble", "moustache", "short", "full"]
Headwear: TypeAlias = Literal["none", "scarf", "hood", "cap", "band"]
Garment: TypeAlias = Literal["apron", "waistcoat", "bodice", "robe"]
Place: TypeAlias = Literal["forge", "inn", "river", "chapel"]


@dataclass(frozen=True, slots=True)
class Look:
    """What the face rig draws a person from.

    Attributes:
        skin: Lit skin; shades are derived from it.
        blush: 0–1, how red cheeks and nose are.
        lips: Colour of the lips.
        iris: Colour of the eyes.
        hair: Lit hair; brows and beard follow it.
        width: Face width, 1 is average.
        jaw: 0–1, how square the jaw is.
        eye_size: 1 is average.
        nose: Size of the nose, 1 is average.
        lip_fullness: 1 is average.
        brow_weight: Thickness of the brows, 1 is average.
        age: 0–1, how marked the lines are.
        lashes: 0–1, how strong the lashes are.
        scar: Whether an old cut runs through the brow at the viewer's right.
        cloth: Colour of the garment.
        cloth_trim: Colour of what is worn over it (apron, collar, scarf).
        headwear_colour: Colour of scarf, hood, cap or band.
        place: What is seen behind.
        tint: Colour of the air behind.
        glow: Colour of the light behind.
    """

    skin: Colour = (224, 172, 138)
    blush: float = 0.4
    lips: Colour = (178, 98, 86)
    iris: Colour = (92, 120, 98)
    hair: Colour = (112, 76, 50)
    hair_style: HairStyle = "short"
    beard: Beard = "none"
    headwear: Headwear = "none"
    width: float = 1.0
    jaw: float = 0.4
    eye_size: float = 1.0
    nose: float = 1.0
    lip_fullness: float = 1.0
    brow_weight: float = 1.0
    age: float = 0.25
    lashes: float = 0.3
    scar: bool = False
    garment: Garment = "waistcoat"
    cloth: Colour = (104, 112, 96)
    cloth_trim: Colour = (176, 150, 110)
    headwear_colour: Colour = (150, 70, 60)
    place: Place = "river"
    tint: Colour = (52, 66, 70)
    glow: Colour = (236, 204, 150)


GERTA = Look(
    skin=(226, 166, 130),
    blush=0.7,
    lips=(182, 94, 84),
    iris=(70, 124, 136),
    hair=(176, 86, 44),
    hair_style="bun",
    headwear="band",
    headwear_colour=(46, 104, 118),
    width=1.0,
    jaw=0.5,
    eye_size=1.08,
    brow_weight=1.05,
    age=0.35,
    lashes=0.5,
    garment="apron",
    cloth=(214, 200, 176),
    cloth_trim=(116, 72, 44),
    place="forge",
    tint=(64, 36, 30),
    glow=(255, 142, 58),
)

ALDO = Look(
    skin=(230, 174, 138),
    blush=0.4,
    lips=(186, 106, 92),
    iris=(82, 136, 124),
    hair=(160, 84, 46),
    hair_style="curly",
    beard="stubble",
    width=0.93,
    jaw=0.55,
    eye_size=1.04,
    nose=1.06,
    lip_fullness=0.9,
    brow_weight=1.1,
    age=0.12,
    lashes=0.2,
    garment="waistcoat",
    cloth=(222, 212, 190),
    cloth_trim=(44, 84, 100),
    headwear_colour=(196, 148, 60),
    place="river",
    tint=(30, 52, 74),
    glow=(255, 196, 120),
)

MAREN = Look(
    skin=(238, 192, 164),
    blush=0.85,
    lips=(192, 88, 86),
    iris=(122, 86, 48),
    hair=(118, 86, 66),
    hair_style="bun",
    headwear="scarf",
    headwear_colour=(158, 52, 62),
    width=1.07,
    jaw=0.22,
    eye_size=1.06,
    nose=0.98,
    lip_fullness=1.05,
    brow_weight=0.8,
    age=0.6,
    lashes=0.7,
    garment="bodice",
    cloth=(236, 224, 200),
    cloth_trim=(74, 96, 72),
    place="inn",
    tint=(66, 44, 28),
    glow=(255, 190, 98),
)

OSWIN = Look(
    skin=(146, 98, 70),
    blush=0.15,
    lips=(136, 80, 70),
    iris=(84, 54, 34),
    hair=(176, 174, 170),
    hair_style="receding",
    beard="full",
    width=0.99,
    jaw=0.7,
    nose=1.16,
    brow_weight=1.25,
    age=0.85,
    lashes=0.1,
    scar=True,
    garment="robe",
    cloth=(112, 88, 64),
    cloth_trim=(196, 164, 96),
    place="chapel",
    tint=(42, 40, 66),
    glow=(240, 208, 140),
)

TRAVELLER = Look(
    skin=(232, 184, 150),
    hair=(84, 58, 40),
    headwear="hood",
    headwear_colour=(62, 88, 142),
    garment="waistcoat",
    cloth=(62, 88, 142),
    cloth_trim=(150, 118, 70),
)
"""The player, who is only ever seen from afar."""

BY_STEM: dict[str, Look] = {"gerta": GERTA, "aldo": ALDO, "maren": MAREN, "oswin": OSWIN}

STRANGERS = (
    replace(
        MAREN, headwear="none", hair_style="long", hair=(64, 46, 40), age=0.1, width=0.95, cloth_trim=(96, 70, 104)
    ),
    replace(
        OSWIN,
        hair=(44, 34, 30),
        hair_style="short",
        beard="short",
        age=0.3,
        scar=False,
        place="river",
        tint=(38, 46, 66),
    ),
    replace(GERTA, hair=(204, 168, 100), headwear="none", hair_style="long", cloth_trim=(70, 92, 120), place="inn"),
    replace(
        ALDO, hair=(60, 48, 44), beard="moustache", headwear="cap", headwear_colour=(92, 84, 66), age=0.5, place="inn"
    ),
)
"""What a character without a look of its own is given, so that a file dropped into the folder shows at once."""


def look_for(stem: str) -> Look:
    """The look of the character file named `stem`, or that of a stranger chosen by the name."""
    return BY_STEM.get(stem) or STRANGERS[sum(stem.encode()) % len(STRANGERS)]
