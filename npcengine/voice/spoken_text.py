"""From a reply to what a voice says: titles, numbers and signs in words, pauses as commas; pure, English."""

from __future__ import annotations

import re

from npcengine.voice.displayed_text import displayed
from npcengine.voice.numerals import in_words

_ABBREVIATIONS = {
    "Mr.": "Mister", "Mrs.": "Missus", "Ms.": "Miss", "Dr.": "Doctor", "Prof.": "Professor", "Sr.": "Senior",
    "Jr.": "Junior", "Lt.": "Lieutenant", "Capt.": "Captain", "Col.": "Colonel", "Gen.": "General", "Sgt.": "Sergeant",
    "Rev.": "Reverend", "Hon.": "Honourable", "Mt.": "Mount", "Ft.": "Fort", "vs.": "versus",
    "approx.": "approximately", "e.g.": "for example", "i.e.": "that is", "etc.": "et cetera",
}  # fmt: skip
_ABBREVIATION = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, _ABBREVIATIONS))})(?P<last>\s*$|(?=\s+[\"“]?[A-Z]))?")
_TITLES = frozenset(word for word in _ABBREVIATIONS if word[0].isupper())
_STREET = re.compile(r"(?<=[a-z] )St\.(?=\s*(?:$|[,;!?]))")
_SAINT = re.compile(r"\bSt\.(?= [A-Z])")
_HALF_OF_DAY = re.compile(r"\b([ap])\.m\.(?=(\s*$|\s+[A-Z])?)")

_SIGNS = str.maketrans({
    "&": " and ", "+": " plus ", "=": " equals ", "@": " at ", "°": " degrees ", "/": " ", "\\": " ", "|": " ",
    "_": " ", "‘": "'", "’": "'", "(": ", ", ")": ", ", **dict.fromkeys("\"“”„«»*~#^`[]{}<>©®™"),
})  # fmt: skip
_QUOTE = re.compile(r"(?<!\w)'(?!(?:tis|twas|em|til|cause|round|bout)\b)|(?<!s)'(?!\w)", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:[—–]|--+|(?<=\s)-(?=\s))\s*")
_ELLIPSIS = re.compile(r"\s*(?:…|\.\.)[.…]*")
_ENDS_OPEN = re.compile(r"(?:…|\.\.)[.…]*[\"'”’)\s]*$")
_MARKS = re.compile(r"(?:\s*[,;:.!?])+(?=\s|$)")
_STRENGTH = ",;:.!?"
_HUM = re.compile(r"\b(m?h)m\b", re.IGNORECASE)
"""Two consonants are spelt out by a voice, three are hummed."""


def speakable(text: str) -> str:
    """Words and the marks that a voice can phrase; empty when nothing is to be said.

    Dashes, remarks in parentheses and ellipses become the pause of a comma; an ellipsis at the end stays, as ``"..."``,
    since a voice lets the sentence hang and the pause after it is longer.
    """
    text = displayed(text)
    hangs = _ENDS_OPEN.search(text) is not None
    text = _HUM.sub(r"\1mm", _abbreviations_in_full(text))
    text = in_words(text)
    text = _QUOTE.sub("", text.translate(_SIGNS))
    text = _DASH.sub(", ", _ELLIPSIS.sub(", ", text))
    text = _MARKS.sub(_strongest, " ".join(text.split())).lstrip(" ,;:.")
    if not any(character.isalnum() for character in text):
        return ""
    return text.rstrip(" ,;:.") + "..." if hangs else text


def _abbreviations_in_full(text: str) -> str:
    text = _SAINT.sub("Saint", _STREET.sub("Street", text))
    text = _ABBREVIATION.sub(_in_full, text)
    return _HALF_OF_DAY.sub(lambda half: f"{half[1].upper()} M" + ("." if half[2] is not None else ""), text)


def _in_full(found: re.Match[str]) -> str:
    """The word; its full stop stays where it also ends the sentence, as after "etc." but not after "Dr."."""
    ends_sentence = found["last"] is not None and found[1] not in _TITLES
    return _ABBREVIATIONS[found[1]] + ("." if ends_sentence else "")


def _strongest(marks: re.Match[str]) -> str:
    return max((mark for mark in marks.group() if mark in _STRENGTH), key=_STRENGTH.index)
