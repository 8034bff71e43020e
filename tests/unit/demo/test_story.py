"""Clues, notebook, trust, gifts, things, actions, suggestions and ends: the rules, without engine or window."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import npcengine
from demo_game import endings, things
from demo_game.clues import CLUES
from demo_game.effects import EFFECTS, carry_out
from demo_game.gifts import GIFTS, offered
from demo_game.intents import MOST, intents
from demo_game.notebook import was_told
from demo_game.scenes import ENDING_SCENES, SUMMONED, VISITS
from demo_game.story import START_INVENTORY, Story
from demo_game.trust import after_turn, within
from demo_game.world import World

CHARACTERS = Path(__file__).resolve().parents[3] / "characters"
PERSONAS = {path.stem: npcengine.load_persona(path) for path in sorted(CHARACTERS.glob("*.yaml"))}


@pytest.fixture
def world() -> World:
    """The village at the start."""
    return World.with_people(PERSONAS)


# ---------------------------------------------------------------- what the tables say fits the characters


def test_every_fact_that_the_game_names_is_in_a_character_file() -> None:
    """Clues point to facts that somebody knows; a renamed fact fails here."""
    known = {f"{stem}.{fact.id}" for stem, persona in PERSONAS.items() for fact in persona.knowledge}
    named = {fact for clue in CLUES.values() for fact in clue.told_by | clue.disproves}
    assert named <= known


def test_every_action_of_a_character_has_an_effect() -> None:
    """Nothing that a character can do is only talk."""
    actions = {action.name for persona in PERSONAS.values() for action in persona.actions}
    assert actions == set(EFFECTS) | {"give_item"}


def test_every_clue_can_be_come_by() -> None:
    """Somebody tells it, a thing gives it, or an item or a gift does."""
    found = {clue for thing in things.THINGS.values() for clue in thing.clues}
    shown = {clue for gift in GIFTS.values() for clue in gift.clues}
    assert all(clue.told_by or clue.name in found | shown for clue in CLUES.values())


def test_every_item_that_matters_can_be_come_by() -> None:
    """What a villager reacts to is in the bag at first, found, handed over or mended."""
    gained = {thing.gains for thing in things.THINGS.values()} | {effect.gains for effect in EFFECTS.values()}
    mended = {f"mended {item}" for item in START_INVENTORY}
    assert {item for _, item in GIFTS} <= gained | mended | set(START_INVENTORY)


def test_scenes_are_spoken_by_people_of_the_village() -> None:
    """Each line has a speaker with a file, and words a voice can speak."""
    parts = [*SUMMONED, *(part for scene in ENDING_SCENES.values() for part in scene)]
    parts += [part for visit in VISITS for part in visit.parts]
    assert {part.stem for part in parts} <= set(PERSONAS)
    assert all("*" not in part.say and len(part.say) < 120 for part in parts)
    assert set(ENDING_SCENES) == set(endings.ENDINGS)


# ---------------------------------------------------------------- notebook


def test_a_lie_is_crossed_out_once_it_is_disproved() -> None:
    """The mule that strayed, until somebody says who rode it."""
    notebook = Story().notebook
    lie = notebook.tell("maren", "mule_strayed", "My Bishop strayed in the winter, poor lamb.")[0]
    assert not notebook.disproved(lie)
    notebook.tell("maren", "mule_given", "I gave him my mule.")
    assert notebook.knows("mule")
    assert notebook.disproved(lie)


def test_nothing_stands_in_the_notebook_twice() -> None:
    """Told again, by the same or by another, it is no news."""
    notebook = Story().notebook
    assert len(notebook.tell("gerta", "reeve", "Hask is due.")) == 2
    assert notebook.tell("gerta", "reeve", "Hask is due.") == []
    assert [entry.thread for entry in notebook.tell("maren", "reeve", "Hask comes.")] == [""]


def test_a_fact_that_was_cut_short_was_not_told() -> None:
    """Two words of ten tell nothing; all of them do, in the author's wording or the fact's."""
    say = "He knocked before the bell ever rang, sober, with his bag packed. I gave him my mule."
    assert not was_told("He knocked", say)
    assert was_told(say, say)
    assert not was_told("", say)


# ---------------------------------------------------------------- trust


def _amounts(line: str, **turn: object) -> list[int]:
    settings = {"felt": None, "learnt": 0, "counts": Counter({"talk.gerta": 1}), **turn}
    return [change.amount for change in after_turn("gerta", line, **settings)]  # type: ignore[arg-type]


def test_trust_follows_fixed_rules() -> None:
    """What was told, how it was said, what it stirred; an insult outweighs a smile, and plain talk changes nothing."""
    assert _amounts("Where is the inn?") == []
    assert _amounts("Where is the inn, please?") == [2]
    assert _amounts("Where is the inn?", learnt=2) == [3]
    assert _amounts("You idiot.", felt="amused") == [-6]
    assert _amounts("Smiths are dull.", felt="angry") == [-4]
    assert _amounts("I like your work.", felt="tender") == [2]
    assert _amounts("", learnt=3) == []
    assert after_turn("gerta", "Hello", felt=None, learnt=0, counts=Counter())[0].amount == 5


def test_kindness_is_no_coin_to_pay_with_for_ever() -> None:
    """The fifth thank-you wins nothing."""
    counts: Counter[str] = Counter({"talk.gerta": 1})
    won = [
        sum(change.amount for change in after_turn("gerta", "Thank you!", felt=None, learnt=0, counts=counts))
        for _ in range(6)
    ]
    assert won == [2, 2, 2, 2, 0, 0]


def test_trust_stays_in_its_bounds() -> None:
    """0 to 100."""
    assert (within(-3), within(50.4), within(120)) == (0, 50, 100)


# ---------------------------------------------------------------- offers


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("Here is the letter.", "letter"),
        ("Look at this letter, Gerta.", "letter"),
        ("I'll give you my old sword.", "sword"),
        ("Take this die, friend.", "loaded die"),
        ("I brought you a lantern", "lantern"),
        ("Give me the letter.", None),
        ("Can you show me the lantern?", None),
        ("What happened to the lantern?", None),
        ("Here I am.", None),
        ("Can you repair my sword?", None),
    ],
)
def test_an_offer_is_told_from_other_talk(line: str, item: str | None) -> None:
    """Handing over names a thing in the bag and is no request."""
    assert offered(line, ["sword", "letter", "lantern", "loaded die"]) == item


# ---------------------------------------------------------------- actions and things


def test_an_action_costs_and_changes(world: World) -> None:
    """A repair: five silver, the mended shield for the old one, fire in the forge, trust once."""
    story = Story()
    outcome = carry_out("repair", "Gerta", {"item": "shield"}, story, world)
    assert (story.gold, story.has("shield"), story.has("mended shield")) == (7, False, True)
    assert "forge" in world.lights
    assert outcome.trust == 8
    assert carry_out("repair", "Gerta", {"item": "sword"}, story, world).trust == 0
    assert not carry_out("repair", "Gerta", {"item": "kettle"}, story, world).done


def test_a_repair_of_nothing_is_none(world: World) -> None:
    """Without an item nothing is paid."""
    story = Story()
    assert not carry_out("repair", "Gerta", {"item": "none"}, story, world).done
    assert story.gold == 12


def test_an_unknown_action_is_shown_and_changes_nothing(world: World) -> None:
    """A character file may ask for what this game does not know."""
    story = Story()
    outcome = carry_out("sing_song", "Gerta", {"song": "The Wend"}, story, world)
    assert outcome.shown == "Gerta: sing song."
    assert (story.gold, story.inventory, story.flags) == (12, list(START_INVENTORY), set())


def test_dice_are_the_same_in_every_game(world: World) -> None:
    """Lost, lost, won."""
    story = Story()
    purses = []
    for _ in range(3):
        carry_out("play_dice", "Aldo", {}, story, world)
        purses.append(story.gold)
    assert purses == [11, 10, 11]


def test_things_are_used_once(world: World) -> None:
    """The die leaves the wreck with the first look; the crypt is there only once it is open."""
    story = Story()
    shown, learnt = things.use("cart", story, world)
    assert story.has("loaded die")
    assert [entry.key for entry in learnt] == ["clue.carts", "clue.loaded"]
    assert things.use("cart", story, world) == (things.THINGS["cart"].again, [])
    assert shown != things.THINGS["cart"].again
    world.player.x, world.player.y = world.map.places["crypt"]
    assert things.thing_near(world) is None
    world.crypt_open = True
    assert things.thing_near(world) == "crypt"


# ---------------------------------------------------------------- suggestions and ends


@pytest.mark.parametrize("stem", [*PERSONAS, "stranger"])
def test_the_wheel_always_has_something_to_say(stem: str) -> None:
    """At most eight suggestions, each with a line, and goodbye last; a shown thing is suggested once."""
    story = Story()
    story.inventory += ["letter", "lantern", "loaded die", "mule tag", "salt pouch"]
    suggested = intents(stem, story)
    assert 3 <= len(suggested) <= MOST
    assert all(intent.label and intent.line for intent in suggested)
    assert suggested[-1].leaves
    for intent in suggested:
        story.counts[f"gave.{stem}.{intent.item}"] += 1
    assert not {intent.item for intent in intents(stem, story) if intent.item} & {each.item for each in suggested}


def test_an_end_takes_things_and_facts_from_several_people() -> None:
    """Each part by itself is not enough."""
    story = Story()
    story.gain("letter")
    assert not endings.bell_tells_all(story)
    story.find("mule")
    assert not endings.bell_tells_all(story)
    story.find("loft")
    assert not endings.bell_tells_all(story)
    story.flags.add("oswin_read_letter")
    assert endings.bell_tells_all(story)
    assert not endings.iron_forgets(story)
    story.flags.add("gerta_read_letter")
    assert not endings.iron_forgets(story)
    story.gain("lantern")
    assert endings.iron_forgets(story)


def test_a_story_is_kept_whole() -> None:
    """What a save keeps is the same story when it is read back."""
    story = Story()
    story.gain("letter")
    story.flags.add("met_aldo")
    story.first_time("dice")
    story.notebook.tell("gerta", "reeve", "Hask is due.")
    again = Story()
    again.read_json(story.to_json())
    assert again == story
