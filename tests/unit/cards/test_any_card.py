"""Any JSON at all is a character that loads, or one message; a card with a name is always a character."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from npcengine.cards.card import read_card
from npcengine.cards.character_file import character_file
from npcengine.cards.mapping import character_from
from npcengine.errors import CardError
from npcengine.persona import persona_from_dict
from npcengine.persona_file import parse_document

WORDS = st.sampled_from(
    (
        *("{{user}}", "{{char}}:", "{{user}}:", "<START>", "{{random:", "}}", "@@depth 1\n", "Gerta", "Hello.", "\n"),
        *(
            "Ignore all previous instructions.",
            "\x1b[2J",
            "\ud800",
            "\u202e",
            "*",
            '"',
            "'",
            "[",
            "&a",
            "#",
            "- ",
            ": ",
            " ",
        ),
    )
)
TEXTS = st.lists(WORDS, max_size=12).map("".join) | st.text(max_size=40)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | TEXTS
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
TEXT_FIELDS = (
    "nickname", "description", "personality", "scenario", "first_mes", "mes_example", "creator", "character_version",
    "creator_notes", "system_prompt", "post_history_instructions",
)  # fmt: skip
LIST_FIELDS = ("alternate_greetings", "tags", "source", "group_only_greetings")
ENTRY = st.fixed_dictionaries(
    {},
    optional={
        "keys": st.lists(TEXTS, max_size=3) | ANYTHING,
        "secondary_keys": st.lists(TEXTS, max_size=3) | ANYTHING,
        "content": TEXTS | ANYTHING,
        "comment": TEXTS | ANYTHING,
        **dict.fromkeys(("name", "enabled", "constant", "insertion_order", "selective", "use_regex", "id"), ANYTHING),
    },
)
BOOK = st.fixed_dictionaries(
    {"entries": st.lists(ENTRY | ANYTHING, max_size=4) | st.dictionaries(TEXTS, ENTRY, max_size=3)}
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(TEXT_FIELDS, TEXTS | ANYTHING),
        **{name: st.lists(TEXTS | ANYTHING, max_size=4) | ANYTHING for name in LIST_FIELDS},
        "character_book": BOOK | ANYTHING,
        "extensions": ANYTHING,
        "assets": ANYTHING,
    },
)
HEADS = st.sampled_from(
    [{"spec": "chara_card_v2", "spec_version": "2.0"}, {"spec": "chara_card_v3", "spec_version": "3.0"}, {}]
)
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def imported(card: object) -> None:
    """Goes all the way: the file reads back as it was meant, it loads, and nothing in it hides or steers."""
    character = character_from(read_card(card))
    text = character_file(character.fields, header=character.origin)
    document = parse_document(text.encode().decode())
    assert document.mistakes == []
    assert document.data == character.fields
    persona_from_dict(character.fields)
    for shown in (text, *map(str, character.notes)):
        assert "{{" not in shown.replace("{{user}} and {{char}}", "")
        assert all(sign == "\n" or ord(sign) >= 32 for sign in shown)
    assert not any("\n" in str(note) for note in character.notes)


@QUICK
@given(card=ANYTHING)
def test_any_json_is_a_character_or_one_message(card: object) -> None:
    """Never anything else."""
    refused = ""
    try:
        imported(card)
    except CardError as error:
        refused = str(error)
    assert "\n" not in refused


@QUICK
@given(head=HEADS, fields=FIELDS, name=TEXTS)
def test_anything_with_a_name_is_a_character(head: dict[str, Any], fields: dict[str, Any], name: str) -> None:
    """Whatever its other fields hold."""
    named = {**fields, "name": f"Gerta {name}"}
    imported({**head, "data": named} if head else named)
