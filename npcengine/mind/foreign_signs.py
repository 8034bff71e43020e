"""How talk to machines, and orders to them, can be told by its words; patterns over lower case, no code."""

from __future__ import annotations

import re

MACHINES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\ba\.?i\b", r"\ban (?:a i|a eye)\b", r"\bartificial intelligence\b", r"\bchat ?-?gpt\b",
        r"\bgpt(?:-?\d\w*)?\b", r"\bgee pee\b", r"\bopen ?ai\b", r"\b(?:large )?language models?\b", r"\bllms?\b",
        r"\bchat ?bots?\b",
        r"\b(?:virtual|helpful|digital|voice|personal) assistant\b",
        r"\bneural net\w*\b", r"\bmachine learning\b", r"\btraining data\b", r"\bnpcs?\b",
        r"\bvideo ?games?\b", r"\bhit points\b", r"\bquick ?save\b",
        r"\b(?:in|play(?:ing)?) (?:a|this) (?:computer )?game\b",
        r"\byou(?: are|'re)? (?:just )?(?:a )?(?:program(?:med)?|bot|robot|simulation|computer)\b",
        r"\b(?:are|r) (?:you|u) (?:just )?(?:a |an )?(?:real person|program(?:med)?|bot|robot|machine|computer)\b",
    )
)  # fmt: skip
"""Names of machines that talk, the last word naming the thing: a character's own world may have them."""

_ABOUT_ORDERS = r"(?:instructions?|guidelines|programming|persona|prompts?)\b"
_ANSWER = r"\b(?:answer|reply|respond|speak|talk|write|output|say)\b"

STEERING = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:system|your|the|hidden|initial) prompts?\b(?! \w+al)",
        r"\bjailbreak\b",
        r"\bsource code\b",
        rf"\b(?:ignore|forget|disregard|override|bypass)\b.{{0,30}}\b{_ABOUT_ORDERS}",
        (
            r"\b(?:ignore|forget|disregard|override) (?:all |any |every |everything )?(?:of )?"
            r"(?:your|ur|the|previous|above|prior) (?:rules?|role|above|text|messages?)\b"
        ),
        r"\b(?:ignore|forget|disregard|override) (?:all|any|every) (?:the |these |those )?(?:rules?|text|messages?)\b",
        r"\b(?:forget|ignore|disregard) everything above\b|\bdo anything now\b(?! that)",
        r"\b(?:ignore|disregard) everything (?:that came |(?:you were |i )?(?:said|told) )?(?:before|earlier)\b",
        rf"\byour (?:system |hidden |original |exact )?{_ABOUT_ORDERS}(?! from\b)",
        r"\byour (?:developers?|programmers?|creators?)\b",
        r"\b(?:developer|debug|admin|god|dan) mode\b",
        r"\bsystem (?:override|message)\b|^system\s*:|\badmin override\b",
        r"\bnew (?:rules?|instructions?)\b ?(?:[:,]|from now on)",
        r"\b(?:break|out of|leave|drop|stay in) (?:the |your )?character\b",
        r"\bstop (?:the )?role ?-?play\w*\b",
        r"\b(?:character|persona) (?:sheet|card|file)\b",
        r"\byour (?:config\w*|variables|parameters|settings|system)\b|\bhidden (?:variables|settings|text)\b",
        (
            r"\b(?:say|repeat|copy|write|type|print|output|recite|show)\b.{0,30}"
            r"\b(?:exactly|verbatim|word for word|the (?:word|phrase|text above))\b"
        ),
        r"\b(?:above|previous) (?:text|message|conversation)\b|\btext above\b",
        (
            r"\b(?:end|begin|start|finish|answer|reply|respond|say|speak|talk|write)\b.{0,30}"
            r"\bwith (?:only )?(?:the |only the )?(?:word|phrase|letters?)\b"
        ),
        rf"{_ANSWER}.{{0,20}}\b(?:in|as) (?:json|yaml|xml|markdown|uppercase|capitals|emojis?)\b",
        rf"{_ANSWER} only (?:in|with)\b",
        r"\b(?:repeat|say|write|type)(?: (?:this|the following))? ?:|\brepeat after me\b",
        r"\b(?:all|each|every)(?: of)?(?: your)? (?:sentences?|repl(?:y|ies)|answers?|messages?)\b",
        r"\bfrom (?:now|this point) on,? (?:answer|reply|respond|end|begin|start|finish|say|talk|speak|write)\b",
        (
            r"\b(?:pretend|imagine|act as|act like|role ?-?play)\b.{0,60}\b(?:prompts?|instructions|restrictions|filter"
            r"|assistant|bot|model|recit\w+|read(?:s|ing)? (?:me|out))\b"
        ),
        r"\bunrestricted\b|\bno (?:longer have any )?restrictions\b|\bwithout (?:any |a )?(?:filter|restrictions)\b",
        r"\bpython code\b|\bwrite (?:me )?(?:some |a )?(?:code|program|script|function)\b",
        r"\b\d+ ?(?:[x*+/^]|times|plus|minus|divided by|multiplied by) ?\d+\b|\bsquare root\b",
    )
)
"""Orders to whatever stands behind a character, and homework for it: foreign wherever the character lives."""
