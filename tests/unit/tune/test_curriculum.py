"""What is taught and what is kept back never mix, and every epoch is the same for the same number."""

from __future__ import annotations

import random

import pytest

from npcengine.errors import ConfigError
from npcengine.persona import Example, persona_from_dict
from npcengine.studio.tune.curriculum import EVERY, HELD_OUT, MEASURED, MOST_TOKENS, Curriculum, divide
from npcengine.studio.tune.exchange_file import Exchange
from npcengine.studio.tune.pupil import Pupil, pupil_of_character, pupil_of_world
from npcengine.studio.tune.world_file import World
from tests.unit.mind.conftest import CHARACTER
from tests.unit.tune.conftest import page, tokenize


@pytest.fixture
def pupils(world: World, exchanges: list[Exchange]) -> list[Pupil]:
    """Three worlds' characters, one of those that are held out among them."""
    names = ("stores", HELD_OUT[0], "depot")
    return [pupil_of_world(name, world, exchanges, random.Random(name)) for name in names]


def curriculum(pupils: list[Pupil], *, seed: int = 0) -> Curriculum:
    """What is made of them."""
    return Curriculum(divide(pupils), embedder=None, page=page(), tokenize=tokenize, seed=seed)


def test_worlds_that_are_measured_with_are_not_taught(pupils: list[Pupil]) -> None:
    """Those that tell what carries over, where they are there."""
    division = divide(pupils)
    assert [pupil.name for pupil in division.taught] == ["stores", "depot"]
    assert [pupil.name for pupil in division.kept_back] == [HELD_OUT[0]]


def test_whoever_is_named_is_kept_back(pupils: list[Pupil]) -> None:
    """Names go before the usual ones."""
    assert [pupil.name for pupil in divide(pupils, ["depot"]).kept_back] == ["depot"]


def test_a_name_that_is_not_there_is_told(pupils: list[Pupil]) -> None:
    """With those that are."""
    with pytest.raises(ConfigError, match="--hold-out deport: no file of that name is among: stores"):
        divide(pupils, ["deport"])


def test_of_own_characters_one_line_in_ten_is_kept_back(pupils: list[Pupil]) -> None:
    """All that is taught about one line stays together, so that nothing measured was seen."""
    division = divide([pupils[0]])
    taught, kept = ({each.player for each in part[0].taught} for part in (division.taught, division.kept_back))
    assert not taught & kept
    lines = {each.player or each.event for each in pupils[0].taught}
    assert sum(len(part[0].taught) for part in (division.taught, division.kept_back)) == len(pupils[0].taught)
    assert len({each.player or each.event for each in division.kept_back[0].taught}) == len(lines) // EVERY


def test_nothing_to_teach_is_told_with_what_to_do() -> None:
    """A character file may hold nothing but a name."""
    bare = pupil_of_character("tom", persona_from_dict({"npcengine": 1, "name": "Tom"}))
    with pytest.raises(ConfigError, match="a character needs examples, lines or facts"):
        divide([bare])


def test_nobody_left_to_teach_is_told(pupils: list[Pupil]) -> None:
    """Whoever holds out all of them learns it at once."""
    with pytest.raises(ConfigError, match="there is nothing to teach"):
        divide(pupils, [pupil.name for pupil in pupils])


def test_an_epoch_hangs_on_its_number_and_the_seed(pupils: list[Pupil]) -> None:
    """Learning that goes on finds the same rows again."""
    first, again, other = curriculum(pupils), curriculum(pupils), curriculum(pupils, seed=1)
    for number in (0, 1, 0):
        rows = [row.tokens.tolist() for row in first.epoch(number)]
        assert rows == [row.tokens.tolist() for row in again.epoch(number)]
        assert rows != [row.tokens.tolist() for row in other.epoch(number)]
    assert [row.tokens.tolist() for row in first.epoch(0)] != [row.tokens.tolist() for row in first.epoch(1)]


def test_the_vocabulary_of_one_epoch_is_that_of_all(pupils: list[Pupil]) -> None:
    """The same replies are wanted, in another order."""
    known = set(curriculum(pupils).vocabulary().tolist())
    assert {int(token) for row in curriculum(pupils).epoch(5) for token in row.wanted} == known


def test_rows_keep_to_their_length_and_number(pupils: list[Pupil]) -> None:
    """No row is longer than allowed, and no more are measured than it takes."""
    made = curriculum(pupils)
    assert all(len(row.tokens) <= MOST_TOKENS for row in made.epoch(0))
    assert 0 < len(made.measured()) <= MEASURED


def test_another_file_is_another_fingerprint() -> None:
    """What is unfinished must not go on with other lessons, be it one word that differs."""
    persona = persona_from_dict(CHARACTER)
    changed = persona.model_copy(update={"examples": (Example(player="Who are you?", npc="Gerta. I beat tin."),)})
    made = [curriculum([pupil_of_character("gerta", each)]).fingerprint for each in (persona, persona, changed)]
    assert made[0] == made[1] != made[2]
