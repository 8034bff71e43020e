"""A character whose file was read again, as the mind's worker takes it."""

from __future__ import annotations

from collections.abc import Iterator

from npcengine.brain.messages import Recollect, Spawn
from npcengine.brain.mind_stage import MindStage
from npcengine.brain.worker import Job
from npcengine.mind.memory import Exchange, Memory
from npcengine.persona import Persona, persona_from_dict
from npcengine.testing.fakes import FakeModel
from npcengine.types import Prompt, Turn


class SlowReader(FakeModel):
    """Reads ahead in three steps, and keeps what it has read to the end."""

    def __init__(self) -> None:
        super().__init__(["Aye."])
        self.read: list[str] = []

    def warm(self, prompt: Prompt) -> Iterator[None]:
        yield from (None, None, None)
        self.read.append(prompt.prefix)


def gerta(role: str) -> Persona:
    """A character of this role."""
    return persona_from_dict({"npcengine": 1, "name": "Gerta", "role": role})


def opened(model: FakeModel) -> MindStage:
    """A stage without characters."""
    stage = MindStage(
        lambda: model,
        open_embedder=lambda: None,
        spawned=list,
        seed=0,
        player_first=lambda: False,
        first_clause=lambda _turn: None,
    )
    stage.open()
    return stage


def do(stage: MindStage, work: Spawn | Recollect) -> None:
    """One job, which has no result."""
    assert list(stage.run(Job(Turn(0, 0), work))) == []


def test_a_file_that_was_read_again_is_read_ahead_with_what_was_said() -> None:
    """The half of the old file that is still unread is given up; the new one is read with the memory."""
    model = SlowReader()
    stage = opened(model)
    do(stage, Spawn(1, gerta("smith")))
    assert stage.idle()
    assert stage.idle()  # in the middle of the old file
    do(stage, Spawn(1, gerta("baker")))
    do(stage, Recollect(1, Memory((Exchange("Hello?", "Good day."),))))
    while stage.idle():
        pass
    [prefix] = model.read
    assert "baker" in prefix
    assert "smith" not in prefix
    assert "Good day." in prefix
