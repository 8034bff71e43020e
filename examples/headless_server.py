"""A conversation on a server: lines come in on standard input, events go out as JSON, and what was said is kept.

Run it from the project's folder:  echo "Who are you?" | python examples/headless_server.py
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import npcengine

CONFIG = npcengine.EngineConfig(microphone="none", speaker="none", priority="normal")
"""No sound card and no frames to protect; the speech is timed as if somebody heard it."""


def converse(lines: Iterable[str], character: str, config: npcengine.EngineConfig, save: Path) -> Iterator[str]:
    """Answers each line, and yields a line of JSON as soon as something is known.

    Args:
        lines: What the player says.
        character: Path of a character file.
        config: Options of the engine.
        save: Where the character's memory is kept from one run to the next.
    """
    with npcengine.Engine(config) as engine:
        npc = engine.spawn(character)
        if save.exists():
            engine.restore(json.loads(save.read_text("utf-8")))
        for line in filter(str.strip, lines):
            npc.tell(line)
            yield from _answer(engine)
            save.write_text(json.dumps(engine.snapshot()), "utf-8")


def _answer(engine: npcengine.Engine) -> Iterator[str]:
    """Events of one turn."""
    while True:
        engine.wait(0.05)  # instead of a frame
        for event in engine.update(0.05):
            match event:
                case npcengine.NpcSpeaking(text=text):
                    yield json.dumps({"says": text})
                case npcengine.ActionRequested(name=name, args=args):
                    yield json.dumps({"does": name, "with": dict(args)})
                case npcengine.TurnFinished(source=source, knowledge_used=used):
                    yield json.dumps({"done": source, "facts": list(used)})
                    return
                case npcengine.StageFailed(message=message, recovered=False):
                    yield json.dumps({"failed": message})
                    return


if __name__ == "__main__":
    for told in converse(sys.stdin, "characters/gerta.yaml", CONFIG, Path("conversation.json")):
        print(told, flush=True)
