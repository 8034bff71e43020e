"""The chunker: clauses as soon as they are speakable, the same for any way the text arrives in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcengine.voice.chunker import Chunker
from npcengine.voice.sentences import sentences

_FRAGMENTS = st.sampled_from(
    [
        "Aye",
        "well",
        "I know",
        "the mill by the river",
        "burned down",
        "Dr.",
        "Mr. Holt",
        "3.5",
        "1,200",
        "J. R.",
        "...",
        "…",
        "—",
        ", ",
        "; ",
        ": ",
        ". ",
        "! ",
        "? ",
        '." ',
        "?! ",
        "*sighs* ",
        "(laughs, then nods) ",
        "[bows. Stays] ",
        "\n",
        " ",
        "and ",
        "because ",
        "etc.",
        "No. 5",
        ":(",
        "(",
        "*",
        "a long stretch without any mark ",
        "'tis",
    ]
)
_TEXTS = st.lists(_FRAGMENTS, max_size=25).map(" ".join) | st.text(max_size=120)


def _chunks(pieces: list[str]) -> list[str]:
    chunker = Chunker()
    return [clause for piece in pieces for clause in chunker.feed(piece)] + chunker.finish()


@settings(deadline=None)
@given(text=_TEXTS, data=st.data())
def test_any_split_gives_the_same_clauses(text: str, data: st.DataObject) -> None:
    """How the text arrives makes no difference."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert _chunks(pieces) == _chunks([text]) == _chunks(list(text))


@settings(deadline=None)
@given(text=_TEXTS)
def test_nothing_is_lost(text: str) -> None:
    """All characters but the spaces between clauses come out again, in order."""
    assert "".join("".join(_chunks([text])).split()) == "".join(text.split())


@settings(deadline=None)
@given(text=_TEXTS)
def test_no_clause_is_blank(text: str) -> None:
    """A clause has something in it and no spaces around it."""
    assert all(clause and clause == clause.strip() for clause in _chunks([text]))


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Aye, that I can tell you. It burned.", ["Aye, that I can tell you.", "It burned."]),
        ("Burned to the beams, last winter.", ["Burned to the beams,", "last winter."]),
        ("The miller fled to Varn — so they say.", ["The miller fled to Varn —", "so they say."]),
        ("Dr. Smith paid 3.5 silver for it. Not me.", ["Dr. Smith paid 3.5 silver for it.", "Not me."]),
        ('He shouted "Go away!" and left.', ['He shouted "Go away!" and left.']),
        ('"Stay away from it!" Then he left me.', ['"Stay away from it!"', "Then he left me."]),
        (
            "J. R. Holt wrote that one. So did I. We all did.",
            ["J. R. Holt wrote that one.", "So did I.", "We all did."],
        ),
        ("Wait... what was that? Ah.", ["Wait... what was that?", "Ah."]),
        ("It is all gone now. Yes. No. I will not tell.", ["It is all gone now.", "Yes. No. I will not tell."]),
        ("*sighs, looks away. Then back* Fine then. Go on.", ["*sighs, looks away. Then back* Fine then.", "Go on."]),
        ("It costs 1,200 silver. Pay up now, friend.", ["It costs 1,200 silver.", "Pay up now, friend."]),
        ("First of all lines\nand then a second", ["First of all lines", "and then a second"]),
        (
            "I would rather walk all the way to Varn and back again barefoot than talk to him.",
            ["I would rather walk all the way", "to Varn and back again barefoot than talk to him."],
        ),
        ("", []),
        (" \n ", []),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    """The first clause is cut early, later ones are sentences of three words or more."""
    assert _chunks(list(text)) == clauses


def test_the_first_clause_is_out_before_the_sentence_ends() -> None:
    """A clause is given with the first character after its mark."""
    chunker = Chunker()
    assert chunker.feed("Aye, the mill burned,") == []
    assert chunker.feed(" but") == ["Aye, the mill burned,"]


def test_a_first_clause_is_never_long() -> None:
    """Words without a mark are cut at a space within 60 characters."""
    first = _chunks(["word " * 40])[0]
    assert len(first) <= 60
    assert first.endswith("word")


def test_a_bracket_left_open_does_not_hold_everything_back() -> None:
    """An opener without a closer is ignored after 80 characters."""
    chunker = Chunker()
    given_out = chunker.feed("(" + "he went on and on without an end. " * 6)
    assert given_out


def test_finish_makes_ready_for_the_next_reply() -> None:
    """The next reply has an early first clause again."""
    chunker = Chunker()
    chunker.feed("Something was left unsaid")
    assert chunker.finish() == ["Something was left unsaid"]
    assert chunker.feed("Another reply begins, and") == ["Another reply begins,"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Mrs. Holt, e.g. Gerta, met Capt. Ray at 3.5 miles.", ["Mrs. Holt, e.g. Gerta, met Capt. Ray at 3.5 miles."]),
        ("Swords, shields, etc. Then we left.", ["Swords, shields, etc.", "Then we left."]),
        ("Well... I see. No. 5 it is.", ["Well... I see.", "No. 5 it is."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Marks inside abbreviations, numbers and ellipses end no sentence."""
    assert sentences(text) == expected
