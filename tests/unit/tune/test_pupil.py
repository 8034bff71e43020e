"""Files become pupils: what each teaches, and what is wrong with those that can't be read."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from npcengine.errors import PersonaError
from npcengine.persona import persona_from_dict
from npcengine.studio.tune.exchange_file import Exchange
from npcengine.studio.tune.pupil import (
    ASKED_OF_A_FACT,
    NEAR_A_FACT,
    UNANSWERABLE,
    Taught,
    pupil_of_character,
    pupil_of_world,
    read_pupils,
)
from npcengine.studio.tune.world_file import World
from tests.unit.mind.conftest import CHARACTER
from tests.unit.tune.conftest import THINGS, world_data


def test_a_world_teaches_its_answers_and_where_there_are_none(world: World) -> None:
    """So many questions a fact in its author's words, and questions near it or about nothing that get no reply."""
    pupil = pupil_of_world("stores", world, [], random.Random(0))
    answers = [each for each in pupil.taught if each.skill == "answer"]
    declines = [each for each in pupil.taught if each.skill == "decline"]
    assert len(answers) == ASKED_OF_A_FACT * len(THINGS)
    assert {each.reply for each in answers if each.facts == ("rope",)} == {"Box 18, that rope."}
    assert len(declines) == NEAR_A_FACT * len(THINGS) + UNANSWERABLE
    assert not any(each.reply for each in declines)


def test_not_to_know_is_taught_twice(world: World, exchanges: list[Exchange]) -> None:
    """Once in words, and once as an empty reply that leaves the words to the author."""
    pupil = pupil_of_world("stores", world, exchanges, random.Random(0))
    found = {each.skill: each.reply for each in pupil.taught if each.player == "Who wove the rope?"}
    assert found == {"unknown": "No idea.", "decline": ""}


def test_examples_of_its_voice_need_no_fact(world: World, exchanges: list[Exchange]) -> None:
    """A greeting may be shown as an example; an answer or news may not."""
    pupil = pupil_of_world("stores", world, exchanges, random.Random(0))
    assert [each.player for each in pupil.voices] == ["Morning!"]


def test_news_and_deeds_keep_what_happened(world: World, exchanges: list[Exchange]) -> None:
    """News stands where the player's line would, a deed beside it."""
    taught = {each.skill: each for each in pupil_of_world("stores", world, exchanges, random.Random(0)).taught}
    assert (taught["react"].player, taught["react"].event) == ("", "The roof leaks.")
    assert (taught["deed"].player, taught["deed"].deed) == ("Open up.", "Open the gate.")


def test_a_character_file_teaches_examples_lines_and_facts_that_all_may_know() -> None:
    """A fact under a condition is not taught: the model would give it away."""
    pupil = pupil_of_character("gerta", persona_from_dict(CHARACTER))
    assert Taught("talk", "Who are you?", "Gerta. I beat iron.", "amused") in pupil.taught
    assert Taught("answer", "what does a repair cost", "Five.", "firm") in pupil.taught
    assert Taught(
        "answer", "What about mill?", "Burned to the beams. Tobias ran off to Varn.", facts=("mill_fire",)
    ) in (pupil.taught)
    assert not any("aldo_debt" in each.facts for each in pupil.taught)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A world with exchanges, and a character with exchanges, as files lie about."""
    for name in ("worlds", "exchanges", "characters"):
        (tmp_path / name).mkdir()
    (tmp_path / "worlds" / "stores.yaml").write_text(_yaml(world_data()))
    (tmp_path / "characters" / "tom.yaml").write_text(
        "npcengine: 1\nname: Tom\nexamples: [{player: Hello, npc: Evening.}]\nunknown: [Who knows.]\n"
    )
    (tmp_path / "characters" / "lore.yaml").write_text("npcengine_lore: 1\n")
    said = "exchanges:\n  - {skill: greet, player: Hello there, npc: Evening to you., emotion: neutral}\n"
    (tmp_path / "exchanges" / "stores.yaml").write_text(f"npcengine_exchanges: 1\nworld: stores\n{said}")
    whose = "character: ../characters/tom.yaml"
    (tmp_path / "exchanges" / "tom.yaml").write_text(f"npcengine_exchanges: 1\n{whose}\n{said}")
    return tmp_path


def _yaml(data: dict[str, object]) -> str:
    return "\n".join(f"{key}: {json.dumps(value)}" for key, value in data.items())


def test_exchanges_find_their_world_and_their_character(folder: Path) -> None:
    """One pupil each, although world and character are named twice, by themselves and by their exchanges."""
    pupils = {pupil.name: pupil for pupil in read_pupils([folder], seed=0)}
    assert set(pupils) == {"stores", "tom"}
    for pupil in pupils.values():
        assert "Evening to you." in [each.reply for each in pupil.taught]


def test_an_exchange_file_alone_brings_its_character(folder: Path) -> None:
    """The file that it names need not be named again."""
    (pupil,) = read_pupils([folder / "exchanges" / "tom.yaml"], seed=0)
    assert [each.reply for each in pupil.taught] == ["Evening.", "Evening to you."]


def test_the_same_seed_chooses_the_same(folder: Path) -> None:
    """What is taught hangs on nothing but the files and the seed."""
    assert read_pupils([folder], seed=3) == read_pupils([folder], seed=3)
    assert read_pupils([folder], seed=3) != read_pupils([folder], seed=4)


def test_a_mistake_is_told_with_file_line_and_field(folder: Path) -> None:
    """As `npcengine check` tells it, for editors to jump to."""
    wrong = folder / "exchanges" / "tom.yaml"
    wrong.write_text(wrong.read_text().replace("skill: greet", "skill: great"))
    with pytest.raises(PersonaError, match=r"tom\.yaml:4: exchanges\[0\]\.skill: Input should be 'again'"):
        read_pupils([folder], seed=0)


def test_a_file_that_is_no_yaml_is_told_with_its_line(folder: Path) -> None:
    """The reader's own words for what is wrong."""
    wrong = folder / "worlds" / "stores.yaml"
    wrong.write_text("npcengine_training: 1\ncharacter: {name: 'Bess\n")
    with pytest.raises(PersonaError, match=r"stores\.yaml:\d+: file: a quote is opened and never closed"):
        read_pupils([folder], seed=0)


def test_exchanges_without_their_character_are_a_mistake(folder: Path) -> None:
    """The message names what is looked for."""
    (folder / "characters" / "tom.yaml").unlink()
    with pytest.raises(PersonaError, match=r"tom\.yaml is not there, and exchanges were written for it"):
        read_pupils([folder], seed=0)


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A slip of the keys."""
    with pytest.raises(PersonaError, match="there is no such file or folder"):
        read_pupils([tmp_path / "charcters"], seed=0)
