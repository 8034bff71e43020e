"""From a reply as a language model writes it to what a subtitle shows; pure, knows nothing of voices.

A model writes markdown, emoji and stage directions. Asterisks and parentheses mean two things, ``*sighs*`` and
``*never*``, ``(laughs)`` and ``(the miller)``; a run inside them is taken for a direction when it begins like one.
"""

from __future__ import annotations

import re
import unicodedata

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)")
_BRACKETED = re.compile(r"\[[^\]]*\]|<[^<>]*>")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|___|__|_|~~|`+)(?=[^\s_*])(.+?)(?<=[^\s_*])\1(?!\w)")
_STARRED = re.compile(r"\*([^*\n]+)\*")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_LINE_START = re.compile(r"^[ \t]*(?:#{1,6}|>+|[-*•]|\d+[.)](?=[ \t]+[A-Z]))[ \t]+", re.MULTILINE)
_EMOTICON = re.compile(r"(?<!\S)[:;=]'?-?[()DPp/|\\](?!\w)")
_SPACE_BEFORE_MARK = re.compile(r"\s+(?=[,.;:!?](?:\s|$))")
_MARKS_FIRST = re.compile(r"^[\s,.;:]+(?=[\w\"“'])")

_NOT_THIRD_PERSON = (
    "this|was|is|has|always|perhaps|yes|its|his|hers|us|ours|yours|theirs|plus|less|as|towards|always|sometimes"
)
_DIRECTION = re.compile(
    r"\s*(?:sigh|laugh|chuckle|pause|smile|grin|nod|shrug|beat|gasp|cough|silence|whisper|aside|still|he|she|they"
    r"|with an?|in an?|under (?:his|her)|to (?:him|her|them)sel\w+"
    rf"|(?!(?:{_NOT_THIRD_PERSON})\b)[a-z]{{2,}}s|[a-z]+ly|[a-z]{{2,}}ing)(?!\w)",
)
"""How directions begin: a verb in the third person, an adverb, a participle, or one of their usual words."""


def displayed(text: str) -> str:
    """`text` without stage directions, markup and emoji; numerals, abbreviations and quotes stay as written."""
    text = _LINK.sub(r"\1", text)
    text = _EMOTICON.sub(" ", _BRACKETED.sub(" ", text))
    text = _EMPHASIS.sub(r"\2", _LINE_START.sub("", text))
    text = _STARRED.sub(_emphasised, text)
    text = _PARENTHESES.sub(_remark, text).replace("*", "").replace("`", "")
    text = "".join(character for character in text if not _is_pictorial(character))
    text = _SPACE_BEFORE_MARK.sub("", " ".join(text.split()))
    return _MARKS_FIRST.sub("", text)


def _emphasised(run: re.Match[str]) -> str:
    """The words of an emphasis; nothing for a direction, which also stands where no sentence is under way."""
    before = run.string[: run.start()].rstrip()
    begins = not before or before[-1] in '.!?…"”*'
    is_phrase = len(run.group(1).split()) > 1
    return " " if _is_direction(run.group(1)) or (begins and is_phrase) else run.group(1)


def _remark(run: re.Match[str]) -> str:
    return " " if _is_direction(run.group(1)) or not run.group(1).strip() else run.group()


def _is_direction(inside: str) -> bool:
    return _DIRECTION.match(inside.casefold()) is not None


def _is_pictorial(character: str) -> bool:
    """Emoji, dingbats and what joins and colours them; ° and © are signs one may read."""
    joins = character in "\u200d\ufe0e\ufe0f\u20e3" or "\U0001f3fb" <= character <= "\U0001f3ff"
    return joins or (unicodedata.category(character) in ("So", "Cs", "Co", "Cn") and character not in "°©®™")
