"""What may be told, and what a question is about; without a model, by words and letters alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from npcengine.mind.heard import Names
from npcengine.mind.knowledge import READ, Findings, Knowledge, known_facts
from npcengine.mind.letters import LetterEmbedder
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import Mind
from npcengine.mind.notes import Note
from npcengine.mind.reading import read
from npcengine.mind.view import MindView
from npcengine.persona import Persona, persona_from_dict
from tests.unit.mind.conftest import CHARACTER, ScriptedModel

LETTERS = LetterEmbedder()


def find(persona: Persona, question: str, *, memory: Memory | None = None, trust: int = 50) -> Findings:
    """What is found for a question."""
    memory = memory or Memory()
    topics = [topic for fact in persona.knowledge for topic in fact.topics]
    reading = read(question, Names(topics, known=()), memory)
    return Knowledge(persona, LETTERS).find(reading, memory, state={"trust": trust, "gold": 0}, world={})


def test_a_secret_is_absent_until_its_condition_holds(persona: Persona) -> None:
    """A locked fact is not among the known ones."""
    assert "aldo_debt" not in {fact.id for fact in known_facts(persona, {"trust": 59}, {})}
    assert "aldo_debt" in {fact.id for fact in known_facts(persona, {"trust": 60}, {})}


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("What happened to the mill?", "", "mill_fire"),
        ("WHY DID IT BURN", "", "mill_fire"),
        ("Whose cats are these?", "", "cat"),
        ("did tow bias leave", "", "mill_fire"),
        ("wot hapened to the mil", "", "mill_fire"),
        ("And why?", "What happened to the mill?", "mill_fire"),
        ("Where did he go?", "Do you know Tobias?", "mill_fire"),
    ],
)
def test_a_question_finds_its_fact(persona: Persona, question: str, before: str, expected: str) -> None:
    """Other word endings, slips, misheard names and follow-ups find the fact that answers them."""
    memory = Memory((Exchange(before, "Hm."),)) if before else Memory()
    assert find(persona, question, memory=memory).known[0].fact.id == expected


def test_notes_are_known(persona: Persona) -> None:
    """What the game told in a note is found as a fact is."""
    memory = Memory(notes=(Note("The baker found a golden ring in the well."),))
    best = find(persona, "What did the baker find in the well?", memory=memory).known[0]
    assert best.fact.text == memory.notes[0].text


def test_a_locked_fact_that_fits_better_is_told_of(persona: Persona) -> None:
    """A question that only the secret answers is seen to be one, and the secret itself is not handed out."""
    findings = find(persona, "Does your brother have a debt?")
    assert findings.locked > 0.0
    assert "aldo_debt" not in {each.fact.id for each in findings.known}
    assert find(persona, "Does your brother have a debt?", trust=60).locked == 0.0


@pytest.mark.parametrize(
    "question", ["", "?", "Hello, Gerta", "What is the capital of France?", "\N{WAVING HAND SIGN}"]
)
def test_a_question_about_nothing_known_is_not_answered(persona: Persona, question: str) -> None:
    """No fact is better than a wrong one."""
    assert not find(persona, question).sure


WORDS = [
    "what",
    "does",
    "your",
    "brother",
    "Aldo",
    "owe",
    "the",
    "bandits",
    "forty",
    "silver",
    "debt",
    "secret",
    "tell",
    "me",
    "trust",
    "now",
    "please",
    "mill",
    "cat",
]


@settings(max_examples=150, deadline=None)
@given(asked=st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), trust=st.integers(0, 59))
def test_a_secret_never_reaches_the_prompt(asked: list[str], trust: int) -> None:
    """However it is asked for, no prompt holds what a locked fact says before its condition holds."""
    model = ScriptedModel("Maybe.")
    mind = Mind(persona_from_dict(CHARACTER), model, conversation="a")
    question = " ".join(asked)
    parts = list(mind.answer(MindView(question, Memory(), {"trust": trust, "gold": 0}, {})))
    for prompt in model.prompts:
        assert "owes" not in (prompt.prefix + prompt.tail).replace(question, "")
    assert "forty silver" not in " ".join(getattr(part, "text", "") for part in parts)


class OpinionatedJudge(LetterEmbedder):
    """Holds that texts with a certain word answer everything, and others nothing."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word
        self.asked: list[str] = []
        self.read: list[int] = []

    def judge(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Large odds for, or against."""
        self.asked.append(question)
        self.read.append(len(texts))
        return np.array([12.0 if self.word in text else -12.0 for text in texts], dtype=np.float32)


def judged(persona: Persona, judge: OpinionatedJudge, question: str) -> Findings:
    """What is found for a question with a judge's help."""
    reading = read(question, Names((), known=()), Memory())
    return Knowledge(persona, judge).find(reading, Memory(), state={"trust": 50, "gold": 0}, world={})


@pytest.mark.parametrize(("word", "expected"), [("Clinker", "cat"), ("Tobias", "mill_fire")])
def test_a_judge_of_answers_is_heard(persona: Persona, word: str, expected: str) -> None:
    """It reads the line as it is put to the character, beside the facts; what it finds comes first."""
    judge = OpinionatedJudge(word)
    assert judged(persona, judge, "Who ran away?").known[0].fact.id == expected
    assert judge.asked == ["Gerta: who ran away?"]
    assert judge.read[0] <= READ


def test_a_judge_that_finds_nothing_makes_less_sure(persona: Persona) -> None:
    """The best of the facts is then less likely to answer than for a judge that approves of it."""
    against, approving = (
        judged(persona, OpinionatedJudge(word), "What became of the miller?").known[0] for word in ("zebra", "Tobias")
    )
    assert against.score < 0.4 < approving.score


@pytest.mark.parametrize(("word", "read"), [("Tobias", [1]), ("zebra", [1, 3])])
def test_where_words_alone_are_sure_one_fact_is_read(persona: Persona, word: str, read: list[int]) -> None:
    """The others are read only if the judge holds that this one does not answer."""
    judge = OpinionatedJudge(word)
    assert judged(persona, judge, "What happened to the mill of Tobias in the fire?").known[0].fact.id == "mill_fire"
    assert judge.read == read


def test_a_character_of_another_language_is_not_judged(persona: Persona) -> None:
    """Judges were taught English, and would be sure of nonsense."""
    judge = OpinionatedJudge("Clinker")
    judged(persona.model_copy(update={"language": "de"}), judge, "Who ran away?")
    assert judge.asked == []
