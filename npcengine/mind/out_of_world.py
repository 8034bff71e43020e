"""Tells talk about computers, prompts and the real world from talk about the character's own; knows no model."""

from __future__ import annotations

import re

from npcengine.mind.words import stems
from npcengine.persona import Persona

_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\ba\.?i\b", r"\bartificial intelligence\b", r"\bchat ?-?gpt\b", r"\bgpt(?:-?\d\w*)?\b", r"\bopen ?ai\b",
        r"\b(?:large )?language models?\b", r"\bllms?\b", r"\bchat ?bots?\b", r"\bassistant\b", r"\bneural net\w*\b",
        r"\bmachine learning\b", r"\btraining data\b", r"\b(?:system|your|the) prompts?\b", r"\bjailbreak\b",
        r"\b(?:ignore|forget|disregard|override)\b.{0,30}\b(?:instructions?|rules|guidelines|programming|persona)\b",
        r"\byour (?:instructions|programming|source code|developers?|programmers?|creators?)\b",
        r"\bdeveloper mode\b", r"\bnpcs?\b", r"\bvideo ?games?\b",
        r"\b(?:in|play(?:ing)?) (?:a|this) (?:computer )?game\b",
        r"\byou(?: are|'re)? (?:just )?(?:a )?(?:program(?:med)?|bot|robot|simulation|computer)\b",
        r"\bare you (?:just )?(?:a |an )?(?:real person|program(?:med)?|bot|robot|machine|simulation|computer)\b",
        r"\bpretend (?:to be|you are|you're)\b", r"\bpython code\b",
        r"\bwrite (?:me )?(?:some |a )?(?:code|program|script)\b",
        r"\b(?:internet|website|wi-?fi|smartphones?|iphone|google|wikipedia|facebook|twitter|youtube|tiktok|netflix)\b",
    )
)  # fmt: skip


def is_out_of_world(persona: Persona, text: str) -> bool:
    """Whether `text` speaks of what the character can't know of; words of its own world are never foreign to it."""
    said = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    met = [match[0] for sign in _SIGNS for match in sign.finditer(said)]
    return bool(met) and not any(_own(persona, term) for term in met)


def _own(persona: Persona, term: str) -> bool:
    """Whether the last word of `term`, the one that names the thing, stands in the character's file."""
    facts = " ".join(f"{fact.text} {' '.join(fact.topics)}" for fact in persona.knowledge)
    world = stems(f"{persona.role} {persona.description} {facts}", persona.language)
    return bool(named := stems(term, persona.language)) and named[-1] in world
