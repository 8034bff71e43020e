"""`npcengine schema`: the JSON Schema of a character file or a lore file, for editors; loads no model."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from npcengine.lore import Lore
from npcengine.persona import Persona

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(
    lore: Annotated[bool, typer.Option("--lore", help="Of a lore file instead of a character file.")] = False,
) -> None:
    """Print the JSON Schema of a character file, with which an editor completes and checks as you type.

    Save it (npcengine schema > character.schema.json) and begin a character file with this line:
    # yaml-language-server: $schema=character.schema.json
    """
    print(json.dumps(lore_schema() if lore else persona_schema(), indent=2, ensure_ascii=False))


def persona_schema() -> dict[str, Any]:
    """The schema of a character file as plain values."""
    described = {"$schema": DIALECT, **Persona.model_json_schema(), "title": "npcengine character"}
    fact = described["$defs"]["Fact"]
    fact["required"] = ["id"]
    fact["properties"]["text"]["description"] += " Left out only to put a fact of the lore in own words, by its id."
    return described


def lore_schema() -> dict[str, Any]:
    """The schema of a lore file as plain values."""
    return {"$schema": DIALECT, **Lore.model_json_schema(), "title": "npcengine lore"}
