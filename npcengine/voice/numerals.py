"""Numbers as one says them in English: counts, decimals, ordinals, money, times, years; pure.

The words come from num2words; here is only what kind of number a run of digits is, which its neighbours tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from num2words import num2words

_COINS = {"$": ("dollar", "cent"), "£": ("pound", "penny"), "€": ("euro", "cent"), "¥": ("yen", "sen")}
_SCALES = "hundred|thousand|million|billion"
_AMOUNT = r"\d{1,3}(?:,\d{3})+|\d+"
_FRACTIONS = {
    "1/2": "one half", "1/3": "one third", "2/3": "two thirds", "1/4": "a quarter", "3/4": "three quarters",
    "½": "one half", "⅓": "one third", "⅔": "two thirds", "¼": "a quarter", "¾": "three quarters",
}  # fmt: skip


def in_words(text: str) -> str:
    """`text` with every number spelled; all else stays."""
    for pattern, spell in _KINDS:
        text = pattern.sub(spell, text)
    return text


def _cardinal(digits: str) -> str:
    whole, _, decimals = digits.replace(",", "").partition(".")
    if len(whole) > 1 and whole.startswith("0"):
        return _one_by_one(whole) + (f" point {_one_by_one(decimals)}" if decimals else "")
    words = str(num2words(int(whole))).replace(",", "")
    return f"{words} point {_one_by_one(decimals)}" if decimals else words


def _one_by_one(digits: str) -> str:
    return " ".join(str(num2words(int(digit))) for digit in digits)


def _money(found: re.Match[str]) -> str:
    coin, small = _COINS[found["coin"]]
    whole, cents = found["whole"].replace(",", ""), found["cents"]
    if found["scale"]:
        return f"{_cardinal(whole + (f'.{cents}' if cents else ''))} {found['scale']} {_plural(coin, 2)}"
    parts = [f"{_cardinal(whole)} {_plural(coin, int(whole))}"] if int(whole) or not cents else []
    if cents and int(cents):
        amount = int(cents.ljust(2, "0"))
        parts.append(f"{_cardinal(str(amount))} {_plural(small, amount)}")
    return " and ".join(parts)


def _plural(coin: str, count: int) -> str:
    if count == 1 or coin in ("yen", "sen"):
        return coin
    return "pence" if coin == "penny" else f"{coin}s"


def _clock(found: re.Match[str]) -> str:
    hour, minute = int(found[1]), found[2]
    if minute == "00":
        return f"{_cardinal(str(hour))}{'' if found[3] else ' o’clock'}"
    return f"{_cardinal(str(hour))} {'oh ' + _cardinal(minute[1]) if minute[0] == '0' else _cardinal(minute)}"


def _ordinal(found: re.Match[str]) -> str:
    return str(num2words(int(found[1].replace(",", "")), to="ordinal")).replace(",", "")


def _year(found: re.Match[str]) -> str:
    return str(num2words(int(found[0]), to="year"))


def _decade(found: re.Match[str]) -> str:
    year = str(num2words(int(found[1]), to="year"))
    return f"{year[:-1]}ies" if year.endswith("y") else f"{year}s"


_BEFORE_A_YEAR = "".join(f"(?<=\\b{word} )|" for word in ("in", "since", "year", "before", "after", "until"))[:-1]

_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        re.compile(rf"(?<![\d/])(?:{'|'.join(map(re.escape, _FRACTIONS))})(?![\d/])"),
        lambda found: _FRACTIONS[found[0]],
    ),
    (
        re.compile(
            rf"(?P<coin>[$£€¥])\s?(?P<whole>{_AMOUNT})(?:\.(?P<cents>\d{{1,2}}))?(?!\d)"
            rf"(?:\s(?P<scale>{_SCALES})\b)?"
        ),
        _money,
    ),
    (re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b(?=(\s?[ap]\.?m)?)"), _clock),
    (re.compile(r"(?<=\d)\s?%"), lambda _: " percent"),
    (re.compile(r"(?:\bNo\.\s?|(?<!\w)#)(?=\d)"), lambda _: "number "),
    (re.compile(rf"\b({_AMOUNT})(?:st|nd|rd|th)\b"), _ordinal),
    (re.compile(r"\b((?:1[1-9]|20)\d0)s\b"), _decade),
    (re.compile(r"(?<=\d)\s?[-–]\s?(?=\d)"), lambda _: " to "),
    (re.compile(r"(?<!\w)[-−](?=\d)"), lambda _: "minus "),
    (re.compile(rf"(?i:{_BEFORE_A_YEAR})(?:1[1-9]|20)\d\d\b(?![,.]\d)"), _year),
    (re.compile(r"(?<=[A-Za-z])(?=\d)"), lambda _: " "),
    (re.compile(rf"(?:{_AMOUNT})(?:\.\d+)?"), lambda found: _cardinal(found[0])),
)
"""What kinds of numbers there are, the more particular first."""
