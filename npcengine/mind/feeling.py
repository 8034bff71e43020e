"""How a reply feels, told from the player's words by rules: tiny models choose badly and cost time; knows no model."""

from __future__ import annotations

from types import MappingProxyType

from npcengine.mind.words import stems, words
from npcengine.persona import Persona
from npcengine.types import Emotion

ALIKE = 0.5
"""Share of common words from which on a line counts as one of the author's examples."""

_TONES = MappingProxyType(
    {
        "angry": "hate stupid idiot fool ugly liar coward insult shut worthless pathetic dumb thief filthy scum",
        "happy": "thanks thank grateful great wonderful friend love welcome congratulations celebrate hooray",
        "tender": "beautiful lovely sorry comfort hug miss brave lonely forgive",
        "sad": "die died dead death grave buried funeral mourn widow grief lost orphan",
        "afraid": "kill threaten murder attack monster ghost dragon",
        "amused": "joke funny laugh haha silly tease riddle",
        "surprised": "guess secret treasure impossible unbelievable",
        "worried": "trouble danger sick ill missing worried hurt wound",
    }
)
"""Words that move a character, by the emotion they call up."""


def feel(persona: Persona, text: str, mood: Emotion | None = None) -> Emotion:
    """The emotion of a reply to `text`: the author's for a line like it, else what its words call up, else the mood.

    `mood` is what the character feels already; None for its resting emotion.
    """
    language = persona.language
    asked = set(stems(text, language))
    for example in persona.examples:
        player = set(stems(example.player, language))
        if words(text) == words(example.player) or (asked and len(asked & player) >= ALIKE * len(asked | player)):
            return example.emotion
    said = set(words(text))
    tones: list[Emotion] = [emotion for emotion, signs in _tones() if said & signs]
    return tones[0] if tones else mood or persona.mood


def _tones() -> list[tuple[Emotion, set[str]]]:
    return [(emotion, set(signs.split())) for emotion, signs in _TONES.items()]  # type: ignore[misc] # keys are names
