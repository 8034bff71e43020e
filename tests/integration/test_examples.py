"""The example programs run, and show what they are there to show."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import numpy as np
import pygame
import pytest
from PIL import Image

import npcengine
from tests.integration.conftest import FAKES

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LONGEST_FRAMES = 3000


def program(name: str) -> ModuleType:
    """An example as a module; its `main` is not run."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_sprite_mouths_move_with_the_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a fake voice: at least three of the nine mouths are seen on the head, the first and the last at rest."""
    engine: Callable[..., npcengine.Engine] = npcengine.Engine
    config = npcengine.EngineConfig.model_validate({"brain": "thread", "llm": "fake:Aye.", "speaker": "none", **FAKES})
    monkeypatch.setattr(npcengine, "Engine", lambda: engine(config))
    character = tmp_path / "smith.yaml"
    character.write_text("npcengine: 1\nname: Gerta Holt\nvoice: {tts: 'fake:hum'}\n", encoding="utf-8")
    example = program("sprite_mouths")
    shapes = {_pixels(EXAMPLES / "pictures" / f"mouth_{shape}.png"): shape for shape in "ABCDEFGHX"}
    assert len(shapes) == 9
    seen: list[str] = []

    def flip() -> None:
        mouth = pygame.display.get_surface().subsurface((*example.MOUTH_AT, 144, 92))
        seen.append(shapes[pygame.image.tobytes(mouth, "RGB")])
        spoken = len(set(seen)) >= 3 and seen[-20:] == ["X"] * 20
        if spoken or len(seen) >= LONGEST_FRAMES:
            pygame.event.post(pygame.event.Event(pygame.QUIT))

    monkeypatch.setattr(pygame.display, "flip", flip)
    example.main(character)
    assert len(set(seen)) >= 3
    assert seen[0] == seen[-1] == "X"


def test_the_mouths_are_what_the_script_draws(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Drawn anew they differ from those that are kept by no more than rounding."""
    script = program("draw_mouths")
    monkeypatch.setattr(script, "PICTURES", tmp_path)
    script.main()
    drawn = sorted(tmp_path.iterdir())
    assert [picture.name for picture in drawn] == sorted(path.name for path in (EXAMPLES / "pictures").iterdir())
    for picture in drawn:
        pixels = (
            np.asarray(Image.open(path).convert("RGB")) for path in (picture, EXAMPLES / "pictures" / picture.name)
        )
        first, second = (each.astype(int) for each in pixels)
        assert np.abs(first - second).mean() < 1.0


def _pixels(path: Path) -> bytes:
    return Image.open(path).convert("RGB").tobytes()
