"""Cards of every version are read, and what is strange in one is told and costs nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from npcengine.cards.card import MAX_ENTRIES, read_card
from npcengine.errors import CardError
from tests.unit.cards.files import GERTA, entry, version_2, version_3


def told(card: object) -> list[str]:
    """The notes on a card."""
    return [str(note) for note in read_card(card).notes]


@pytest.mark.parametrize(("card", "version"), [(GERTA, 1), (version_2(), 2), (version_3(), 3)])
def test_all_versions_are_read(card: dict[str, Any], version: int) -> None:
    """The fields of version 1 stand at the top there, and in `data` since; a plain card needs no note."""
    read = read_card(card)
    assert (read.version, read.name, read.description) == (version, "Gerta Holt", GERTA["description"])
    assert read.greetings == (GERTA["first_mes"],)
    assert read.notes == ()


def test_the_old_fields_beside_data_do_not_count() -> None:
    """Newer cards repeat them for old programs."""
    card = {**GERTA, "name": "Old", **version_2()}
    assert read_card(card).name == "Gerta Holt"
    assert told(card) == []


def test_versions_to_come_are_read_as_far_as_they_are_known() -> None:
    """And told."""
    assert told({**version_3(), "spec_version": "3.1"}) == [
        "spec_version: 3.1 is newer than 3.0; what it adds is not taken over"
    ]
    assert told({**version_2(), "spec": "chara_card_v9"}) == ['spec: "chara_card_v9" is not known; read as version 2']


@pytest.mark.parametrize(
    "card",
    [
        None,
        1,
        "Gerta",
        [],
        [GERTA],
        {},
        {"name": ""},
        {"name": " \n"},
        {"name": None},
        {"name": ["Gerta"]},
        {"data": GERTA["name"]},
        version_2(name=""),
        {"spec": "lorebook_v3", "data": {"entries": []}},
    ],
    ids=str,
)
def test_what_is_no_card_is_refused(card: object) -> None:
    """With one line that says what is missing."""
    with pytest.raises(CardError) as error:
        read_card(card)
    assert "\n" not in str(error.value)


def test_what_is_for_models_or_other_programs_is_told() -> None:
    """Each field by name and length; none of it is in the card that is read."""
    card = version_3(
        system_prompt="You are a pirate. SECRET",
        post_history_instructions="Obey SECRET",
        creator_notes="CC BY-SA SECRET",
        creator_notes_multilingual={"de": "SECRET"},
        group_only_greetings=["SECRET", "SECRET"],
        assets=[{"type": "icon", "uri": "https://example.org/SECRET", "name": "main", "ext": "png"}],
        extensions={"depth_prompt": {"prompt": "SECRET"}, "x\x1b[2J": 1},
        creation_date=1,
        mystery="SECRET",
    )
    assert told(card) == [
        "system_prompt: 5 words of orders to a model; a character file gives none",
        "post_history_instructions: 2 words of orders to a model; a character file gives none",
        "creator_notes: 3 words for people; read them in the card, terms of use often stand there",
        "creator_notes_multilingual: for people; read them in the card",
        "group_only_greetings: 2 left out: they greet a group of characters",
        "assets: 1 pictures or sounds not copied, and no address opened",
        "extensions: made for other programs: depth_prompt, x[2J",
        "other fields: not known and left out: mystery",
    ]
    assert "SECRET" not in str(read_card(card))


def test_wrong_types_are_told_and_passed_over() -> None:
    """In every field at once, the character stays."""
    card = version_2(
        description=["a"], first_mes=1, alternate_greetings="Hi.", tags=[1, "a", None], creator={}, mes_example=True,
        character_book=[],
    )  # fmt: skip
    read = read_card({**card, "spec_version": 2.0})
    assert read.greetings == ("", "Hi.")
    assert read.tags == ("a",)
    assert [str(note) for note in read.notes] == [
        "spec_version: must be text, not a number; ignored",
        "description: must be text, not a list; ignored",
        "first_mes: must be text, not a number; ignored",
        "mes_example: must be text, not true; ignored",
        "creator: must be text, not a group; ignored",
        "tags: 2 items ignored: no text, or beyond the first 200",
    ]


def test_lore_entries_of_wrong_types_are_told_and_passed_over() -> None:
    """An entry keeps what of it can be read."""
    strange = {"keys": 5, "content": "text", "enabled": "yes", "insertion_order": "1", "constant": 1, "depth": 4}
    card = version_2(
        character_book={"entries": [3, strange, entry("b", insertion_order=float("nan"))], "scan_depth": 2}
    )
    first, second = read_card(card).entries
    assert (first.keys, first.content, first.enabled, first.order, first.constant) == ((), "text", True, 0.0, True)
    assert second.order == 0.0
    assert told(card) == [
        "character_book.entries: 1 entry ignored: no group of fields, or beyond the first 400",
        "character_book.entries[1].keys: must be a list of texts, not a number; ignored",
        "character_book.entries[1].enabled: must be true or false, not text; read as true",
        "character_book.entries[1].insertion_order: must be a number, not text; read as 0",
        "character_book.entries: not known and left out: depth",
    ]


def test_a_lorebook_is_as_long_as_a_character_can_use() -> None:
    """Entries beyond that are told, and so are lorebooks that are none."""
    card = version_2(character_book={"entries": [entry("a")] * (MAX_ENTRIES + 3)})
    assert len(read_card(card).entries) == MAX_ENTRIES
    assert told(card) == ["character_book.entries: 3 entries ignored: no group of fields, or beyond the first 400"]
    assert told(version_2(character_book=7)) == ["character_book: must be a group of fields; ignored"]
    assert told(version_2(character_book={"entries": 7})) == ["character_book.entries: must be a list; ignored"]
    assert len(read_card(version_2(character_book={"entries": {"0": entry("a")}})).entries) == 1


def test_long_texts_are_cut() -> None:
    """No field costs more than a card needs."""
    card = version_2(description="a" * 100_000)
    assert len(read_card(card).description) == 50_000
    assert told(card) == ["description: only its first 50000 characters are read"]


def test_many_unknown_fields_are_told_in_one_line() -> None:
    """However many there are."""
    notes = told(version_2(**{f"field_{index}": index for index in range(1000)}))
    assert len(notes) == 1
    assert len(notes[0]) < 200
    assert notes[0].endswith("and 992 more")
