"""How a writer says how names are said: respellings and IPA, what is refused, and on which line."""

from __future__ import annotations

from pathlib import Path

import pytest

from npcengine.persona import check_persona, load_persona
from npcengine.pronunciation import SOUNDS, phonemes_for


@pytest.mark.parametrize(
    ("written", "phonemes"),
    [
        ("OAK-hol-oh", "ˈoʊkhɑːloʊ"),
        ("oak-hol-oh", "ˈoʊkhɑːloʊ"),
        ("tuh-BY-us", "təbˈaɪəs"),
        ("SKEL-ig MEER", "skˈɛlɪɡ mˈɪɹ"),
        ("lay-uh-LAHN", "leɪəlˈɑːn"),
        ("KWEN-yuh", "kwˈɛnjə"),
        ("yoo-RYE-uh", "juːɹˈaɪə"),
        ("HER-ting-er", "hˈɜːtɪŋɚ"),
        ("yes", "jˈɛs"),
        ("vahrn", "vˈɑːɹn"),
        ("chek", "tʃˈɛk"),
        ("fizh", "fˈɪʒ"),
    ],
)
def test_a_respelling_is_read_as_it_sounds(written: str, phonemes: str) -> None:
    """Syllables become phonemes; capitals stress one, or the first is; vowels without stress are weak."""
    assert phonemes_for(written) == phonemes


@pytest.mark.parametrize(
    ("written", "phonemes"),
    [
        ("ˈoʊkhɒloʊ", "ˈoʊkhɒloʊ"),
        ("/ˈvɑː.rn/", "vˈɑːrn"),
        ("[təˈbaɪ.əs]", "təbˈaɪəs"),
        ("/kip/", "kˈip"),
        ("t͡ʃoʊ", "tʃˈoʊ"),
        ("ˈga:d", "ɡˈaːd"),
        ("ˈskɛlɪɡ ˌmɪə", "skˈɛlɪɡ mˌɪə"),
    ],
)
def test_ipa_is_taken_as_dictionaries_write_it(written: str, phonemes: str) -> None:
    """Slashes, dots and ties go, the stress moves to its vowel, and a lone syllable has one."""
    assert phonemes_for(written) == phonemes


@pytest.mark.parametrize("written", ["OAK-hol-oh", "/ˈvɑː.rn/", "SKEL-ig MEER", "/kip/"])
def test_what_was_read_reads_the_same_again(written: str) -> None:
    """A character's values may be read twice, and hold only sounds that voices know."""
    phonemes = phonemes_for(written)
    assert phonemes_for(phonemes) == phonemes
    assert set(phonemes) <= SOUNDS | {" "}


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("brk-tn", '"brk" can\'t be read as one syllable'),
        ("Oakhollow", '"Oakhollow" can\'t be read as one syllable'),
        ("ˈo☃k", '"☃" is no sound that a voice knows'),
        ("ˈE4", '"E", "4" are no sounds that a voice knows'),
        ("ʃʃ", "holds no vowel"),
        ("//", "holds no vowel"),
    ],
)
def test_what_no_voice_can_say_is_refused(written: str, message: str) -> None:
    """The message names the part that can't be read."""
    with pytest.raises(ValueError, match=message):
        phonemes_for(written)


def test_a_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    """Each name that can't be said is one problem, at its own line; the others do not hide it."""
    path = tmp_path / "tom.yaml"
    path.write_text(
        "npcengine: 1\nname: Tom\npronunciation:\n  Varn: VAIRN\n  Xyq: ˈo☃k\n  Hask: [1]\n  Mill: x-brk\n",
        encoding="utf-8",
    )
    told = [(problem.line, problem.field) for problem in check_persona(path)]
    assert told == [(5, "pronunciation.Xyq"), (6, "pronunciation.Hask"), (7, "pronunciation.Mill")]


def test_two_lore_files_must_agree(tmp_path: Path) -> None:
    """A name that two files of one character say differently is a mistake; said alike, it is none."""
    fact = "facts: [{id: %s, text: It rains.}]"
    for name, said in (("a", "VAIRN"), ("b", "vahrn"), ("c", "VAIRN")):
        text = f"npcengine_lore: 1\n{fact % name}\npronunciation: {{Varn: {said}}}\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    tom = tmp_path / "tom.yaml"
    tom.write_text("npcengine: 1\nname: Tom\nlore: [a.yaml, b.yaml]\n", encoding="utf-8")
    (problem,) = check_persona(tom)
    assert (Path(problem.file).name, problem.line, problem.field) == ("b.yaml", 3, "pronunciation.Varn")
    tom.write_text("npcengine: 1\nname: Tom\nlore: [a.yaml, c.yaml]\n", encoding="utf-8")
    assert dict(load_persona(tom).pronunciation) == {"Varn": "vˈɛɹn"}
