"""The character card, versions 1 to 3: its fields as one frozen value, read from plain values of any shape.

Sources: the Character Card V2 and V3 specifications. A field of the wrong type is told and passed over, since one bad
field should not cost the character; knows no file and nothing of our characters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from npcengine.cards.fields import NAMES_TOLD, Fields
from npcengine.cards.notes import Note, counted, shown, word_count
from npcengine.errors import CardError

MAX_ENTRIES = 400
BOOK = "character_book"
NEWEST = 3.0

_FIRST = ("name", "description", "personality", "scenario", "first_mes", "mes_example")
"""The fields of version 1; later versions repeat them beside `data` for old programs."""
_FOR_MODELS = ("system_prompt", "post_history_instructions")
_SILENT = ("extensions", "creation_date", "modification_date")
_ENTRY_SILENT = ("extensions", "priority", "id", "comment", "case_sensitive", "position")


@dataclass(frozen=True, slots=True)
class LoreEntry:
    """One entry of a card's lorebook.

    Attributes:
        place: Where it stands, for notes.
        title: Its name or comment, never meant for a model.
        keys: What brings it up.
        secondary_keys: What must be there too.
        content: The text, its decorators still in it.
        enabled: Whether it is used at all.
        constant: Whether it is used whatever is said.
        order: Lower stands earlier.
        patterns: Whether keys are regular expressions.
    """

    place: str
    title: str
    keys: tuple[str, ...]
    secondary_keys: tuple[str, ...]
    content: str
    enabled: bool
    constant: bool
    order: float
    patterns: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A character card; texts stand as in the card, macros and all.

    Attributes:
        version: 1, 2 or 3.
        nickname: What `{{char}}` stands for; the name if empty.
        greetings: The first one, then the alternatives.
        sources: Where it says it came from, ids or addresses.
        entries: Of its lorebook, in the card's order.
        notes: What of it was passed over.
    """

    version: int
    name: str
    nickname: str
    description: str
    personality: str
    scenario: str
    greetings: tuple[str, ...]
    mes_example: str
    creator: str
    character_version: str
    tags: tuple[str, ...]
    sources: tuple[str, ...]
    entries: tuple[LoreEntry, ...]
    notes: tuple[Note, ...] = ()


def read_card(value: object) -> Card:
    """A card from plain values, as JSON holds them.

    Raises:
        CardError: It is no card, or it has no name.
    """
    if not isinstance(value, Mapping):
        raise CardError('this is JSON, but no character card: a card is a group of fields such as "name"')
    if value.get("spec") == "lorebook_v3":
        raise CardError("this is a lorebook without a character; import the card that it belongs to")
    notes: list[Note] = []
    root = Fields(value, "", notes)
    data = root.given("data")
    fields = Fields(data, "", notes) if isinstance(data, Mapping) else root
    card = _card(fields, _version(root, nested=fields is not root))
    if not card.name.strip():
        raise CardError('the card names nobody; write a "name" into it, or import another')
    _tell_unmapped(fields)
    root.skip(_FIRST)
    for place, group in {"other fields": fields, "beside data": root}.items():
        if group is fields or fields is not root:
            _tell_rest(place, group.rest(), notes)
    return replace(card, notes=tuple(notes))


def _card(fields: Fields, version: int) -> Card:
    return Card(
        version=version,
        name=fields.text("name"),
        nickname=fields.text("nickname"),
        description=fields.text("description"),
        personality=fields.text("personality"),
        scenario=fields.text("scenario"),
        greetings=(fields.text("first_mes"), *fields.texts("alternate_greetings")),
        mes_example=fields.text("mes_example"),
        creator=fields.text("creator"),
        character_version=fields.text("character_version"),
        tags=fields.texts("tags"),
        sources=fields.texts("source"),
        entries=_entries(fields),
    )


def _version(root: Fields, *, nested: bool) -> int:
    spec = root.text("spec")
    number = re.match(r"\d{1,3}(\.\d{1,3})?", root.text("spec_version"))
    if number and float(number[0]) > NEWEST:
        root.notes.append(Note("spec_version", f"{number[0]} is newer than 3.0; what it adds is not taken over"))
    if not nested:
        return 1
    if known := re.fullmatch(r"chara_card_v([23])", spec):
        return int(known[1])
    root.notes.append(Note("spec", f'"{shown(spec)}" is not known; read as version 2'))
    return 2


def _entries(fields: Fields) -> tuple[LoreEntry, ...]:
    book = fields.given(BOOK)
    if book is not None and not isinstance(book, Mapping):
        fields.notes.append(Note(BOOK, "must be a group of fields; ignored"))
    if not isinstance(book, Mapping):
        return ()
    listed = book.get("entries")
    if isinstance(listed, Mapping):  # some programs number them
        listed = list(listed.values())
    if not isinstance(listed, list):
        fields.notes.append(Note(f"{BOOK}.entries", "must be a list; ignored"))
        return ()
    groups = {f"{BOOK}.entries[{index}]": each for index, each in enumerate(listed[:MAX_ENTRIES])}
    read = [Fields(each, place, fields.notes) for place, each in groups.items() if isinstance(each, Mapping)]
    if lost := len(listed) - len(read):
        message = f"{counted(lost, 'entry', 'entries')} ignored: no group of fields, or beyond the first {MAX_ENTRIES}"
        fields.notes.append(Note(f"{BOOK}.entries", message))
    entries = tuple(_entry(each) for each in read)
    _tell_rest(f"{BOOK}.entries", tuple(dict.fromkeys(name for each in read for name in each.rest())), fields.notes)
    return entries


def _entry(fields: Fields) -> LoreEntry:
    selective, secondary = fields.truth("selective", default=False), fields.texts("secondary_keys")
    fields.skip(_ENTRY_SILENT)
    return LoreEntry(
        place=fields.place,
        title=fields.text("name") or fields.text("comment"),
        keys=fields.texts("keys"),
        secondary_keys=secondary if selective else (),
        content=fields.text("content"),
        enabled=fields.truth("enabled", default=True),
        constant=fields.truth("constant", default=False),
        order=fields.number("insertion_order"),
        patterns=fields.truth("use_regex", default=False),
    )


def _tell_rest(place: str, names: tuple[str, ...], notes: list[Note]) -> None:
    if names:
        more = ", …" if len(names) > NAMES_TOLD + 1 else ""
        notes.append(Note(place, f"not known and left out: {', '.join(names[: NAMES_TOLD + 1])}{more}"))


def _tell_unmapped(fields: Fields) -> None:
    """Known fields that a character file has no place for."""
    notes = fields.notes
    for key in _FOR_MODELS:
        if text := fields.text(key).strip():
            notes.append(Note(key, f"{word_count(text)} of orders to a model; a character file gives none"))
    if text := fields.text("creator_notes").strip():
        notes.append(
            Note(
                "creator_notes", f"{word_count(text)} for people; read them in the card, terms of use often stand there"
            )
        )
    if fields.given("creator_notes_multilingual") is not None:
        notes.append(Note("creator_notes_multilingual", "for people; read them in the card"))
    if greetings := fields.given("group_only_greetings"):
        count = f"{len(greetings)} " if isinstance(greetings, list) else ""
        notes.append(Note("group_only_greetings", f"{count}left out: they greet a group of characters"))
    if assets := fields.given("assets"):
        count = f"{len(assets)} " if isinstance(assets, list) else ""
        notes.append(Note("assets", f"{count}pictures or sounds not copied, and no address opened"))
    extensions = fields.given("extensions")
    if isinstance(extensions, Mapping):
        names = Fields(extensions, "", notes).rest()
        notes.append(Note("extensions", f"made for other programs: {', '.join(names)}"))
    fields.skip(_SILENT)
