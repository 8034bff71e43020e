"""The four characters: what any author could check by reading them all again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from npcengine.conditions import parse_condition
from npcengine.lore import read_lore
from npcengine.persona import Fact, Persona, load_persona
from npcengine.persona_advice import pitch_of_size

CHARACTERS = Path(__file__).resolve().parents[3] / "characters"
NAMES = ("gerta", "aldo", "maren", "oswin")
REGISTRIES = {"inventory", "menu", "remedies"}


@pytest.fixture(scope="module")
def village() -> dict[str, Persona]:
    """All four, by file name."""
    return {name: load_persona(CHARACTERS / f"{name}.yaml") for name in NAMES}


def facts(village: dict[str, Persona]) -> Iterator[tuple[Persona, Fact]]:
    """Every fact with whose it is."""
    return ((persona, fact) for persona in village.values() for fact in persona.knowledge)


def test_each_is_written_out(village: dict[str, Persona]) -> None:
    """Enough facts, examples, lines and actions for ten minutes of talk."""
    for persona in village.values():
        assert 12 <= len(persona.knowledge) <= 20
        assert 5 <= len(persona.examples) <= 8
        assert 3 <= len(persona.lines) <= 6
        assert 2 <= len(persona.actions) <= 4
        assert len(persona.unknown) >= 8  # spoken in turn: a long talk needs more of them than any other line
        assert len(persona.out_of_world) >= 3


def test_everything_said_is_short_and_speakable(village: dict[str, Persona]) -> None:
    """At most twenty words, no digits, no marks that nobody can say."""
    for persona, fact in facts(village):
        assert fact.say is not None
        assert len(fact.say.split()) <= 20, (persona.name, fact.id)
        assert not re.search(r"[\d*_\"#\[\]()]", fact.say), (persona.name, fact.id)


def test_every_fact_has_topics(village: dict[str, Persona]) -> None:
    """A player's word leads to every fact."""
    assert [fact.id for _, fact in facts(village) if len(fact.topics) < 3] == []


def test_no_secret_is_open_at_the_start(village: dict[str, Persona]) -> None:
    """A stranger who has done nothing learns no secret."""
    for persona, fact in facts(village):
        if fact.secret:
            assert fact.when is not None
            assert not parse_condition(fact.when, persona.state.keys()).holds(persona.state, {}), fact.id


def test_every_secret_can_be_learned(village: dict[str, Persona]) -> None:
    """With full trust and every flag set, no secret stays closed."""
    for persona, fact in facts(village):
        if fact.secret and fact.when:
            best = {name: value if isinstance(value, str) else 100 for name, value in persona.state.items()}
            assert parse_condition(fact.when, best.keys()).holds(best, {}), fact.id


def test_they_know_each_other(village: dict[str, Persona]) -> None:
    """Each says who the other three are."""
    for name, persona in village.items():
        assert set(NAMES) - {name} <= set(persona.relations)


def test_their_voices_differ(village: dict[str, Persona]) -> None:
    """One base voice gives four, each pair apart in pitch and in size, and none in a throat of the wrong size."""
    voices = [persona.voice for persona in village.values()]
    for one, two in combinations(voices, 2):
        assert abs(one.pitch - two.pitch) >= 2
        assert abs(one.timbre - two.timbre) >= 0.06
    assert all(abs(voice.pitch - pitch_of_size(voice.timbre)) <= 4 for voice in voices)


def test_actions_draw_on_registries_of_the_game(village: dict[str, Persona]) -> None:
    """Whatever an argument is drawn from is documented for the game."""
    used = {registry for persona in village.values() for action in persona.actions for registry in action.args.values()}
    assert used <= REGISTRIES


def test_they_share_what_they_all_know(village: dict[str, Persona]) -> None:
    """Whoever puts a shared fact in own words alone has the lore's text, and everybody has the common ones."""
    lore = read_lore(CHARACTERS / "lore" / "oakhollow.yaml").lore
    assert lore
    for fact in lore.facts:
        knowing = [name for name, each in village.items() if fact.id in {own.id for own in each.knowledge}]
        telling = [each for each in village.values() if fact.text in {own.text for own in each.knowledge}]
        assert len(telling) >= 2, fact.id
        assert fact.tier != "common" or len(knowing) == len(NAMES), fact.id


def test_they_load_from_wherever_they_are_installed(tmp_path: Path) -> None:
    """A package holds the folder by itself; nothing outside it is needed."""
    shutil.copytree(CHARACTERS, tmp_path / "characters")
    for name in NAMES:
        assert load_persona(tmp_path / "characters" / f"{name}.yaml") == load_persona(CHARACTERS / f"{name}.yaml")
