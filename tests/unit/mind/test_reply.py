"""The reply parser: what may be spoken of what a model writes."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.mind.reply import MAX_WORDS, ReplyParser
from npcengine.mind.view import ReplyEmotion, ReplyText


def read(pieces: Iterable[str]) -> tuple[str, str]:
    """The emotion and the words of a reply."""
    parser = ReplyParser(own={"Gerta", "Gerta Holt"}, others={"Player"}, mood="content")
    parts = [part for piece in pieces for part in parser.feed(piece)] + parser.finish()
    emotions = [part.emotion for part in parts if isinstance(part, ReplyEmotion)]
    assert len(emotions) <= 1
    assert not emotions or isinstance(parts[0], ReplyEmotion)
    return "".join(emotions), "".join(part.text for part in parts if isinstance(part, ReplyText)).rstrip()


@pytest.mark.parametrize(
    ("written", "emotion", "spoken"),
    [
        (" I know iron.", "content", "I know iron."),
        ("(amused) I know iron.", "amused", "I know iron."),
        (" (laughs): Iron it is.", "amused", "Iron it is."),
        ("*wipes her hands* Iron.", "content", "Iron."),
        ("The mill (the old one) burned.", "content", "The mill burned."),
        ('"Iron," she said.', "content", "Iron, she said."),
        ("Gerta Holt: Iron. Player: And then?", "content", "Iron."),
        ("Gerta is my name.", "content", "Gerta is my name."),
        ("\n\nIron.\nAnd more.", "content", "Iron."),
        ("Iron. It is good", "content", "Iron."),
        ("Iron, and then", "content", "Iron, and then."),
        ("I know,", "content", "I know."),
        ("Yes. No. Yes. More. More.", "content", "Yes. No."),
        ("One. Two. Three. Four.", "content", "One. Two. Three."),
        ("Mr. Holt is dead.", "content", "Mr. Holt is dead."),
        ("(amused", "", ""),
        ("", "", ""),
        ("...", "", ""),
        ("(amused) \N{GRINNING FACE}", "", ""),
    ],
)
def test_only_words_to_speak_come_out(written: str, emotion: str, spoken: str) -> None:
    """Tags, stage directions, labels, quotes, loops and unfinished sentences are not spoken."""
    assert read([written]) == (emotion, spoken)


ALPHABET = st.sampled_from(
    [
        "(",
        ")",
        "*",
        "amused",
        "Gerta",
        " Holt",
        ":",
        "Player",
        " ",
        "\n",
        ".",
        ",",
        "?",
        "iron",
        "é",
        '"',
        "…",
        "-",
        "[",
        "]",
    ]
)


@given(st.lists(ALPHABET, max_size=60).map("".join), st.data())
def test_splits_change_nothing(text: str, data: st.DataObject) -> None:
    """The same text gives the same reply however it is split."""
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    assert read(pieces) == read([text])


@given(st.text(max_size=300))
def test_nothing_that_is_not_spoken_comes_out(text: str) -> None:
    """Whatever the model writes, the reply is short, on one line, without brackets or double spaces."""
    _, spoken = read([text])
    assert not set(spoken) & set('\n()[]{}*"<>')
    assert "  " not in spoken
    assert len(spoken.split()) <= MAX_WORDS
