"""How words sound."""

import pytest

from npcengine.mind.sounds import is_meant


@pytest.mark.parametrize(("heard", "word"), [("dout", "doubt"), ("caf", "calf")])
def test_letters_that_are_not_spoken(heard: str, word: str) -> None:
    """A silent letter keeps two spellings from being different words."""
    assert is_meant(heard, word)
