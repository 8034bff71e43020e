"""Card text as plain text: no control characters, markup, chat markers or orders to a model; knows no card."""

from __future__ import annotations

import html
import re
import unicodedata

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f"  # control characters, which steer terminals
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"  # what no text file can hold
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # text that reads differently from what it is
    "\ue000-\uf8ff\U000e0000-\U0010ffff]"  # private signs, and tags that hide text from people but not from models
)
_MARKERS = re.compile(
    r"<\|[^|<>]*\|>|\[/?(?:INST|SYS)\]|<</?SYS>>|^[ \t]*#{2,}[ \t]*(?:instruction|response|system)\b:?", re.I | re.M
)
"""What models' chat templates mark turns with."""
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*https?:[^()]*\)")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.M)
_BRACES = re.compile(r"\{{2,}|\}{2,}")
_SENTENCE_END = re.compile(r"(?<=[.!?…\]])\s+")

_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.!?]{0,60}\b(?:instructions?|prompts?|directives?|guidelines?|rules)\b"
    r"|\bsystem\s+(?:prompt|note|message|instruction)s?\b"
    r"|\byou\s+are\s+(?:now\s+)?(?:an?\s+)?(?:ai|chatgpt|(?:large\s+)?language\s+model|chatbot|(?:ai\s+)?assistant)\b"
    r"|\b(?:jailbreak|jailbroken|developer\s+mode)\b"
    r"|\b(?:write|continue|generate|compose)\b[^.!?]{0,40}\b(?:reply|replies|responses?|role-?play|paragraphs?)\b"
    r"|\b(?:do\s+not|don't|don’t|never|avoid)\s+(?:speak|talk|writ|act|respond|reply|role-?play|narrat|decid)\w*\s+(?:for|as)\s+(?:the\s+)?(?:player|user)\b",
    re.IGNORECASE,
)
"""Sentences that speak to a model rather than of a character. It finds the usual ones, not every one."""


def clean(text: str) -> str:
    """Text as a person would read it: lines without needless space, at most one empty line between two of them."""
    text = _LINE_END.sub("\n", html.unescape(text))
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    for pattern, kept in ((_IMAGE, ""), (_LINK, r"\1"), (_MARKERS, " "), (_TAG, " "), (_FENCE, ""), (_BRACES, "")):
        text = pattern.sub(kept, text)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """As `clean`, on a single line."""
    return " ".join(clean(text).split())


def sentences(line: str) -> list[str]:
    """A line's sentences, by their end marks."""
    return [sentence for sentence in _SENTENCE_END.split(line) if sentence]


def without_orders(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without sentences that give a model orders, and those sentences."""
    if not _ORDER.search(text):
        return text, ()
    orders: list[str] = []
    lines = []
    for line in text.split("\n"):
        told = sentences(line)
        orders += [sentence for sentence in told if _ORDER.search(sentence)]
        lines.append(" ".join(sentence for sentence in told if not _ORDER.search(sentence)))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), tuple(orders)


def shorten(text: str, most: int) -> str:
    """At most so many characters, cut after a sentence or, failing that, after a word."""
    if len(text) <= most:
        return text
    head = text[:most]
    if ends := list(re.finditer(r"[.!?…](?=\s)", head)):
        return head[: ends[-1].end()]
    return head.rsplit(None, 1)[0] if " " in head.strip() else head


def slug(text: str, most: int = 40) -> str:
    """A text as a short name: lower case, anything but letters and digits an underscore; empty if nothing is left."""
    words = re.sub(r"\W+|_+", "_", unicodedata.normalize("NFKC", text).lower()).strip("_")
    return words[:most].strip("_")
