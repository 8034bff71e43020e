"""A talk may last as long as it likes: the prompt stays short, and tells who the player is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcengine.mind.digest import DIGEST_SHARE, is_outdated, write_digest
from npcengine.mind.memory import MOST_TOLD, Digest, Exchange, Memory
from npcengine.mind.mind import Mind
from npcengine.mind.notes import Note
from npcengine.mind.page import Page
from npcengine.mind.remembering import live_through, overhear
from npcengine.mind.templates import SCREENPLAY, TEMPLATES
from npcengine.mind.view import MindView
from npcengine.persona import Persona, persona_from_dict
from tests.unit.mind.conftest import CHARACTER, ScriptedModel

NAME = Note("The player's name is Robin.", "name", "You are Robin.")


def a_page(tokens: int = 1200) -> Page:
    """Four letters a token."""
    return Page("a", SCREENPLAY, tokens=tokens, count=lambda text: (len(text) + 3) // 4)


def prompt_lengths(turns: int, *, words: int = 8) -> tuple[list[int], Memory, ScriptedModel]:
    """Tokens of each prompt of a long talk that begins with the player's name."""
    persona = persona_from_dict(CHARACTER)
    model = ScriptedModel()
    mind = Mind(persona, model, conversation="a")
    memory, lengths = Memory(), []
    for turn in range(turns):
        said = "I'm Robin." if turn == 0 else f"Well {turn}, " + "what a day " * (words // 4)
        list(mind.answer(MindView(said, memory, {"trust": 50, "gold": 0}, {})))
        lengths.append(model.count_tokens(model.prompts[-1].prefix + model.prompts[-1].tail))
        memory, _ = live_through(memory, Exchange(said, f"Aye {turn}, it is what it is, and it stays so."), persona)
    return lengths, memory, model


@pytest.mark.parametrize("words", [8, 60])
def test_after_500_turns_a_prompt_is_as_long_as_after_24(words: int) -> None:
    """It never outgrows its room, and tells the player's name although nobody has said it for hundreds of turns."""
    lengths, memory, model = prompt_lengths(500, words=words)
    assert max(lengths[24:]) <= max(lengths[:24]) + 1200 * DIGEST_SHARE
    assert max(lengths) <= 1200
    assert "The player's name is Robin." in model.prompts[-1].prefix
    assert not any("Robin" in exchange.player for exchange in memory.exchanges)
    assert memory.talks == 500
    assert len(memory.exchanges) <= 24


def test_the_beginning_moves_seldom() -> None:
    """Of 500 prompts, few begin otherwise than the one before; the rest only grow, so that little is read again."""
    _, _, model = prompt_lengths(500)
    prefixes = [prompt.prefix for prompt in model.prompts]
    moved = sum(not later.startswith(earlier) for earlier, later in pairwise(prefixes))
    assert moved <= 500 / 10


@given(turns=st.integers(0, 8), count=st.integers(0, 40))
def test_no_exchange_is_lost_on_the_way_into_the_digest(turns: int, count: int) -> None:
    """All are counted; those held are the newest, at least as many as the file wants and at most twice so many."""
    memory = Memory()
    for number in range(count):
        memory = memory.after(Exchange(f"{number}", "Aye.", told=(f"fact{number % 20}",)), keep=turns)
    assert memory.talks == count
    assert [exchange.player for exchange in memory.exchanges] == [f"{n}" for n in range(memory.past.exchanges, count)]
    assert min(count, turns) <= len(memory.exchanges) <= 2 * turns
    assert len(memory.past.told) <= MOST_TOLD
    assert len(set(memory.past.told)) == len(memory.past.told)


def test_what_was_told_is_told_of(persona: Persona) -> None:
    """By its topic; a fact of which nothing was heard was not told, and a secret is never told of."""
    memory = Memory()
    for npc, used in (
        ("Burned to the beams. Tobias ran off to Varn.", ("mill_fire",)),
        ("That's", ("cat",)),
        ("He owes them forty silver.", ("aldo_debt",)),
    ):
        memory, _ = live_through(memory, Exchange("Well?", npc), persona, used=used)
    assert [exchange.told for exchange in memory.exchanges] == [("mill_fire",), (), ("aldo_debt",)]
    memory = memory.meeting().meeting().folded(keep=0)
    written = write_digest(persona, memory, (), a_page())
    assert written == "(Gerta knows: They have met 2 times and talked of the mill.)\n"


def test_exchanges_without_room_in_the_prompt_are_in_the_digest(persona: Persona) -> None:
    """Although memory still holds them word for word."""
    dropped = [Exchange("And the cat?", "That's Clinker, the forge cat.", told=("cat",))]
    assert write_digest(persona, Memory(tuple(dropped)), dropped, a_page()) == (
        "(Gerta knows: They have met before and talked of the cat.)\n"
    )


def test_a_stranger_s_prompt_has_no_digest(persona: Persona) -> None:
    """And what happens in the world is left to retrieval."""
    assert write_digest(persona, Memory(notes=(Note("The bell rings.", "event"),)), (), a_page()) == ""


note_kinds = st.sampled_from(["told", "name", "promise", "gift", "errand"])


@settings(max_examples=100, deadline=None)
@given(
    notes=st.lists(st.builds(Note, st.text(max_size=200), note_kinds), max_size=30),
    tokens=st.integers(200, 4000),
    family=st.sampled_from(sorted(TEMPLATES)),
)
def test_a_digest_keeps_to_its_share(notes: list[Note], tokens: int, family: str) -> None:
    """Whatever is known, in every family's markup."""
    page = replace(a_page(tokens), template=TEMPLATES[family])
    memory = Memory(notes=tuple(notes), past=Digest(9, ("cat", "mill_fire")), meetings=3)
    assert (
        page.count(write_digest(persona_from_dict(CHARACTER), memory, (), page)) <= max(0, page.share(DIGEST_SHARE)) + 1
    )


def test_a_digest_holds_until_it_is_wrong() -> None:
    """New notes change nothing; another name does, and so does a loaded save."""
    before = Memory((Exchange("a", "b"),), (NAME,))
    assert not is_outdated(before, before.noting("The bell rings.", keep=9))
    assert is_outdated(before, before.noting(Note("The player's name is Tom.", "name"), keep=9))
    assert is_outdated(before, Memory((), (NAME,)))


def test_what_was_overheard_stands_aside(persona: Persona) -> None:
    """Who said what to whom; it is no line of the character's own dialogue, and brackets in it end nothing."""
    model = ScriptedModel("Aye.")
    said = Exchange("I'm Robin. Is it hot?", "Hot (enough).", speaker="Aldo Holt")
    memory = overhear(Memory(), said, persona)
    list(Mind(persona, model, conversation="a").answer(MindView("How are you?", memory, {"trust": 0, "gold": 0}, {})))
    line = "(Overheard: The player said to Aldo Holt: I'm Robin. Is it hot? Aldo Holt said: Hot enough.)\n"
    assert model.prompts[0].prefix.endswith(line)
    assert memory.notes == (NAME,)
