"""What a player may have meant by a line that was typed in haste or misheard: other readings of it; knows no model.

A reading is a guess, never a correction: whoever matches a line against the character tries them all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from types import MappingProxyType

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from npcengine.mind.same_sound import SAME_SOUND
from npcengine.mind.sounds import sound_of
from npcengine.mind.words import FILLER, stems_of, words

_HASTE = MappingProxyType(
    {
        "u": "you", "ur": "your", "r": "are", "ya": "you", "yer": "your", "y": "why", "n": "and", "b4": "before",
        "wot": "what", "wots": "what is", "wat": "what", "wats": "what is", "whats": "what is", "whos": "who is",
        "wheres": "where is", "hows": "how is", "whens": "when is", "whys": "why is", "thats": "that is",
        "theres": "there is", "howd": "how did", "whatd": "what did", "wher": "where", "wen": "when",
        "hav": "have", "wud": "would", "cud": "could", "shud": "should", "dont": "do not", "doesnt": "does not",
        "didnt": "did not", "cant": "can not", "wont": "will not", "isnt": "is not", "arent": "are not",
        "wasnt": "was not", "im": "i am", "ive": "i have", "youre": "you are", "youve": "you have",
        "hes": "he is", "shes": "she is", "theyre": "they are", "pls": "please", "plz": "please", "thx": "thanks",
        "ty": "thank you", "ta": "thanks", "cos": "because", "cuz": "because", "coz": "because", "nite": "night",
        "tho": "though", "thru": "through", "gonna": "going to", "wanna": "want to", "gotta": "have to",
        "gimme": "give me", "lemme": "let me", "dunno": "do not know", "kinda": "kind of", "sum1": "someone",
        "some1": "someone", "any1": "anyone", "every1": "everyone", "bout": "about", "yr": "your", "yrs": "years",
        "bro": "brother", "sis": "sister", "mum": "mother", "mom": "mother", "dad": "father", "cud've": "could have",
        "tmrw": "tomorrow", "2day": "today", "2nite": "tonight", "l8r": "later", "gr8": "great", "abt": "about",
        "ppl": "people", "idk": "i do not know", "k": "okay", "howcome": "why", "hoo": "who",
    }
)  # fmt: skip
"""What players type, and the words that they mean."""

_LONGEST = 3
"""A name is heard as so many words at most."""

SAME_LETTERS = 55.0
SAME_LETTERS_SHORT = 50.0
SAME_LETTERS_APART = 65.0
"""Two words that sound alike share so many of their letters (0–100), or it is chance: long ones, short ones whose sound
is all but told by it, and names heard as several words."""

_COMMON = frozenset(
    """
    able again always away back bad best better big bit bring brought buy call came case come day days difficult dear
    each early eat else end enough every eye eyes face far fast feel felt few find first food found free front full
    girl good great half hand hard head heard help hide high himself hold home hope house kind knew last late least
    left less life light little live lives long look lot love low made main make man many mean men mind moment money
    morning most move name near need never new next nice nothing often old only open other others part past people
    place play put quite rather read ready real rest ride right road room round run safe same saw second see seem seen
    sense set short show side sit small soon sort sound sounds stand start stay still stop story strange such sure
    take talk tell there thought three through time today together took town true try turn under until use used
    usually wait walk want water week well went while whole wide wife woman wood word words work world worst wrong
    year years young yours
    """.split()  # noqa: SIM905 - a list of words reads better without quotes
) - {"sort", "week", "word"}
"""So common that they are meant as they stand."""

MISSPELT = 0.74
"""Two words are the same misspelt, if so much of their letters agree (0–1, of the longer one)."""

_PHRASES = (
    (re.compile(r"\bhow come\b"), "why is it that"),
    (re.compile(r"^wear (?=(?:do|did|does|is|are|can|was|were)\b)"), "where "),
    (re.compile(r"^witch (?=(?:way|one|of)\b)"), "which "),
)


def plain(text: str) -> str:
    """A line in the words that a hasty one stands for, in lower case and without punctuation but the question mark."""
    said = " ".join(_HASTE.get(word, word) for word in words(text))
    for pattern, meant in _PHRASES:
        said = pattern.sub(meant, said)
    return f"{said}?" if text.rstrip().endswith("?") else said


class Names:
    """The names and subjects of one character's world, found by their sound."""

    def __init__(self, terms: Iterable[str], *, known: Iterable[str], language: str = "en") -> None:
        """Learn them.

        Args:
            terms: Names, and words that facts are asked by.
            known: All words that the character's file holds; none of these is taken for another.
            language: Of all of these.
        """
        self._language = language
        self._known = frozenset(stems_of(known, language))
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for term in dict.fromkeys(word for each in terms for word in words(each)):
            if len(term) > 2 and term not in FILLER:
                self._by_sound[sound_of(term)].append(term)
        self._terms = sorted((term for each in self._by_sound.values() for term in each if len(term) > 4), reverse=True)

    def restored(self, line: str) -> str:
        """The line with words that sound like a name, or are one misspelt, put right; the longest first."""
        said = line.rstrip("?").split()
        put_right: list[str] = []
        at = 0
        while at < len(said):
            length, term = self._named(said[at : at + _LONGEST])
            put_right.append(term)
            at += length
        return " ".join(put_right) + "?" * line.endswith("?")

    def _named(self, window: list[str]) -> tuple[int, str]:
        """How many words at the beginning of `window` are a name, and which; else the first word as it stands."""
        for length in range(len(window), 0, -1):
            part = window[:length]
            if length == 1 and self._is_known(part[0]):
                break
            if length == 1 and (meant := self._of_the_same_sound(part[0])):
                return 1, meant
            content = [word for word in part if word not in FILLER]
            if length > 1 and (not content or any(self._is_known(word) for word in content)):
                continue
            if term := self._heard("".join(part), alone=length == 1):
                return length, term
        return 1, window[0]

    def _of_the_same_sound(self, word: str) -> str:
        """A word of the character's file that a word outside of it sounds like; empty where there is none."""
        return next((other for other in SAME_SOUND.get(word, ()) if self._stands_in_file(other)), "")

    def _stands_in_file(self, word: str) -> bool:
        return stems_of((word,), self._language)[0] in self._known

    def _is_known(self, word: str) -> bool:
        return word in FILLER or word in _COMMON or self._stands_in_file(word)

    def _heard(self, letters: str, *, alone: bool) -> str:
        code = sound_of(letters)
        alike = [(fuzz.ratio(letters, term), term) for term in self._by_sound.get(code, ())]
        least = SAME_LETTERS_APART if not alone else SAME_LETTERS if len(code) > 2 else SAME_LETTERS_SHORT
        score, best = max(alike, default=(0.0, ""))
        if score >= least:
            return best
        if not alone or len(letters) < 4:
            return ""
        misspelt = process.extractOne(
            letters, self._terms, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=MISSPELT
        )
        return misspelt[0] if misspelt else ""
