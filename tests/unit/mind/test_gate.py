"""The gate lets a reply out early, and never lets out what the whole sentence's judgement would hold back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from npcengine.mind import guard
from npcengine.mind.gate import Gate, Rules, forbid
from npcengine.mind.reply import ReplyParser
from npcengine.mind.view import ReplyEmotion, ReplyText
from npcengine.persona import Fact

RECORDED = json.loads(Path(__file__).with_name("recorded_replies.json").read_text(encoding="utf-8"))
MILL = Fact(
    id="mill",
    text="The old mill burned down last winter, and the miller Tobias fled to Varn.",
    say="Burned to the beams. Tobias ran off to Varn.",
)
QUESTION = "What of the mill?"
NAMES = guard.capitalised("Aye it's ask burned well forty")
SCRAP = "burned mill Tobias Varn winter, and fled dragons sheep cold forty 7 ask, someone else. I know iron! won't …"


def rules_for(must: Fact | None, forbidden: frozenset[tuple[str, ...]] = frozenset()) -> Rules:
    """What a reply to a question about the mill is judged by."""
    given = f"{QUESTION} {guard.told_text(must)}" if must else QUESTION
    return Rules(must, given, QUESTION, NAMES, guard.capitalised(given), forbidden, "en")


def parsed(pieces: Sequence[str]) -> list[ReplyEmotion | ReplyText]:
    """What the parser makes of a model's pieces."""
    parser = ReplyParser(own={"Gerta"}, others={"Player"}, mood="content")
    parts = [part for piece in pieces for part in parser.feed(piece)]
    return [*parts, *parser.finish()]


def held_whole(parts: Sequence[ReplyEmotion | ReplyText], rules: Rules) -> str:
    """The reply that comes out where each sentence is held until all of it can be judged; empty for a rejected one."""
    said = ""
    texts = iter([part.text for part in parts if isinstance(part, ReplyText)])
    for text in texts:
        said += text
        if guard.first_sentence(said):
            break
    if not rules.allows(said):
        return ""
    for text in texts:
        if not rules.keeps_to_facts(text):
            break
        said += text
    return said


def let_out(parts: Sequence[ReplyEmotion | ReplyText], rules: Rules) -> list[str]:
    """The texts that the gate lets out, each beginning a new one where it had to wait; the order is checked."""
    gate = Gate(rules)
    out = [each for part in parts for each in gate.feed(part)] + gate.finish()
    assert [isinstance(each, ReplyEmotion) for each in out] == [index == 0 for index in range(len(out))]
    return [each.text for each in out if isinstance(each, ReplyText)]


def check(pieces: Sequence[str], rules: Rules) -> tuple[str, str]:
    """The reply held whole and the one let out; they differ only where a fitting beginning had already come out."""
    parts = parsed(pieces)
    whole, texts = held_whole(parts, rules), let_out(parts, rules)
    out = "".join(texts)
    if whole:
        assert out == whole
    elif out:
        assert rules.allows(out)
    return whole, out


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(SCRAP.split()), max_size=16),
    st.sampled_from([None, MILL]),
    st.lists(st.lists(st.sampled_from(SCRAP.split()), max_size=4), max_size=3),
    st.integers(1, 7),
)
def test_nothing_gets_out_that_the_whole_would_not(
    said: list[str], must: Fact | None, forbidden: list[list[str]], cut: int
) -> None:
    """Same words for an accepted reply; for a rejected one none, or a beginning that is a fitting reply by itself."""
    written = " ".join(said)
    pieces = [written[start : start + cut] for start in range(0, len(written), cut)]
    check(pieces, rules_for(must, forbid(" ".join(each) for each in forbidden)))


def test_recorded_replies_keep_their_judgement() -> None:
    """Over replies of the default model to four characters' questions, the same are accepted and say the same."""
    accepted = rejected = cut_short = 0
    for each in RECORDED:
        facts = [Fact(id=one["id"], text=one["text"], say=one["say"]) for one in each["found"]]
        sure = bool(facts) and each["found"][0]["score"] >= 0.5 and facts[0].say is not None
        given = " ".join([each["question"], *map(guard.told_text, facts)])
        names = guard.capitalised(" ".join([given, *each["pieces"]]))
        forbidden = frozenset(tuple(sentence) for sentence in each["forbidden"])
        rules = Rules(facts[0] if sure else None, given, each["question"], names, frozenset(), forbidden, "en")
        whole, out = check(each["pieces"], rules)
        accepted += bool(whole)
        rejected += not out
        cut_short += bool(out) and not whole
    assert accepted >= 20
    assert rejected >= 20
    assert cut_short == 0


@pytest.mark.parametrize(
    ("must", "written", "expected"),
    [
        (None, "Aye. ", ["Aye. "]),
        (None, "Well now, friend", ["Well now, friend."]),
        (None, "Ask someone. ", ["Ask someone. "]),
        (None, "Ask someone else. ", []),
        (None, "Ask someone else, friend. ", ["Ask someone else, friend. "]),
        (None, "Aye, in Paris they know. ", ["Aye, "]),
        (None, "Forty years I have hammered. ", []),
        (None, "As an AI I can't say. ", []),
        (None, "I mill well. ", []),
        (MILL, "Burned last winter, and Tobias fled. ", ["Burned last winter, ", "and Tobias fled. "]),
        (MILL, "Burned last winter, and forty dragons came. ", ["Burned last winter, "]),
        (MILL, "Forty sheep burned, and Tobias fled. ", []),
        (MILL, "The mill never burned last winter. ", []),
        (MILL, "Aye, it burned last winter. ", ["Aye, it burned last winter. "]),
    ],
)
def test_words_come_out_when_they_are_safe(must: Fact | None, written: str, expected: list[str]) -> None:
    """Clause by clause, without a name, a number or a denial that nobody gave; a forbidden beginning waits."""
    assert let_out(parsed(list(written)), rules_for(must, forbid(["Ask someone else."]))) == expected


def test_a_hopeless_reply_ends_at_once() -> None:
    """A number from nowhere ends the reply at that word, not at the sentence's end."""
    gate = Gate(rules_for(MILL))
    gate.feed(ReplyEmotion("content"))
    gate.feed(ReplyText("In 1860 it"))
    assert gate.done
    assert not gate.opened
