"""The file that is written reads back as what was meant, whatever text stands in it, and looks like a person's."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from npcengine.cards.card import read_card
from npcengine.cards.character_file import character_file
from npcengine.cards.mapping import character_from
from npcengine.cards.plain_text import clean, one_line
from npcengine.persona_file import parse_document
from tests.unit.cards.files import entry, version_2

BREAKING = [
    *(
        "a: b",
        "- a",
        "# a",
        "a #b",
        "{a",
        "[a",
        "]",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%",
        "@a",
        "`a",
        "'",
        '"',
        "\\",
        "\\n",
    ),
    *(
        "?",
        "? a",
        "a:",
        ": a",
        "=",
        "<<",
        "---",
        "...",
        "--- a",
        "%YAML 1.1",
        "é 語 😀",
        "'a\n\"b",
        "a\n# b",
        "a\n\n- b",
    ),
    *(
        "~",
        "null",
        "true",
        "no",
        "1",
        "1e3",
        "0x1",
        "1:30",
        "2020-01-01",
        ".inf",
        "key: |\n a",
        "name: evil\nnpcengine: 2",
    ),
    *("x" * 500, "long " * 100),
]


def test_text_that_breaks_yaml_stays_text() -> None:
    """In every place a card reaches."""
    for text in map(clean, BREAKING):
        line = one_line(text)
        fact = {"id": "a", "text": text, "topics": [line]}
        fields = {
            "name": line,
            "description": text,
            "personality": [line, "a"],
            "greeting": [line],
            "knowledge": [fact],
        }
        document = parse_document(character_file(fields, header=[f"Card: {line}"]))
        assert (document.mistakes, document.data) == ([], fields)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=300), line=st.text(max_size=150), words=st.lists(st.text(max_size=20), max_size=4))
def test_any_text_reads_back(text: str, line: str, words: list[str]) -> None:
    """Once it is plain text."""
    fields = {
        "name": "A" + one_line(line),
        "description": "B" + clean(text),
        "personality": [one_line(word) for word in words],
    }
    document = parse_document(character_file(fields, header=["Card: " + one_line(line)]))
    assert (document.mistakes, document.data) == ([], fields)


def test_the_file_reads_like_one_that_a_person_wrote() -> None:
    """Comments say what to do, long texts stand in blocks, words in brackets, and no line runs off the screen."""
    long = "Gerta has run the forge since her father died, and she is proud of it. " * 4
    card = version_2(
        description=long, scenario="Noon.\nHot.", character_book={"entries": [entry("Iron.", keys=["iron", "ore"])]}
    )
    text = character_file(character_from(read_card(card)).fields, header=["Imported.", ""])
    assert text.startswith("# Imported.\n#\nnpcengine: 1\nname: Gerta Holt\n# role: ")
    assert "\ndescription: >-\n  Gerta has run" in text
    assert "\npersonality: [blunt, warm-hearted, proud]\n" in text
    assert "\n    topics: [iron, ore]\n" in text
    assert "\n\n# The first words, spoken aloud; one of these.\ngreeting:\n  - Mind the sparks.\n" in text
    assert max(map(len, text.splitlines())) <= 120
