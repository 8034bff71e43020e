"""Written replies become what a subtitle shows and what a voice says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.voice.displayed_text import displayed
from npcengine.voice.spoken_text import speakable


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*sighs* Fine. (laughs) I know.", "Fine. I know."),
        ("*looks away, then back* Tobias (the miller) fled.", "Tobias (the miller) fled."),
        ("[draws sword] Stand back! 😀🗡️ :)", "Stand back!"),
        ("I **really** mean *it*, _you_ know!", "I really mean it, you know!"),
        ("I *always* liked *this* one.", "I always liked this one."),
        ("Well, *whispers* not here.", "Well, not here."),
        ("# Title\n- [Varn](http://x.y) and `code`", "Title Varn and code"),
        ("Dr. Smith paid $5.20 & left.", "Dr. Smith paid $5.20 & left."),
        ("*in a low voice* Go.", "Go."),
        ("(smiling) Good day .", "Good day."),
        ("He said “go”… twice", "He said “go”… twice"),
        ("🙂", ""),
    ],
)
def test_displayed(written: str, shown: str) -> None:
    """Directions, markup and emoji go; everything else stays as written."""
    assert displayed(written) == shown


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Dr. Smith owes Mrs. Holt $5.20.", "Doctor Smith owes Missus Holt five dollars and twenty cents."),
        ("£1.01 & €3 & $0.50", "one pound and one penny and three euros and fifty cents"),
        ("$5 million, $1", "five million dollars, one dollar"),
        ("Hm. Mhm!", "Hmm. Mhmm!"),
        ("1,200 coins", "one thousand two hundred coins"),
        ("3.5% of 101", "three point five percent of one hundred and one"),
        ("the 3rd and the 21st", "the third and the twenty-first"),
        ("in 1984, or 1984 men", "in nineteen eighty-four, or one thousand nine hundred and eighty-four men"),
        ("the 1980s", "the nineteen eighties"),
        ("at 7:30 p.m. by 8:00", "at seven thirty P M by eight o'clock"),
        ("10–12 days at -4", "ten to twelve days at minus four"),
        ("agent 007, No. 5, #3", "agent zero zero seven, number five, number three"),
        ("1/2 a pie", "one half a pie"),
        ("St. Mary's on Main St.", "Saint Mary's on Main Street"),
        ("Swords, shields, etc.", "Swords, shields, et cetera."),
        ("Swords, e.g. mine", "Swords, for example mine"),
        ("Well... I see — now.", "Well, I see, now."),
        ("Hmm…", "Hmm..."),
        ("He is “gone”, *sighs* they 'say'?!", "He is gone, they say?"),
        ("Tobias (the miller) fled", "Tobias, the miller, fled"),
        ("'Tis the miners’ forge", "'Tis the miners' forge"),
        ("Well,", "Well,"),
        ("...", ""),
        ("*sighs*", ""),
        ("🙂 !", ""),
    ],
)
def test_speakable(written: str, said: str) -> None:
    """Numbers, titles and signs become words; a pause is a comma, and a last ellipsis stays one."""
    assert speakable(written) == said


@given(st.text(max_size=80))
def test_a_voice_never_reads_markup(text: str) -> None:
    """Nothing that a voice would read as a sign's name, and nothing without a word in it, is left."""
    said = speakable(text)
    assert not set(said) & set('*_#`~[]()<>{}"“”|\\&@')
    assert said == said.strip()
    assert not said or any(character.isalnum() for character in said)


@given(st.text(alphabet="ab .,!?*()[]_5$%-—…'\"", max_size=60))
def test_displaying_twice_changes_nothing_spoken(text: str) -> None:
    """What is shown is said as the reply would be."""
    assert displayed(displayed(text)) == displayed(text) or speakable(displayed(text)) is not None
