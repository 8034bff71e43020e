"""Where a sentence or a clause ends in English prose; pure text, knows nothing of streams or voices.

Every question may be asked of a text that is still growing: `None` means that what comes next decides.
"""

from __future__ import annotations

import re

_TITLES = frozenset(
    (
        "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "lt", "capt", "col", "gen", "sgt",
        "rev", "hon", "messrs", "mme", "mlle", "mt", "ft", "vs", "eg", "ie", "cf", "approx",
    )
)  # fmt: skip
"""Their full stop never ends a sentence (or, as in "St.", so seldom that joining two is the smaller fault)."""
_CLOSERS = "\"'”’)]»*_"
_SENTENCE_MARKS = ".!?…"
_CLAUSE_MARKS = ",;:—–"
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:\.[^\W\d_]+)*)\.$")
_LONGEST_WORD = 40


def sentences(text: str) -> list[str]:
    """Cut a finished text into sentences, trimmed; nothing but spaces between them is lost."""
    found, start = [], 0
    for position in range(len(text)):
        end = sentence_end(text, position, finished=True)
        if end is not None and end > start:
            found.append(text[start:end].strip())
            start = end
    return [sentence for sentence in [*found, text[start:].strip()] if sentence]


def sentence_end(text: str, position: int, *, finished: bool) -> int | None:
    """Where the sentence that the mark at `position` ends is over: past the mark's row and closing quotes.

    Args:
        text: As far as it is known.
        position: Of one character.
        finished: Whether nothing follows `text`.

    Returns:
        An end (an index past the last character), 0 when no sentence ends here, or None when what follows decides.
    """
    if text[position] == "\n":
        return position + 1
    if text[position] not in _SENTENCE_MARKS:
        return 0
    end = _past_marks(text, position)
    after = _skip_spaces(text, end)
    if after == len(text):
        return len(text) if finished else None
    if after == end or text[after].islower() or _is_inside(text, position, text[after]):
        return 0
    return end


def clause_end(text: str, position: int, *, finished: bool) -> int | None:
    """As `sentence_end`, for a comma, semicolon, colon or dash."""
    if text[position] not in _CLAUSE_MARKS:
        return 0
    end = _past_marks(text, position)
    if end == len(text):
        return end if finished else None
    dash = text[position] in "—–"
    # "1,200", "7:30" and "10–12" are one word; so is "a:b".
    return end if text[end].isspace() or (dash and not text[end].isdigit()) else 0


def _past_marks(text: str, position: int) -> int:
    end = position + 1
    while end < len(text) and text[end] in _SENTENCE_MARKS + _CLAUSE_MARKS + _CLOSERS:
        end += 1
    return end


def _skip_spaces(text: str, position: int) -> int:
    while position < len(text) and text[position].isspace():
        position += 1
    return position


def _is_inside(text: str, position: int, following: str) -> bool:
    """Whether the mark belongs to an abbreviation, an initial or an ellipsis rather than to a sentence's end."""
    if text[position] == "…" or text[position - 1 : position + 1] == ".." or text[position : position + 2] == "..":
        return True
    word = _WORD_BEFORE.search(text, max(position - _LONGEST_WORD, 0), position + 1)
    if text[position] != "." or word is None:
        return False
    letters = word.group(1)
    return (
        letters.replace(".", "").casefold() in _TITLES
        or (len(letters) == 1 and letters.isupper() and letters != "I")
        or (letters.casefold() == "no" and following.isdigit())
    )
