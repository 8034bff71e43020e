"""How a character reacts, on real weights: judged by lines that no prototype and no threshold was made from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from npcengine.mind.actions import Requests
from npcengine.mind.feeling import Feelings
from npcengine.mind.out_of_world import OutOfWorld
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.persona import Persona, persona_from_dict
from npcengine.types import World

pytestmark = pytest.mark.models

LINES = Path(__file__).parent / "reacting"
SMITH = persona_from_dict({"npcengine": 1, "name": "Anna", "role": "blacksmith", "mood": "neutral"})


@pytest.mark.parametrize(
    ("file", "least_recall", "least_precision"), [("requests", 0.96, 0.99), ("held_out_requests", 0.93, 0.94)]
)
def test_requests_are_told_from_talk(
    embedder: SentenceEmbedder, file: str, least_recall: float, least_precision: float
) -> None:
    """Few requests are missed, fewer actions happen unasked; the right one is chosen, with its argument."""
    right = asked = done = 0
    for character in _read(file):
        persona, world = _cast(character)
        requests = Requests(persona, embedder)
        for line, action, value in _asked(character):
            request = requests.find(line, world)
            asked += action is not None
            done += request is not None
            right += bool(
                request
                and request.action.name == action
                and (value is None or set(request.call.args.values()) == {value})
            )
    recall, precision = right / asked, right / done
    print(f"{file}: {asked} requests, recall {recall:.3f}, precision {precision:.3f}")
    assert recall >= least_recall
    assert precision >= least_precision


@pytest.mark.parametrize(("file", "least"), [("feelings", 0.93), ("held_out_feelings", 0.80)])
def test_feelings_are_called_up(embedder: SentenceEmbedder, file: str, least: float) -> None:
    """Four lines in five call up what a reader would accept; words alone manage less than half of that."""
    judged = list(_felt(Feelings(SMITH, embedder), file))
    by_words = list(_felt(Feelings(SMITH), file))
    share, share_by_words = sum(judged) / len(judged), sum(by_words) / len(by_words)
    print(f"{file}: {len(judged)} lines, {share:.3f} right, by words alone {share_by_words:.3f}")
    assert share >= least
    assert share_by_words < share / 2


@pytest.mark.parametrize(
    ("file", "least_recall", "most_false"), [("foreign_talk", 0.93, 9), ("held_out_foreign_talk", 0.9, 2)]
)
def test_talk_of_another_world_is_told(
    embedder: SentenceEmbedder, file: str, least_recall: float, most_false: int
) -> None:
    """Talk of our world is deflected, and talk that only sounds like it is not."""
    lines = _read(file)
    judge = OutOfWorld(SMITH, embedder)
    told = [judge.is_foreign(line) for line in lines["foreign"]]
    false = [line for line in lines["near"] if judge.is_foreign(line)]
    print(
        f"{file}: {len(told)} foreign, recall {sum(told) / len(told):.3f}; {len(false)} of {len(lines['near'])} false"
    )
    assert sum(told) / len(told) >= least_recall
    assert len(false) <= most_false


def _read(file: str) -> Any:  # noqa: ANN401 - as the file holds it
    return YAML(typ="safe").load(LINES / f"{file}.yaml")


def _cast(character: dict[str, Any]) -> tuple[Persona, World]:
    actions = [{key: value for key, value in action.items() if key != "when"} for action in character["actions"]]
    persona = persona_from_dict(
        {"npcengine": 1, "name": character["name"], "role": character["role"], "actions": actions}
    )
    return persona, {name: tuple(values) for name, values in character["registries"].items()}


def _asked(character: dict[str, Any]) -> Iterator[tuple[str, str | None, str | None]]:
    """Each line, the action it asks for and the argument that it names."""
    for action, lines in character["asks"].items():
        groups = lines if isinstance(lines, dict) else {None: lines}
        yield from ((line, action, value) for value, group in groups.items() for line in group)
    yield from ((line, None, None) for line in character["none"])


def _felt(feelings: Feelings, file: str) -> Iterator[bool]:
    for group in _read(file):
        for accepted, lines in group.items():
            wanted = {"neutral" if name == "mood" else name for name in accepted[0].split()}
            yield from (feelings.feel(line) in wanted for line in lines)
