"""The writer's guide: every example in it is a character file, or becomes one below a name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from npcengine.lore import Lore, LoreFact, read_lore
from npcengine.persona import Persona, check_persona
from npcengine.persona_advice import hints_for

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "characters.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[example.partition(":")[0] + str(i) for i, example in enumerate(EXAMPLES)]
)
def test_every_example_loads(tmp_path: Path, example: str) -> None:
    """Whoever copies from the guide gets no mistake, and no hint but for what the example leaves out."""
    lore = next(each for each in EXAMPLES if each.startswith("npcengine_lore"))
    (tmp_path / "lore").mkdir()
    (tmp_path / "lore" / "crossroads.yaml").write_text(lore, encoding="utf-8")
    if example == lore:
        assert read_lore(tmp_path / "lore" / "crossroads.yaml").problems == ()
        return
    path = tmp_path / "example.yaml"
    path.write_text(example if "npcengine:" in example else f"npcengine: 1\nname: Tom\n{example}", encoding="utf-8")
    assert check_persona(path) == []
    assert [hint for hint in hints_for(path) if hint.field not in {"knowledge", "examples"}] == []


def test_the_guide_names_every_key() -> None:
    """No key goes unexplained."""
    keys = [*Persona.model_fields, *Lore.model_fields, *LoreFact.model_fields]
    assert [key for key in keys if not re.search(rf"`{key}\b|^{key}:", GUIDE, re.MULTILINE)] == []
