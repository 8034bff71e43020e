"""Words that a recogniser writes for others of the same sound."""

from __future__ import annotations

from npcengine.mind.heard import Names
from npcengine.mind.same_sound import SAME_SOUND


def test_a_word_of_the_same_sound_is_the_one_in_the_file() -> None:
    """What stands nowhere in the file and sounds like a word that does is that word; known words stay."""
    names = Names((), known=("quay", "mule", "weights"))
    assert names.restored("who owns the mewl on the key") == "who owns the mule on the quay"
    assert names.restored("how heavy are the weights") == "how heavy are the weights"


def test_the_same_sound_is_mutual() -> None:
    """If one word may have been another, that one may have been it; no word is its own."""
    for word, others in SAME_SOUND.items():
        assert others
        assert word not in others
        assert all(word in SAME_SOUND[other] for other in others), word
