"""How a previewed head looks: colours and hair, chosen by a name where nobody chose; knows no picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias
from zlib import crc32

from npcengine.persona import Persona

Colour: TypeAlias = tuple[int, int, int]
HairStyle: TypeAlias = Literal["short", "bob", "bun"]

SKINS: tuple[Colour, ...] = ((246, 205, 174), (232, 180, 146), (206, 150, 112), (164, 110, 78), (118, 78, 58))
HAIRS: tuple[Colour, ...] = ((60, 44, 40), (96, 62, 42), (150, 78, 44), (206, 164, 96), (150, 148, 150), (40, 38, 48))
EYES: tuple[Colour, ...] = ((74, 116, 140), (88, 120, 82), (110, 78, 48), (70, 92, 104))
CLOTHES: tuple[Colour, ...] = ((78, 104, 128), (128, 84, 78), (92, 112, 84), (116, 92, 128), (158, 122, 72))
BACKDROPS: tuple[Colour, ...] = ((222, 214, 200), (204, 214, 220), (214, 218, 200), (224, 208, 206))
STYLES: tuple[HairStyle, ...] = ("bob", "bun", "short")


@dataclass(frozen=True, slots=True)
class Look:
    """What a head is painted with; every shade follows from these."""

    skin: Colour = SKINS[0]
    hair: Colour = HAIRS[1]
    eyes: Colour = EYES[0]
    clothes: Colour = CLOTHES[0]
    backdrop: Colour = BACKDROPS[1]
    style: HairStyle = "bob"


def look_of(name: str) -> Look:
    """The look of a character of that name: always the same one; without a name the usual one."""
    if not name:
        return Look()
    chance = crc32(name.encode())
    return Look(
        skin=SKINS[chance % len(SKINS)],
        hair=HAIRS[chance // 5 % len(HAIRS)],
        eyes=EYES[chance // 30 % len(EYES)],
        clothes=CLOTHES[chance // 120 % len(CLOTHES)],
        backdrop=BACKDROPS[chance // 600 % len(BACKDROPS)],
        style=STYLES[chance // 2400 % len(STYLES)],
    )


def look_for(persona: Persona) -> Look:
    """The look that a character file asks for; what it leaves open is that of the name."""
    face, own = persona.face, look_of(persona.name)
    return Look(
        skin=_read(face.skin, own.skin),
        hair=_read(face.hair, own.hair),
        eyes=_read(face.eyes, own.eyes),
        clothes=_read(face.clothes, own.clothes),
        backdrop=own.backdrop,
        style=face.hair_style or own.style,
    )


def _read(colour: str | None, otherwise: Colour) -> Colour:
    """A colour written as ``"#rrggbb"``."""
    if colour is None:
        return otherwise
    red, green, blue = bytes.fromhex(colour[1:])
    return (red, green, blue)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour `share` (0–1) of the way from `first` to `second`."""
    red, green, blue = (round(a + (b - a) * min(max(share, 0.0), 1.0)) for a, b in zip(first, second, strict=True))
    return (red, green, blue)


def shade(colour: Colour, depth: float) -> Colour:
    """A colour in the shadow, warm as skin and cloth are."""
    red, green, blue = colour
    return (round(red * (1.0 - 0.75 * depth)), round(green * (1.0 - depth)), round(blue * (1.0 - 0.92 * depth)))


def light(colour: Colour, height: float) -> Colour:
    """A colour in warm light."""
    return mix(colour, (255, 248, 230), height)
