"""`npcengine schema`: the JSON Schema of a character file, for editors; loads no model."""

from __future__ import annotations

import json

from npcengine.persona import Persona

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> None:
    """Print the JSON Schema of a character file, with which an editor completes and checks as you type.

    Save it (npcengine schema > character.schema.json) and begin a character file with this line:
    # yaml-language-server: $schema=character.schema.json
    """
    print(json.dumps(persona_schema(), indent=2, ensure_ascii=False))


def persona_schema() -> dict[str, object]:
    """The schema as plain values."""
    return {
        "$schema": DIALECT,
        **Persona.model_json_schema(),
        "title": "npcengine character",
    }
