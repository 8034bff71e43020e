"""How well a wish fits a declared action: evidence from its words and its meaning, weighed; knows no condition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from npcengine.mind.deeds import converse, is_deed, like_deeds, opposite_deeds
from npcengine.mind.naming import Naming
from npcengine.mind.sounds import is_meant
from npcengine.mind.wishes import Form, Wish
from npcengine.mind.words import FILLER, stems_of, words
from npcengine.persona import Action

_MORE_VAGUE = "again away back here there right stuff until while bit player"
_VAGUE = FILLER.union(_MORE_VAGUE.split())
"""Words of a request that name nothing."""

_SPEAKING = "ask be hear know said say says tell think told"
_LIGHT_VERBS = "get let give have take put make go come need want bring do move step use see cross pass send"
_LIGHT = FILLER.union(_LIGHT_VERBS.split()).difference(_SPEAKING.split())
"""Verbs that ask for anything: what is asked for stands behind them."""

_TAKING = frozenset({"take", "accept", "receive", "collect"})
"""Verbs that begin the description of an action by which the character gets something from the player."""

_ACCEPTING = _TAKING | {"have", "keep"}
_GIVING = frozenset({"give", "hand", "pass", "lend", "bring"})
_ONESELF = (("me",), ("us",))

_PASSING_ON = frozenset({"tell", "ask", "command", "beg", "remind", "persuade"})
"""Verbs of a request that somebody else shall do it, or that something shall be told."""

_OTHERS = frozenset({"him", "her", "them", "everyone", "everybody", "someone", "somebody"})

_MEASURES = frozenset(
    {"a", "an", "the", "some", "one", "two", "three", "four", "five", "another", "more", "my", "your", "that", "this"}
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an action.

    Attributes:
        verb: 1 when the wish's verb asks for the same, 0.7 when it may have been misheard.
        light: 1 when the wish's verb says nothing.
        named: 1 when it names a value of an argument, 0.8 when that may have been misheard.
        unnamed: 1 when it names something else where an argument's value should be.
        strange: How many of its words the action has not, up to 3.
        other: 1 when its verb is known to ask for something else.
        likeness: Of the meanings, −1…1.
        margin: How much more alike this action is than anything else that could be asked for.
    """

    verb: float
    light: float
    named: float
    unnamed: float
    strange: float
    other: float
    likeness: float = 0.0
    margin: float = 0.0


WEIGHTS = MappingProxyType(
    {"verb": 1.8, "light": 2.5, "unnamed": -2.5, "strange": -1.1, "other": -3.0, "likeness": 3.4, "margin": 10.5}
)
"""How much each piece of evidence says, and that nothing does: fitted by logistic regression to the lines in
tests/models/reacting/requests.yaml, that of another verb by hand. A name counts through likeness and margin alone."""

BIAS = -1.6

LEAD = 0.03
LEAD_WITH_LIGHT_VERB = -0.04
"""Margins above which an action is asked for with a verb that is not its own, and with one that says nothing."""


class Deed:
    """A declared action as wishes are compared with it; reads its declaration once.

    Args:
        action: What is declared.
        language: Of the character.
    """

    def __init__(self, action: Action, language: str) -> None:
        self.action = action
        self._language = language
        name, described = words(action.name.replace("_", " ")), words(action.description)
        kinds = set(stems_of((*action.args, *action.args.values()), language))
        self._arguments = frozenset(word for argument in action.args for word in words(argument.replace("_", " ")))
        self._verbs = tuple(dict.fromkeys((name[0], *described[:1])))
        verbs = frozenset(stems_of(self._verbs, language))
        self._for_player = "player" in action.description
        theirs = "player's" in action.description or "from the player" in action.description
        self._takes = theirs and bool(verbs & _stems(_TAKING, language))
        like = frozenset().union(*(like_deeds(verb, language) for verb in verbs))
        self._same = _stems(_TAKING, language) if self._takes else like
        self._opposite = frozenset().union(*(opposite_deeds(verb, language) for verb in verbs)) - self._same
        self._objects = tuple(
            word for word in name[1:] if word not in _VAGUE and not kinds & set(stems_of((word,), language))
        )
        self._vocabulary = tuple(word for word in dict.fromkeys((*name, *described)) if len(word) > 2)
        self._own = frozenset(stems_of((*name, *described), language)) | kinds
        self.texts = _wordings(action)

    def is_ruled_out(self, wish: Wish, left: tuple[str, ...]) -> bool:
        """Whether a wish asks for the opposite, or for talk, whatever else speaks for this action."""
        verb = self._verb(wish, left)
        if _passes_on(left) and not self._sameness(verb, left[0]):
            return True
        if wish.form is Form.OFFERED:
            return not self._takes
        if (
            wish.form is Form.ORDER
            and len(left) > 1
            and left[0] in self._arguments
            and not self._sameness(verb, left[0])
        ):
            return True  # what is named first does something
        if self._takes and left[:1] and left[0] in _ACCEPTING | _GIVING and left[1:2] in _ONESELF:
            return True
        return verb in self._opposite

    def evidence(self, wish: Wish, naming: Naming) -> Evidence:
        """What the words of a wish say."""
        left = _without_measure(naming.words)
        if not left:
            return Evidence(0, 0, naming.sureness, 0, 0, 0)
        verb = self._sameness(self._verb(wish, left), left[0])
        if self._takes and (wish.form is Form.OFFERED or left[0] in _ACCEPTING):
            verb = 1.0
        thing_first = left[0] in self._arguments and not verb
        strange = [word for word in left if self._is_strange(word)]
        if not thing_first and strange[:1] == [left[0]]:
            strange = strange[1:]  # a verb is judged as one
        light = left[0] in _LIGHT or thing_first or wish.form is Form.OFFERED
        return Evidence(
            verb=verb,
            light=float(light),
            named=naming.sureness,
            unnamed=float(bool(self.action.args) and not naming.sureness and bool(strange)),
            strange=min(3.0, len(strange)),
            other=float(not verb and not light and self._asks_otherwise(wish, left)),
        )

    def is_said_plainly(self, found: Evidence, left: Sequence[str]) -> bool:
        """Whether the words alone say all that the action's name does."""
        if self._objects:
            return found.verb > 0 and self._names_object(left)
        return found.verb > 0 and (found.named > 0 or not found.strange)

    def corrected(self, left: Sequence[str]) -> str:
        """The words of a wish with those put right that may be misheard words of this action."""
        return " ".join(self._meant(word) for word in left)

    def _meant(self, word: str) -> str:
        if word in self._vocabulary or word in FILLER:
            return word
        return next((known for known in self._vocabulary if is_meant(word, known)), word)

    def _verb(self, wish: Wish, left: Sequence[str]) -> str:
        """The stem of the verb for what the character shall do."""
        if not left:
            return ""
        done = converse(left[0]) if wish.form is Form.WANTED else None
        if done == "let" and not self._for_player:
            done = None  # somebody else is let go
        return stems_of((done or left[0],), self._language)[0]

    def _asks_otherwise(self, wish: Wish, left: Sequence[str]) -> bool:
        verb = self._verb(wish, left)
        return verb not in self._own and is_deed(verb, self._language)

    def _sameness(self, verb: str, said: str) -> float:
        if verb in self._same:
            return 1.0
        # A recogniser often loses the last consonant of a verb: "men my sword".
        misheard = any(is_meant(said, known) or (len(said) > 2 and said + known[-1] == known) for known in self._same)
        return 0.7 if misheard or any(is_meant(said, known) for known in self._verbs) else 0.0

    def _names_object(self, left: Sequence[str]) -> bool:
        stems = stems_of(left, self._language)
        return any(
            is_meant(word, known) or stem == stems_of((known,), self._language)[0]
            for word, stem in zip(left, stems, strict=True)
            for known in self._objects
        )

    def _is_strange(self, word: str) -> bool:
        if word in _VAGUE or word in self._arguments or stems_of((word,), self._language)[0] in self._own:
            return False
        return not any(is_meant(word, known) for known in self._vocabulary if len(known) > 3)


def is_ahead(found: Evidence) -> bool:
    """Whether an action leads far enough over all else, where no verb and no name speak for it."""
    if found.verb or (found.named and found.light):
        return True
    return found.margin > (LEAD_WITH_LIGHT_VERB if found.light else LEAD)


def weigh(found: Evidence) -> float:
    """The logarithm of the odds that an action is asked for."""
    return BIAS + sum(weight * float(getattr(found, part)) for part, weight in WEIGHTS.items())


def _wordings(action: Action) -> tuple[str, ...]:
    """An action in words that a player could use."""
    described = action.description.rstrip(".")
    mine = described
    for theirs, own in (("the player's", "my"), ("The player", "I"), ("the player", "me"), ("the guest", "me")):
        mine = mine.replace(theirs, own)
    return (action.name.replace("_", " "), described, mine)


def _passes_on(left: Sequence[str]) -> bool:
    """Whether somebody else shall do something; "make a fire" and "order a coach" are for the one who hears it."""
    if left[:1] == ("make",):
        return left[1:2] != () and left[1] in _OTHERS
    return bool(left) and (left[0] in _PASSING_ON or (left[0] == "order" and "to" in left))


def _without_measure(said: Sequence[str]) -> Sequence[str]:
    """The words without "two flasks of", "some", "another" before a thing."""
    if "of" in said[1:3]:
        said = said[said.index("of") + 1 :]
    while said and said[0] in _MEASURES:
        said = said[1:]
    return said


def _stems(some_words: frozenset[str], language: str) -> frozenset[str]:
    return frozenset(stems_of(sorted(some_words), language))
