"""Writes a moment of a dialogue as the text a model continues: stable part first, volatile part last; knows no model.

Whatever a character file holds, each part keeps to its share of the prompt, and what exceeds it is clipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle

from npcengine.mind.page import Page, clean, clip
from npcengine.mind.templates import Template
from npcengine.mind.view import MindView
from npcengine.persona import Example, Fact, Persona
from npcengine.types import Emotion

PERSONA_SHARE = 0.18
EXAMPLES_SHARE = 0.18
DEMONSTRATIONS_SHARE = 0.24
TAIL_SHARE = 0.15
"""Shares of the prompt's tokens; history gets what is left."""

NAME_TOKENS = 24
DEMONSTRATIONS = 6
"""How many of its facts a character is shown answering from: small models learn the pattern rather than the rule."""

AGREES = "{name} agrees and does it. {deed}"
REFUSES = "{name} will not do it now. {deed}"
IGNORANT = "{name} does not know."
"""What a character is told besides a line, so that what it says goes with what it does."""

_ASKING = ("What about {topic}?", "Tell me about {topic}.", "What do you know of {topic}?")

_TITLES = frozenset(
    {"brother", "captain", "dr", "father", "king", "lady", "lord", "madam", "master", "miss", "mother", "mr", "mrs"}
    | {"old", "prince", "princess", "queen", "sir", "sister", "the"}
)


def write_opening(persona: Persona, page: Page, *, demonstrate: bool = True) -> str:
    """The part that never changes: who the character is, and the voice to imitate.

    Args:
        persona: The character.
        page: What it is written on.
        demonstrate: Show how facts are answered from; a model that was taught to needs no showing.
    """
    about = _about(persona, page)
    examples = _examples(persona, page)
    demonstrations = _demonstrations(persona, page) if demonstrate else ""
    return page.template.system.format(text=about) + examples + demonstrations


def write_tail(persona: Persona, view: MindView, page: Page, *, told: Sequence[Fact], emotion: Emotion) -> str:
    """What only this line needs: what the character knows about it, the line itself, the start of the reply."""
    room = page.share(TAIL_SHARE)
    line = clip(clean(view.text), room // 2, page.count)
    event = clip(clean(view.event or ("" if line else "Someone comes near.")), room // 2, page.count)
    room -= page.count(line) + page.count(event)
    asides = [f"({event})"] if event else []
    for place, fact in enumerate(told):
        # How the character would put it is shown for the fact that is meant, most likely; the others are told from.
        whole = fact_text(fact) if place == 0 else clean(fact.text)
        known = clip(whole, room, page.count)
        if len(known) < len(whole) and asides:
            break
        room -= page.count(known)
        asides.insert(0, _knows(persona, known))
    reply = page.template.reply.format(name=speaker(persona), emotion=emotion)
    return _before_line(asides, line, page.template) + reply


def speaker(persona: Persona) -> str:
    """The character's label in a dialogue: its first name, unless that is a title."""
    names = clean(persona.name).replace(":", " ").split()
    if not names:
        return "Character"
    return (names[0] if names[0].lower().rstrip(".") not in _TITLES else " ".join(names))[:40]


def fact_text(fact: Fact) -> str:
    """A fact as a prompt tells it: what is true, then how the character would put it."""
    return clean(f"{fact.text} {fact.say or ''}")


def _about(persona: Persona, page: Page) -> str:
    room = page.share(PERSONA_SHARE)
    title = f"{persona.name}, {persona.role}." if persona.role else f"{persona.name}."
    ties = " ".join(f"{name[:1].upper()}{name[1:]}: {tie}" for name, tie in persona.relations.items())
    parts = {
        "title": (title, NAME_TOKENS * 2),
        "personality": (f"{persona.name} is {', '.join(persona.personality)}." * bool(persona.personality), 48),
        "style": (persona.style, room // 3),
        "description": (persona.description, room),
        "ties": (ties, room),
    }
    written = {}
    for name, (text, most) in parts.items():
        written[name] = clip(clean(text), min(most, room), page.count)
        room -= page.count(written[name])
    order = ("title", "description", "personality", "style", "ties")
    return " ".join(written[name] for name in order if written[name])


def _examples(persona: Persona, page: Page) -> str:
    room = page.share(EXAMPLES_SHARE)
    written = []
    for example in persona.examples:
        text = _example(persona, example, page.template)
        room -= page.count(text)
        if room < 0:
            break
        written.append(text)
    return "".join(written)


def _demonstrations(persona: Persona, page: Page) -> str:
    """Answers from facts, written as a reply's facts will be; only of what everyone may know at any time."""
    free = [fact for fact in persona.knowledge if fact.say and fact.topics and not fact.when and not fact.secret]
    room = page.share(DEMONSTRATIONS_SHARE)
    written = []
    for fact, asking in zip(free[-DEMONSTRATIONS:], cycle(_ASKING), strict=False):
        topic = fact.topics[0] if fact.topics[0][0].isupper() else f"the {fact.topics[0]}"
        question = Example(player=asking.format(topic=topic), npc=fact.say or fact.text, emotion=persona.mood)
        text = _example(persona, question, page.template, aside=_knows(persona, fact_text(fact)))
        if (length := page.count(text)) <= room:
            room -= length
            written.append(text)
    return "".join(written)


def _knows(persona: Persona, known: str) -> str:
    return f"({speaker(persona)} knows: {known})"


def _example(persona: Persona, example: Example, template: Template, *, aside: str = "") -> str:
    asked = _before_line([aside] if aside else [], clean(example.player), template)
    return asked + template.npc.format(name=speaker(persona), emotion=example.emotion, text=clean(example.npc))


def _before_line(asides: Sequence[str], line: str, template: Template) -> str:
    """Stage directions stand on lines of their own in a screenplay, and inside the player's turn of a chat."""
    if template.player.startswith("Player"):
        return "".join(f"{aside}\n" for aside in asides) + (template.player.format(text=line) if line else "")
    return template.player.format(text=" ".join((*asides, line)).strip())
