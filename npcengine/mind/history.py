"""What was said before, as a prompt holds it: growing at its end, cut at its start seldom and by much; knows no model.

Whatever is cut at the start moves all that follows, and the model has to read it again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from npcengine.mind.digest import DIGEST_SHARE
from npcengine.mind.memory import Exchange
from npcengine.mind.page import Page, clean, clip
from npcengine.mind.prompt import NAME_TOKENS, TAIL_SHARE, speaker
from npcengine.persona import Persona

KEEP = 0.5
"""When history is cut, so much of its room stays filled; the rest is room to grow without cutting again."""

LONGEST_SHARE = 0.1
"""Share of a prompt's tokens that one side of an exchange may take."""

MARKUP = 64
"""Tokens for what a tail holds besides its texts: labels, brackets, a template's markers."""


def write_history(persona: Persona, history: Sequence[Exchange], page: Page) -> str:
    """What was said, as it was heard."""
    return "".join(_write(persona, exchange, page) for exchange in history)


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
    left = room * KEEP
    kept: list[Exchange] = []
    for exchange in reversed(exchanges[len(exchanges) // 2 :]):
        left -= cost(exchange)
        if left < 0:
            break
        kept.append(exchange)
    return tuple(reversed(kept))


def history_room(page: Page, opening: str) -> int:
    """Tokens that history may take."""
    return max(0, page.tokens - page.count(opening) - page.share(DIGEST_SHARE) - page.share(TAIL_SHARE) - MARKUP)


def exchange_cost(persona: Persona, page: Page) -> Callable[[Exchange], int]:
    """Tells how many tokens an exchange takes in a prompt."""
    return lambda exchange: page.count(_write(persona, exchange, page))


def _write(persona: Persona, exchange: Exchange, page: Page) -> str:
    template, most = page.template, page.share(LONGEST_SHARE)
    player, npc = (clip(clean(text), most, page.count) for text in (exchange.player, exchange.npc))
    said = f"{npc}—" if exchange.interrupted else npc
    if exchange.speaker:
        return _write_overheard(exchange.speaker, player, said, page)
    asked = template.player.format(text=player) if player else ""
    emotion = exchange.emotion or persona.mood
    answered = template.npc.format(name=speaker(persona), emotion=emotion, text=said) if npc else ""
    return asked + answered


def _write_overheard(who: str, player: str, said: str, page: Page) -> str:
    """What others said is no line of this dialogue: it stands aside, with who said it to whom."""
    name = clip(clean(who).replace(":", " "), NAME_TOKENS, page.count)
    asked = f"The player said to {name}: {player}" if player else ""
    answered = f"{name} said: {said}" if said else ""
    # A bracket in what was said would end the aside.
    heard = " ".join(filter(None, (asked, answered))).replace("(", "").replace(")", "")
    return page.template.aside.format(text=f"(Overheard: {heard})")


def _index(exchanges: Sequence[Exchange], wanted: Exchange) -> int | None:
    return exchanges.index(wanted) if wanted in exchanges else None
