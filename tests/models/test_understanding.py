"""What lines mean, told by the real sentence embedder: the same in other words, something else in the same words."""

from __future__ import annotations

from pathlib import Path
from statistics import median

import pytest
from ruamel.yaml import YAML

from npcengine.clock import SystemClock
from npcengine.mind.deciding import Decider
from npcengine.mind.heard import Names
from npcengine.mind.knowledge import Knowledge
from npcengine.mind.lines import SAME_BESIDE_FACT, Lines
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.plan import Spoken
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.mind.reading import read
from npcengine.mind.small_talk import SmallTalk
from npcengine.mind.view import MindView
from npcengine.persona import Persona, load_persona, persona_from_dict

pytestmark = pytest.mark.models

PROJECT = Path(__file__).resolve().parents[2]

PERSONA = persona_from_dict(
    {
        "npcengine": 1,
        "name": "Captain Lowe",
        "knowledge": [
            {
                "id": "storm",
                "text": "A storm sank the schooner Petrel off the Needle rocks in March.",
                "topics": ["storm", "Petrel", "schooner", "wreck"],
                "say": "The Petrel? Storm took her in March, off the Needles.",
            },
            {
                "id": "parrot",
                "text": "The parrot is called Quill. It swears in four languages.",
                "topics": ["parrot", "Quill", "bird"],
                "say": "That's Quill. Swears in four languages, and means it in all of them.",
            },
            {
                "id": "tide",
                "text": "The ferry to Gull Island leaves with the morning tide and costs two shillings.",
                "topics": ["ferry", "Gull Island", "tide", "fare"],
                "say": "Morning tide, two shillings. Don't be late, the sea isn't.",
            },
            {
                "id": "smuggling",
                "text": "Lowe's first mate Brandt smuggles brandy under the fish.",
                "topics": ["Brandt", "mate", "brandy", "smuggling"],
                "say": "Brandt has brandy under the fish. You didn't hear it.",
                "when": "trust > 60",
                "secret": True,
            },
        ],
        "state": {"trust": 10},
        "lines": [
            {
                "when_asked": ["how much to hire the boat", "what does your boat cost for a day"],
                "say": "A crown a day.",
            },
            {"when_asked": ["can you teach me to sail", "take me on as a deckhand"], "say": "Can you swim? No? Good."},
        ],
    }
)


NAMES = Names([topic for fact in PERSONA.knowledge for topic in fact.topics], known=())


@pytest.mark.parametrize(
    ("asked", "say"),
    [
        ("what would it cost me to rent your boat", "A crown a day."),
        ("whats the price of hiring that boat of yours", "A crown a day."),
        ("would you show me how to sail", "Can you swim? No? Good."),
        ("I want to work as your deck hand", "Can you swim? No? Good."),
    ],
)
def test_other_words_for_a_foreseen_question(embedder: SentenceEmbedder, asked: str, say: str) -> None:
    """The author's words come for a question that shares hardly a word with the one that was foreseen."""
    matched = Lines(PERSONA, embedder).match(read(asked, NAMES, Memory()))
    assert matched is not None
    assert matched.line.say == say
    assert matched.score >= SAME_BESIDE_FACT


@pytest.mark.parametrize(
    "asked",
    [
        "how long does the boat take",
        "who built your boat",
        "when do you sail",
        "how much rum is on the boat",
        "did your deckhand drown",
        "what a lovely day",
    ],
)
def test_the_same_words_for_another_question(embedder: SentenceEmbedder, asked: str) -> None:
    """Shared words alone bring no line."""
    matched = Lines(PERSONA, embedder).match(read(asked, NAMES, Memory()))
    assert matched is None or matched.score < SAME_BESIDE_FACT


@pytest.mark.parametrize(
    ("asked", "before", "fact"),
    [
        ("how did that ship go down", "", "storm"),
        ("what foul-mouthed creature is on your shoulder", "", "parrot"),
        ("wots ur birds name", "", "parrot"),
        ("when can I cross to the island", "", "tide"),
        ("what happened to the pet rel", "", "storm"),
        ("and when was that", "What happened to the Petrel?", "storm"),
        ("how much is it", "Is there a ferry to Gull Island?", "tide"),
    ],
)
def test_other_words_for_a_fact(embedder: SentenceEmbedder, asked: str, before: str, fact: str) -> None:
    """Paraphrases, slips, misheard names and follow-ups find the fact, and it is sure."""
    memory = Memory((Exchange(before, "Hm."),)) if before else Memory()
    findings = Knowledge(PERSONA, embedder).find(read(asked, NAMES, memory), memory, state={"trust": 10}, world={})
    assert findings.known[0].fact.id == fact
    assert findings.sure


@pytest.mark.parametrize(
    "asked",
    ["who is the mayor of this town", "what colour is the parrot", "how old is Quill", "where can I buy a piano"],
)
def test_what_no_fact_answers(embedder: SentenceEmbedder, asked: str) -> None:
    """A fact about the same thing that lacks what is asked for is no answer."""
    findings = Knowledge(PERSONA, embedder).find(read(asked, NAMES, Memory()), Memory(), state={"trust": 10}, world={})
    assert not findings.sure


@pytest.mark.parametrize(
    "asked", ["what is your mate hiding", "is somebody smuggling drink on this ship", "whats brant up to"]
)
def test_a_secret_asked_for_in_other_words(embedder: SentenceEmbedder, asked: str) -> None:
    """It is seen that only the locked fact answers, and it is not among what may be told."""
    knowledge = Knowledge(PERSONA, embedder)
    reading = read(asked, NAMES, Memory())
    findings = knowledge.find(reading, Memory(), state={"trust": 10}, world={})
    assert findings.locked > 0.0
    assert all(each.fact.id != "smuggling" for each in findings.known)
    assert knowledge.find(reading, Memory(), state={"trust": 90}, world={}).known[0].fact.id == "smuggling"


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        ("hiya captain", "greeting"),
        ("good afternoon to you", "greeting"),
        ("whats your name", "identity"),
        ("thanks for everything", "thanks"),
        ("how have you been", "wellbeing"),
        ("see you around", "farewell"),
        ("what happened to the Petrel", None),
        ("how is the ferry", None),
        ("who are they", None),
    ],
)
def test_small_talk(embedder: SentenceEmbedder, said: str, topic: str | None) -> None:
    """Greetings and the like are told from questions about the world."""
    assert SmallTalk(PERSONA, embedder).topic(read(said, NAMES, Memory())) == topic


def many(facts: int) -> Persona:
    """A character that knows so many things."""
    knowledge = [
        {
            "id": f"f{n}",
            "text": f"The keeper of house {n} lost a ring in the year {1000 + n}.",
            "topics": [f"house {n}"],
        }
        for n in range(facts)
    ]
    return persona_from_dict({"npcengine": 1, "name": "Lowe", "knowledge": knowledge})


def test_two_hundred_facts_are_searched_at_once(embedder: SentenceEmbedder) -> None:
    """A question among 200 facts takes some milliseconds; ten times as long is allowed for a machine that is busy."""
    knowledge, clock, took = Knowledge(many(200), embedder), SystemClock(), []
    for number in range(15):
        reading = read(f"what did the man of house {number} lose", NAMES, Memory())
        begun_s = clock.now()
        knowledge.find(reading, Memory(), state={}, world={})
        took.append(clock.now() - begun_s)
    assert median(took) < 0.1


@pytest.mark.parametrize(("kind", "most"), [("statements", 0.03), ("personal", 0.15)])
def test_ordinary_talk_is_not_answered_with_facts(embedder: SentenceEmbedder, kind: str, most: float) -> None:
    """Over six characters of three worlds, statements hardly ever bring a fact, and questions about oneself seldom."""
    lines = YAML(typ="safe").load(Path(__file__).with_name("understanding") / "ordinary_talk.yaml")[kind]
    files = [*(PROJECT / "characters").glob("*.yaml"), *(PROJECT / "evaluation" / "held_out").glob("character_*.yaml")]
    told = []
    for persona in map(load_persona, sorted(files)):
        decider = Decider(persona, embedder, seed=0)
        for line in lines:
            plan = decider.decide(MindView(line, Memory(), dict(persona.state), {}))
            told.append(isinstance(plan, Spoken) and plan.source == "fact")
    assert len(told) >= 100
    assert sum(told) / len(told) <= most
