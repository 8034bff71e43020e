"""The village as a place: its map, walking, distances, the ferry."""

from __future__ import annotations

from pathlib import Path

import pytest

from demo_game.tile_map import read_map
from demo_game.world import NO_VOICE, World

PEOPLE = ("gerta", "aldo", "maren", "oswin")


@pytest.fixture
def world() -> World:
    """The village at the start."""
    return World.with_people(PEOPLE)


def test_every_place_can_be_reached(world: World) -> None:
    """On foot from the start, behind the gate once it is open, and the far bank by ferry only."""
    far = {"east", "shrine"}
    reached = {place for place in world.map.places if place != "start" and world.player_way(place)}
    assert reached == set(world.map.places) - far - {"cart", "start"}
    world.gate_open = True
    assert world.player_way("cart")
    world.player.x, world.player.y = world.map.places["east"]
    assert world.player_way("shrine")


def test_everybody_stands_on_free_ground_at_home(world: World) -> None:
    """Nobody starts in a wall or in the water."""
    assert all(world.is_free(walker.spot) for walker in (world.player, *world.people.values()))


def test_walls_and_water_stop_the_player(world: World) -> None:
    """Walking against something ends beside it and slides along it."""
    world.player.x, world.player.y = world.map.places["landing"]
    for _ in range(300):
        world.walk(1.0, 0.0, 1 / 60)
    assert world.map.ground(*world.player.spot) == "planks"
    world.player.x, world.player.y = 13.5, 10.5
    for _ in range(60):
        world.walk(1.0, -1.0, 1 / 60)
    assert world.player.x > 13.5
    assert world.map.ground(*world.player.spot) != "forge"


def test_a_step_is_as_long_in_every_direction(world: World) -> None:
    """Walking askew is not faster."""
    start = world.player.spot
    world.walk(1.0, 0.0, 1 / 60)
    straight = world.player.distance(start)
    world.player.x, world.player.y = start
    world.walk(-1.0, 1.0, 1 / 60)
    assert world.player.distance(start) == pytest.approx(straight)


def test_a_villager_walks_and_arrives(world: World) -> None:
    """It says so in the frame in which it does."""
    assert world.send("oswin", "landing")
    arrived: list[str] = []
    for _ in range(60 * 40):
        arrived += world.update(1 / 60)
    assert arrived == ["oswin"]
    assert world.people["oswin"].spot == world.map.places["landing"]


def test_a_villager_stops_for_whoever_waits_beside_its_way(world: World) -> None:
    """And goes on once the player has; in a hurry it walks past."""
    world.send("oswin", "landing")
    way = world.people["oswin"].way
    world.player.x, world.player.y = way[len(way) // 2]
    for _ in range(60 * 10):
        world.update(1 / 60)
    assert world.distance("oswin") <= 2.6
    assert world.people["oswin"].way
    assert not world.people["oswin"].moving
    world.hurry = True
    for _ in range(60 * 3):
        world.update(1 / 60)
    assert world.distance("oswin") > 3.0


def test_a_voice_comes_from_where_its_speaker_stands(world: World) -> None:
    """Full and in the middle beside the player, from the side and fainter further off, and at last not at all."""
    world.player.x, world.player.y = world.people["gerta"].x, world.people["gerta"].y + 1.0
    assert world.heard_from("gerta") == (0.0, 1.0)
    world.player.x -= 6.0
    pan, volume = world.heard_from("gerta")
    assert pan > 0.7
    assert 0.0 < volume < 1.0
    world.player.x = world.people["gerta"].x + NO_VOICE
    assert world.heard_from("gerta") == (-1.0, 0.0)


def test_whoever_is_near_can_be_talked_to(world: World) -> None:
    """The nearest within reach, and nobody from the middle of the street."""
    assert world.nearest() is None
    world.player.x, world.player.y = world.people["maren"].x + 1.0, world.people["maren"].y
    assert world.nearest() == "maren"


def test_the_ferry_carries_its_riders(world: World) -> None:
    """They sit in it on the water, can't walk, and step out on planks."""
    aldo = world.people["aldo"]
    world.ferry.cross([world.player, aldo])
    world.update(1.0)
    assert world.riding
    assert world.player.distance(world.ferry.spot) <= 0.5
    before = world.player.spot
    world.walk(0.0, 1.0, 1 / 60)
    assert world.player.spot == before
    for _ in range(60 * 6):
        world.update(1 / 60)
    assert not world.riding
    assert world.is_free(world.player.spot)
    assert world.is_free(aldo.spot)


def test_strangers_find_a_place_too() -> None:
    """A folder of characters of one's own, however many, is spread over the village."""
    world = World.with_people([f"someone{number}" for number in range(9)])
    assert all(world.is_free(walker.spot) for walker in world.people.values())


def test_a_map_with_a_mistake_says_where(tmp_path: Path) -> None:
    """An unknown letter and a row that is too short, each with its line."""
    path = tmp_path / "bad.map"
    path.write_text("..\n.?\n\nstart 0 0\n")
    with pytest.raises(ValueError, match=r"bad\.map:2: unknown letter '\?'"):
        read_map(path)
    path.write_text("..\n.\n\nstart 0 0\n")
    with pytest.raises(ValueError, match=r"bad\.map:2: 1 tiles"):
        read_map(path)
