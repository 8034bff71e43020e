"""An author's names among the phonemes of a sentence."""

from __future__ import annotations

import pytest

from npcengine.voice.names import STAND_INS, american, prepared, spoken_weight, with_names

_NAMES = (("Varn", "vˈɛɹn"), ("Oakhollow", "ˈoʊkhɑːloʊ"), ("Hask", "hˈæsk"), ("Old Quarry", "ˈoʊld kwˈɔːɹiː"))
_VOWEL, _CONSONANT = STAND_INS
_SAID = {_VOWEL: list("ˈɑːɡzʌb"), _CONSONANT: list("zˈʌbɡʌb")}


def test_a_stand_in_of_the_same_kind_takes_the_names_place() -> None:
    """The words around a name meet a vowel where it begins with one; marks and the sentence stay."""
    of = prepared("The Oakhollow mill, and Varn!", _NAMES)
    assert of.text == f"The {_VOWEL} mill, and {_CONSONANT}!"
    assert of.phonemes == ("ˈoʊkhɑːloʊ", "vˈɛɹn")


def test_the_names_own_phonemes_take_the_stand_ins_place() -> None:
    """Each in its order, whatever surrounds them."""
    of = prepared("Varn, Varn-born Oakhollow", _NAMES)
    symbols = list("zˈʌbɡʌb, zˈʌbɡʌbbˈɔːɹn ˈɑːɡzʌb")
    found = with_names(symbols, of, _SAID)
    assert found is not None
    assert "".join(found) == "vˈɛɹn, vˈɛɹnbˈɔːɹn ˈoʊkhɑːloʊ"


def test_a_stand_in_that_is_not_found_is_told() -> None:
    """A voice that says it otherwise gets the sentence as it was."""
    assert with_names(list("zˈæbɡʌb"), prepared("Varn", _NAMES), _SAID) is None


@pytest.mark.parametrize(
    ("word", "phonemes"),
    [
        ("Varn's", "vˈɛɹnz"),
        ("VARN", "vˈɛɹn"),
        ("Hask’s", "hˈæsks"),
        ("Old Quarry", "ˈoʊld kwˈɔːɹiː"),
        ("varn", None),
        ("Varnish", None),
        ("Haskell", None),
        ("unVarn", None),
    ],
)
def test_which_words_are_the_name(word: str, phonemes: str | None) -> None:
    """As written or in capitals, with its possessive s as the sound before it asks; never a part of another word."""
    assert prepared(f"So {word}, then", _NAMES).phonemes == ((phonemes,) if phonemes else ())


def test_a_name_in_small_letters_may_begin_a_sentence() -> None:
    """Its capital there does not make it another word."""
    assert prepared("Ironbark grows by ironbark.", (("ironbark", "ˈaɪɚn"),)).phonemes == ("ˈaɪɚn", "ˈaɪɚn")


def test_the_sound_of_a_name_is_what_its_word_weighs() -> None:
    """A subtitle's word with many silent letters takes no more time than its sounds do."""
    assert spoken_weight("Xyqhtl,", (("Xyqhtl", "zˈɪk"),)) == "zɪk,"
    assert spoken_weight("mill", _NAMES) == "mill"


def test_sounds_foreign_to_american_english_become_the_nearest() -> None:
    """A British o, a rolled r and a German ch; what it has stays."""
    assert american("ˈoʊkhɒloʊ") == "ˈoʊkhɑːloʊ"
    assert american("bˈaxəʊr") == "bˈakoʊɹ"
    assert american("ɹˈʌnɪŋ") == "ɹˈʌnɪŋ"
