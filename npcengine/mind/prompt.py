"""Writes a moment of a dialogue as the text a model continues: stable part first, volatile part last; knows no model.

Whatever a character file or a memory holds, the prompt stays within its tokens: every part has a share, and what
exceeds it is clipped. History grows at its end and is cut at its start, seldom and by much, so that what the model has
cached of it stays valid for many turns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from npcengine.mind.memory import Exchange
from npcengine.mind.templates import Template
from npcengine.mind.view import MindView
from npcengine.persona import Example, Persona
from npcengine.types import Prompt

PERSONA_SHARE = 0.35
EXAMPLES_SHARE = 0.25
TAIL_SHARE = 0.2
"""Shares of the prompt's tokens; history gets what is left."""

NAME_TOKENS = 24
KEEP_OF_HISTORY = 0.5
"""When history is cut, so much of its room stays filled; the rest is room to grow without cutting again."""

_FORBIDDEN = str.maketrans("<>|", "   ")


@dataclass(frozen=True, slots=True)
class Page:
    """What a prompt is written on.

    Attributes:
        conversation: The cached sequence that it extends.
        template: How the model's family wants it.
        tokens: How long it may become.
        count: Tells the tokens of a text.
    """

    conversation: str
    template: Template
    tokens: int
    count: Callable[[str], int]

    def share(self, part: float) -> int:
        """So many tokens are this part of all."""
        return int(self.tokens * part)


def write_opening(persona: Persona, page: Page) -> str:
    """The part that never changes: who the character is, and the voice to imitate."""
    about = _about(persona, page)
    examples = _examples(persona, page)
    return page.template.system.format(text=about) + examples


def write_history(persona: Persona, history: Sequence[Exchange], page: Page) -> str:
    """What was said, as it was heard."""
    return "".join(_exchange(persona, exchange, page) for exchange in history)


def write_tail(persona: Persona, view: MindView, told: Sequence[str], page: Page) -> str:
    """What only this line needs: what the character knows about it, the line itself, the start of the reply."""
    room = page.share(TAIL_SHARE)
    line = clip(clean(view.text), room // 2, page.count)
    event = clip(clean(view.event or ("" if line else "Someone comes near.")), room // 2, page.count)
    room -= page.count(line) + page.count(event)
    asides = [f"({event})"] if event else []
    for fact in told:
        known = clip(clean(fact), room, page.count)
        if len(known) < len(clean(fact)) and asides:
            break
        room -= page.count(known)
        asides.insert(0, f"({speaker(persona)} knows: {known})")
    reply = page.template.reply.format(name=speaker(persona))
    return _before_line(asides, line, page.template) + reply


def recent(
    exchanges: Sequence[Exchange], first: Exchange | None, *, cost: Callable[[Exchange], int], room: int
) -> tuple[Exchange, ...]:
    """The exchanges that a prompt holds.

    Args:
        exchanges: All that are remembered, oldest first.
        first: The one that the previous prompt's history began with.
        cost: Tells the tokens of an exchange.
        room: Tokens for all of them.

    Returns:
        From `first` on as long as that is remembered and fits; else about the newest half.
    """
    start = 0 if first is None else _index(exchanges, first)
    if start is not None and sum(map(cost, exchanges[start:])) <= room:
        return tuple(exchanges[start:])
    left = room * KEEP_OF_HISTORY
    kept: list[Exchange] = []
    for exchange in reversed(exchanges[len(exchanges) // 2 :]):
        left -= cost(exchange)
        if left < 0:
            break
        kept.append(exchange)
    return tuple(reversed(kept))


def history_room(page: Page, opening: str) -> int:
    """Tokens that history may take."""
    return max(0, page.tokens - page.count(opening) - page.share(TAIL_SHARE) - 2 * NAME_TOKENS)


def exchange_cost(persona: Persona, page: Page) -> Callable[[Exchange], int]:
    """Tells how many tokens an exchange takes in a prompt."""
    return lambda exchange: page.count(_exchange(persona, exchange, page))


def assemble(page: Page, opening: str, *, history: str, tail: str) -> Prompt:
    """The parts as one prompt."""
    return Prompt(conversation=page.conversation, prefix=opening + history, tail=tail)


def speaker(persona: Persona) -> str:
    """The character's label in a dialogue."""
    return clean(persona.name).replace(":", " ")[:60].strip() or "Character"


def clean(text: str) -> str:
    """One line, without the signs that make up a template's markers."""
    return " ".join(text.translate(_FORBIDDEN).split())


def clip(text: str, tokens: int, count: Callable[[str], int]) -> str:
    """As much of `text` as fits, whole words where it has any."""
    if tokens <= 0:
        return ""
    text = text[: tokens * 16]  # no vocabulary spends so few tokens on so many letters
    if count(text) <= tokens:
        return text
    fits, too_long = 0, len(text)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if count(text[:middle]) <= tokens:
            fits = middle
        else:
            too_long = middle
    head = text[:fits]
    return head.rsplit(" ", 1)[0] if " " in head else head


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


def _example(persona: Persona, example: Example, template: Template) -> str:
    player = template.player.format(text=clean(example.player))
    return player + template.npc.format(name=speaker(persona), emotion=example.emotion, text=clean(example.npc))


def _exchange(persona: Persona, exchange: Exchange, page: Page) -> str:
    template, most = page.template, page.share(TAIL_SHARE)
    player, npc = (clip(clean(text), most, page.count) for text in (exchange.player, exchange.npc))
    said = f"{npc}—" if exchange.interrupted else npc
    asked = template.player.format(text=player) if player else ""
    answered = template.npc.format(name=speaker(persona), emotion=persona.mood, text=said) if npc else ""
    return asked + answered


def _before_line(asides: Sequence[str], line: str, template: Template) -> str:
    """Stage directions stand on lines of their own in a screenplay, and inside the player's turn of a chat."""
    if template.player.startswith("Player"):
        return "".join(f"{aside}\n" for aside in asides) + (template.player.format(text=line) if line else "")
    return template.player.format(text=" ".join((*asides, line)).strip())


def _index(exchanges: Sequence[Exchange], wanted: Exchange) -> int | None:
    return exchanges.index(wanted) if wanted in exchanges else None
