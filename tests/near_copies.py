"""Tells sentences that are nearly the same, whatever their order and marks: nothing is measured with what it learnt."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from ruamel.yaml import YAML

PROJECT = Path(__file__).resolve().parents[1]
NEAR_COPY = 0.8
"""Share of common words, of all words of both, from which one sentence is a near copy of another."""
FEWEST_WORDS = 4
"""Anybody asks "how much is it"; shorter sentences prove nothing."""

Bag = frozenset[str]


def bag(sentence: str) -> Bag:
    """The words of a sentence without marks and order."""
    return frozenset(re.findall(r"[a-z0-9]+", sentence.casefold().replace("'", "")))


def bags(sentences: Iterable[str]) -> set[Bag]:
    """Those of the sentences that are long enough to be a copy of anything."""
    return {words for words in map(bag, sentences) if len(words) >= FEWEST_WORDS}


def values(node: object, keys: set[str]) -> Iterator[str]:
    """Every text that stands under one of the keys, however deep."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys:
                yield from [value] if isinstance(value, str) else [each for each in value if isinstance(each, str)]
            yield from values(value, keys)
    elif isinstance(node, list):
        for each in node:
            yield from values(each, keys)


def found_in(folder: str, keys: set[str]) -> set[Bag]:
    """What stands under the keys in all YAML files of a folder of the project."""
    documents = [YAML(typ="safe").load(path.read_text(encoding="utf-8")) for path in (PROJECT / folder).rglob("*.yaml")]
    return bags(text for document in documents for text in values(document, keys))


def near_copies(ours: set[Bag], theirs: set[Bag]) -> list[tuple[str, str]]:
    """Pairs that overlap by `NEAR_COPY` or more.

    Two such sentences share at least one of the rarest words of each: only those are looked up.
    """
    rarity = Counter(word for words in ours | theirs for word in words)

    def rarest(words: Bag) -> list[str]:
        ranked = sorted(words, key=lambda word: (rarity[word], word))
        return ranked[: int(len(words) * (1 - NEAR_COPY) + 1e-9) + 1]

    by_word: dict[str, set[Bag]] = defaultdict(set)
    for words in theirs:
        for word in rarest(words):
            by_word[word].add(words)
    pairs = {(a, b) for a in ours for word in rarest(a) for b in by_word[word]}
    return [(" ".join(sorted(a)), " ".join(sorted(b))) for a, b in pairs if len(a & b) >= NEAR_COPY * len(a | b)]
