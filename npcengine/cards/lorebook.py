"""A card's lorebook as what a character knows; knows values and wording, no file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, TypeAlias

from npcengine.cards.card import BOOK, LoreEntry
from npcengine.cards.notes import counted, shown
from npcengine.cards.plain_text import one_line, shorten, slug
from npcengine.cards.wording import Wording

MAX_FACT_CHARACTERS = 2_000
MAX_FACT_WORDS = 60
"""Beyond this a fact crowds others out of the prompt, and a writer is told."""
MAX_TOTAL_CHARACTERS = 120_000
"""Keeps the file well under what a character file may hold, whatever the script."""
MAX_TOPICS = 12
MAX_TOPIC_CHARACTERS = 60
TITLES_TOLD = 6

Fact: TypeAlias = dict[str, Any]

_DECORATOR = re.compile(r"[ \t]*@@@?(\w+)[^\n]*(?:\n|\Z)")
_PATTERN = re.compile(r"/.+/[a-z]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry with its decorators taken off, and their names."""

    entry: LoreEntry
    decorators: frozenset[str]


def facts_from(entries: Iterable[LoreEntry], wording: Wording) -> list[Fact]:
    """The entries that are in use as facts, what is always known first, then by their order."""
    read = [_without_decorators(entry) for entry in entries]
    used = [each.entry for each in read if each.entry.enabled]
    _tell_unused([each.entry for each in read if not each.entry.enabled], "switched off in the card", wording)
    _tell_habits(read, used, wording)
    facts: list[Fact] = []
    left = MAX_TOTAL_CHARACTERS
    empty: list[LoreEntry] = []
    beyond: list[LoreEntry] = []
    for entry in sorted(used, key=lambda each: (not each.constant, each.order)):
        text = wording.told(entry.content, entry.place, most_characters=MAX_FACT_CHARACTERS)
        topics = _topics(entry, wording)
        left -= len(text) + sum(map(len, topics))
        if not text:
            empty.append(entry)
        elif left < 0:
            beyond.append(entry)
        else:
            fact = {"id": _id(entry, topics, facts), "text": text, "topics": topics}
            facts.append({key: value for key, value in fact.items() if value})
    _tell_unused(empty, "without text", wording)
    _tell_unused(beyond, "beyond what a character file holds", wording)
    _tell_lengths(facts, wording)
    return facts


def _without_decorators(entry: LoreEntry) -> _Read:
    """Version 3 writes settings as lines that begin with @@, before the text."""
    content = entry.content.lstrip()
    names = set()
    while match := _DECORATOR.match(content):
        names.add(match[1].lower())
        content = content[match.end() :].lstrip("\n")
    active = "activate" in names
    enabled = entry.enabled and (active or "dont_activate" not in names)
    decorators = frozenset(names - {"activate", "dont_activate"})
    return _Read(replace(entry, content=content, enabled=enabled, constant=entry.constant or active), decorators)


def _topics(entry: LoreEntry, wording: Wording) -> list[str]:
    """Keys as words to ask by; a pattern is no word."""
    topics: dict[str, str] = {}
    for word in islice(_words(entry), MAX_TOPICS * 3):
        cut = word[: MAX_TOPIC_CHARACTERS * 4]
        if text := one_line(wording.told(cut, entry.place, most_characters=MAX_TOPIC_CHARACTERS)):
            topics.setdefault(text.lower(), text)
    return list(topics.values())[:MAX_TOPICS]


def _words(entry: LoreEntry) -> Iterator[str]:
    """What stands in the keys, which some programs write as one text with commas."""
    for key in () if entry.patterns else (*entry.keys, *entry.secondary_keys):
        if not _PATTERN.fullmatch(key.strip()):
            yield from filter(str.strip, key.split(",", MAX_TOPICS)[:MAX_TOPICS])


def _id(entry: LoreEntry, topics: Sequence[str], facts: Sequence[Fact]) -> str:
    """A short name from the entry's title or first topic that no fact before has."""
    base = slug(shorten(one_line(entry.title), 60)) or next(filter(None, map(slug, topics)), "") or "fact"
    taken = {fact["id"] for fact in facts}
    number = 2
    name = base
    while name in taken:
        name, number = f"{base}_{number}", number + 1
    return name


def _tell_unused(entries: Sequence[LoreEntry], why: str, wording: Wording) -> None:
    if entries:
        titles = [shown(each.title or (each.keys[0] if each.keys else ""), 30) or each.place for each in entries]
        more = ", …" if len(titles) > TITLES_TOLD else ""
        count = counted(len(entries), "entry", "entries")
        wording.note(BOOK, f"{count} {why}, left out: {', '.join(titles[:TITLES_TOLD])}{more}")


def _tell_habits(read: Sequence[_Read], used: Sequence[LoreEntry], wording: Wording) -> None:
    """What entries do elsewhere that facts do not."""
    if decorators := sorted(set().union(*(each.decorators for each in read))):
        names = ", ".join(shown(name, 30) for name in decorators[:TITLES_TOLD])
        wording.note(BOOK, f"decorators have no counterpart: {names}{', …' if len(decorators) > TITLES_TOLD else ''}")
    if constant := sum(entry.constant for entry in used):
        count = counted(constant, "entry is", "entries are")
        wording.note(BOOK, f"{count} in every prompt there; here they come first, and are told when asked for")
    patterns = sum(
        len(e.keys) if e.patterns else sum(bool(_PATTERN.fullmatch(k.strip())) for k in e.keys) for e in used
    )
    if patterns:
        wording.note(
            BOOK, f"{counted(patterns, 'key is a pattern', 'keys are patterns')}, no words to ask by; left out"
        )
    if secondary := sum(bool(entry.secondary_keys) for entry in used):
        count = counted(secondary, "entry", "entries")
        wording.note(BOOK, f"secondary keys of {count} became topics like the others, no second condition")


def _tell_lengths(facts: Sequence[Fact], wording: Wording) -> None:
    if long := [fact["id"] for fact in facts if len(fact["text"].split()) > MAX_FACT_WORDS]:
        more = ", …" if len(long) > TITLES_TOLD else ""
        count = counted(len(long), "fact has", "facts have")
        names = ", ".join(long[:TITLES_TOLD])
        wording.note("knowledge", f"{count} more than {MAX_FACT_WORDS} words, split into several: {names}{more}")
