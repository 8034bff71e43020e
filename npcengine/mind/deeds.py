"""Verbs that ask for the same, for the opposite, and for what the other side does; English, knows no character."""

from __future__ import annotations

import re
from functools import lru_cache

from npcengine.mind.words import stems_of

_SAME = tuple(
    frozenset(group.split())
    for group in (
        "repair fix mend restore patch reforge", "open unlock unbar unseal unbolt unlatch",
        "close shut lock bar seal bolt", "raise lift hoist", "lower drop",
        "give hand pass lend grant offer gift spare provide", "lend loan", "borrow", "get fetch bring grab find lend",
        "sell trade", "buy purchase", "follow accompany join come walk travel", "heal cure treat tend bandage",
        "attack fight kill strike slay shoot", "teach train instruct tutor", "learn study", "wait stay halt",
        "stop halt cease", "lead guide escort take bring", "show reveal display",
        "forge make craft smith build brew mix prepare cook bake", "sharpen hone whet grind",
        "summon call fetch signal hail",
        "leave depart go", "help assist aid", "start begin", "rent hire let", "serve pour bring give",
        "play perform sing strum", "sing chant", "free release liberate", "let allow", "arrest seize detain jail",
        "bless sanctify", "curse hex", "pay reward", "sit rest", "light kindle ignite",
        "douse extinguish quench snuff", "carry bring take deliver haul", "translate decipher", "tell say recite",
        "hide conceal", "ring sound toll raise", "silence quiet hush", "ferry row sail carry take", "shoot fire launch",
        "read tell",
        "throw toss chuck hurl kick", "remove undo break lift free", "keep guard watch hold", "activate enable start",
        "deactivate disable", "scan examine inspect", "marry wed", "swear vow", "confess admit", "dance waltz",
        "clean wash", "identify appraise", "upgrade improve enchant", "hire recruit enlist", "feed nourish",
    )
)  # fmt: skip

_OPPOSITES = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("open unlock unbar unseal unbolt", "close shut lock bar seal bolt block barricade"),
        ("raise lift hoist", "lower drop"),
        ("sell", "buy purchase"),
        ("lend loan", "borrow"),
        ("free release liberate", "arrest seize capture jail lock imprison hold"),
        ("follow accompany join", "leave depart wait stay stop"),
        ("light kindle ignite", "douse extinguish quench snuff"),
        ("start begin activate enable", "stop cease end deactivate disable"),
        ("give hand", "take steal keep"),
        ("hide conceal", "show reveal"),
        ("heal cure", "hurt wound poison kill"),
        ("repair fix mend", "break smash destroy"),
        ("attack fight kill", "protect defend spare"),
        ("teach train", "learn study"),
        ("bless", "curse hex"),
        ("hire recruit", "fire dismiss"),
    )
)

_PHRASES = tuple(
    (re.compile(rf"^{phrase}\b"), verb)
    for phrase, verb in (
        (r"(?:put|set) (?P<what>(?:\w+ ){1,3}?)(?:right|straight)", "repair"),
        (r"(?:patch|fix) (?:(?P<what>(?:\w+ ){1,3}?)up|up)", "repair"),
        (r"set (?P<what>(?:\w+ ){1,3}?)(?:free|loose)", "free"),
        (r"put (?:(?P<what>(?:\w+ ){1,3}?)out|out)", "extinguish"),
        (r"(?:turn|switch) (?:(?P<what>(?:\w+ ){1,3}?)off|off)", "stop"),
        (r"(?:turn|switch) (?:(?P<what>(?:\w+ ){1,3}?)on|on)", "start"),
        (r"(?:hand|pass|turn) (?:(?P<what>(?:\w+ ){1,3}?)over|over)", "give"),
        (r"have a (?:good |closer? |quick )?look at", "examine"),
        (r"take a (?:good |closer? |quick )?look at", "examine"),
        (r"get rid of", "remove"),
        (r"show (?P<what>(?:me|us) )how to", "teach"),
        (r"show (?P<what>(?:me|us) )the way", "lead"),
        (r"(?:look after|take care of|watch over)", "keep"),
        (r"(?:take|sign) (?P<what>(?:me|us) )on\b(?! (?:the|a|your)\b)", "hire"),
    )
)
"""Verbs of several words, which stand around what is meant, and one that says the same."""

_CONVERSE = {
    "buy": "sell", "purchase": "sell", "sell": "buy", "borrow": "lend", "learn": "teach", "study": "teach",
    "get": "give", "have": "give", "see": "show", "hear": "play", "join": "hire", "eat": "serve", "drink": "serve",
    "taste": "serve", "pass": "let", "cross": "let", "rent": "rent", "sleep": "rent", "take": "give", "use": "lend",
    "read": "give",
}  # fmt: skip
"""What the character does when the player does this: who wants to buy asks to be sold something."""


@lru_cache(maxsize=512)
def like_deeds(stem: str, language: str) -> frozenset[str]:
    """The stems of all verbs that ask for the same as a verb, itself among them."""
    return frozenset({stem}).union(*(group for group in _stemmed(_SAME, language) if stem in group))


@lru_cache(maxsize=512)
def is_deed(stem: str, language: str) -> bool:
    """Whether it is known what a verb asks for."""
    return any(stem in group for group in _stemmed(_SAME, language))


@lru_cache(maxsize=512)
def opposite_deeds(stem: str, language: str) -> frozenset[str]:
    """The stems of all verbs that ask for the opposite."""
    against: frozenset[str] = frozenset()
    for pair in _OPPOSITES:
        one, other = _stemmed(pair, language)
        against |= (other if stem in one else frozenset()) | (one if stem in other else frozenset())
    return against


def in_one_word(deed: str) -> str:
    """The words of a deed, its verb put in one word where it is a phrase of several: "put it right" is "repair it"."""
    for phrase, verb in _PHRASES:
        if met := phrase.match(deed):
            what = (met.groupdict().get("what") or "").strip()
            return " ".join(f"{verb} {what} {deed[met.end() :].strip()}".split())
    return deed


def converse(verb: str) -> str | None:
    """What a character does while the player does `verb`; None when that is not known."""
    return _CONVERSE.get(verb)


@lru_cache(maxsize=64)
def _stemmed(groups: tuple[frozenset[str], ...], language: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(stems_of(sorted(group), language)) for group in groups)
