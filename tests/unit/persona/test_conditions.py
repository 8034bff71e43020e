"""Conditions: what they accept, how they read, what they say about mistakes."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.condition_tree import Compared, Constant, Joined, Name, Not, Part
from npcengine.conditions import MAX_DEPTH, MAX_LENGTH, check_condition, parse_condition
from npcengine.errors import PersonaError
from npcengine.types import Value

STATE: dict[str, Value] = {"trust": 50, "gold": 5, "met_aldo": True, "rank": "guest", "empty": ""}
WORLD: dict[str, Value | tuple[str, ...]] = {"inventory": ("sword", "shield"), "night": False, "day": 3}

_FRAGMENTS = (
    *STATE,
    *("and", "or", "not", "in", "world", "world.night", "true", "False", "None", "lambda", "is", "if", "else"),
    *("==", "!=", "<", ">=", "=", "&&", "(", ")", "[", "]", ".", ",", "-", "+", ":=", "'", '"', "'sword'", "f'{x}'"),
    *("1", "2.5", "9" * 30, "0x1", "1e9", "5in", "__import__('os')", ".__class__", "\\", "\n", "\0", "#", "…"),
)


def holds(text: str) -> bool:
    """Whether the condition holds for `STATE` and `WORLD`."""
    return parse_condition(text, STATE).holds(STATE, WORLD)


@pytest.mark.parametrize(
    "text",
    [
        "trust >= 50 and met_aldo",
        "10 < trust <= 50",
        "gold > 100 or not world.night",
        "rank == 'guest'",
        'rank in ["guest", "friend"]',
        "'sword' in world.inventory",
        "'bow' not in world.inventory",
        "trust > -5",
        "gold == 5.0",
        "(trust > 5 and met_aldo) == true",
        "met_aldo != false",
        "not empty",
        "world.inventory",
        "world . day == 3",
        "trust >= 50\n  and gold",
        "True",
    ],
)
def test_what_is_true_holds(text: str) -> None:
    """Names, world names, comparisons, chains, joins, lists and literals read as one expects."""
    assert holds(text)


@pytest.mark.parametrize(
    "text",
    ["trust > 50", "not met_aldo", "10 < gold < 100", "met_aldo and world.night", "rank == 'king'", "empty", "false"],
)
def test_what_is_false_does_not_hold(text: str) -> None:
    """A condition that reads false does not hold."""
    assert not holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "world.absent",
        "not world.absent",
        "world.absent > 3",
        "rank > 3",
        "not rank > 3",
        "3 in trust",
        "trust < 'a' < 3",
    ],
)
def test_what_can_not_be_told_does_not_hold(text: str) -> None:
    """An absent name and a senseless comparison never hold, not even turned round."""
    assert not holds(text)


@pytest.mark.parametrize(
    "text", ["world.absent or met_aldo", "met_aldo or world.absent", "not (world.absent and empty)"]
)
def test_doubt_matters_only_where_it_decides(text: str) -> None:
    """A part in doubt leaves alone what the other part settles, in either order."""
    assert holds(text)


def test_a_state_that_lost_a_name_does_not_raise() -> None:
    """The game may delete what the file declared."""
    assert not parse_condition("trust > 3", ["trust"]).holds({}, {})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("trsut > 3", '"trsut" is not declared in state; did you mean "trust"?'),
        ("rank == peasant", "quote it if it is a word"),
        ("trust = 3", 'write "=="'),
        ("trust => 3", 'write ">="'),
        ("trust === 3", 'write "=="'),
        ("trust is 3", 'write "=="'),
        ("trust && gold", 'write "and"'),
        ("trust || gold", 'write "or"'),
        ("!met_aldo", 'write "not"'),
        ("rank == 'guest", "a quote is opened and never closed"),
        ("(trust > 3", 'a "(" is opened and never closed'),
        ("trust > 3)", 'a ")" closes what was never opened'),
        ("trust(3)", "calls something"),
        ("rank.upper", 'only "world" has a dot'),
        ("world.day.real", 'only "world" has a dot'),
        ("world", "world.NAME"),
        ("world['day']", "no condition may hold"),
        ("trust - 5 > 0", "calculates"),
        ("trust + 5 > 0", '"+" has no meaning'),
        ("rank == None", '"None" has no meaning'),
        ("trust if gold else rank", "no condition may hold"),
        ("trust >", "can't be understood"),
        ("5in world.inventory", '"5in" has no meaning'),
        ("  ", "is empty"),
        ("not " * 60 + "trust", "nested too deeply"),
        ("trust or " * 100 + "gold", "longer than"),
    ],
)
def test_mistakes_are_told_in_plain_words(text: str, said: str) -> None:
    """Each way to go wrong has its own message, on one line."""
    with pytest.raises(PersonaError) as caught:
        parse_condition(text, STATE)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_mistake_without_any_names_says_so() -> None:
    """A file without state gets told that there is none."""
    with pytest.raises(PersonaError, match="nothing is declared there"):
        parse_condition("trust > 3", ())


def test_a_condition_survives_pickling() -> None:
    """Conditions cross to the brain process whole."""
    condition = parse_condition("not (10 < trust <= 50) or 'sword' in world.inventory", STATE)
    copy = pickle.loads(pickle.dumps(condition))  # noqa: S301 - our own bytes
    assert copy == condition
    assert copy.holds(STATE, WORLD)


class _Tripwire(dict[str, Value]):
    """A state that notices every name read from it, and hands out nothing that could be called."""

    def __init__(self) -> None:
        super().__init__(STATE)
        self.asked: set[str] = set()

    def get(self, key: str, default: object = None) -> Value | None:  # type: ignore[override]
        self.asked.add(key)
        return super().get(key, default)  # type: ignore[arg-type]


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_FRAGMENTS), max_size=12).map(" ".join)))
def test_no_text_does_more_than_compare(text: str) -> None:
    """Whatever stands in a file either parses to a condition that reads declared names, or raises the one error."""
    try:
        condition = parse_condition(text, STATE)
    except PersonaError:
        return
    state = _Tripwire()
    assert condition.holds(state, WORLD) in {True, False}
    assert state.asked <= set(STATE)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "().__class__",
        "[x for x in world.inventory]",
        "(trust := 100)",
        "lambda: trust",
        "f'{trust}'",
        "world.inventory[0]",
        "print",
        "trust ** 99999 > 1",
        "await trust",
        "*trust",
    ],
)
def test_python_beyond_comparing_is_refused(text: str) -> None:
    """Calls, attributes, comprehensions, assignments, subscripts and arithmetic do not parse."""
    with pytest.raises(PersonaError):
        parse_condition(text, STATE)


def test_a_parsed_condition_keeps_nothing_of_python() -> None:
    """What is kept is this project's own parts around plain values, so that there is nothing to run."""
    root = parse_condition("not (trust in [1, 'a'] or world.day > -2 > gold) and met_aldo", STATE)._root
    assert {type(part) for part in _parts(root)} <= {Compared, Constant, Joined, Name, Not}


def _parts(part: Part) -> Iterator[Part]:
    yield part
    for inner in _children(part):
        yield from _parts(inner)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rank > 3", 'puts "rank" beside ">", which compares numbers only'),
        ("trust >= '60'", 'puts the word "60" beside ">=", which compares numbers only; numbers stand without quotes'),
        ("met_aldo > 0", 'puts "met_aldo" beside ">", which compares numbers only; write the flag by itself'),
        ("0 < trust < 'high'", 'puts the word "high" beside "<"'),
        ("trust == 'high'", 'compares "trust" (a number) with the word "high", which are never equal'),
        ("met_aldo == 1", 'compares "met_aldo" (true or false) with the number 1'),
        ("rank != true", 'compares "rank" (a word) with true'),
        ("(trust > 3) == 'yes'", 'compares a comparison with the word "yes"'),
        ("rank == ['guest']", 'compares "rank" (a word) with a list, which are never equal; write "in"'),
        ("3 in trust", 'looks into "trust", which is no list'),
        ("'g' in rank", 'looks into "rank", which is no list'),
        ("trust in ['high', 'low']", 'looks for "trust" (a number) in a list that holds none of that kind'),
        ("rank == 'guest' or 'friend'", 'has the word "friend" alone, which compares nothing'),
        ("trust > 3 and 5", "has the number 5 alone"),
        ("not ['a']", "has a list alone"),
        ("'yes'", 'has the word "yes" alone'),
        ("met_aldo and (world.night or not (rank < 3))", 'puts "rank" beside "<"'),
    ],
)
def test_a_comparison_that_can_never_hold_is_a_mistake(text: str, said: str) -> None:
    """Kinds are known from the starting values in `state`, so that a writer is told when the file is read."""
    with pytest.raises(PersonaError) as caught:
        check_condition(text, STATE)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "trust >= 60 and met_aldo",
        "40 <= trust < 60.5",
        "rank in ['guest', 'friend']",
        "world.siege > 3 and world.siege == 'over'",
        "rank == world.rank",
        "(trust > 5 and met_aldo) == true",
        "trust in [1, 'many']",
        "'sword' in world.inventory",
        "not rank",
        "true",
    ],
)
def test_what_may_hold_is_none(text: str) -> None:
    """Values of the world may be of any kind; a word by itself may be empty."""
    check_condition(text, STATE)


def test_lore_reads_the_world_alone() -> None:
    """A name of some character's state is refused where there is no character, and told what to write."""
    check_condition("world.night or world.day > 3", None)
    with pytest.raises(PersonaError, match="no name that all characters share"):
        check_condition("trust > 3", None)


class _Rude:
    """A game's object that fails at whatever is done to it."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("compared")

    def __bool__(self) -> bool:
        raise RuntimeError("asked")

    __hash__ = None  # type: ignore[assignment]


_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.lists(st.integers() | st.text(max_size=2) | st.builds(_Rude), max_size=3).map(tuple),
    st.builds(_Rude),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)
_NAMES = ("trust", "gold", "met_aldo", "rank", "world.night", "world.day", "3", "'a'", "true", "[1, 'a']")
_COMPARED = st.tuples(
    st.sampled_from(_NAMES), st.sampled_from(("<", "==", "!=", ">=", "in", "not in")), st.sampled_from(_NAMES)
).map(" ".join)
_CONDITIONS = st.recursive(
    _COMPARED | st.sampled_from(_NAMES[:6]),
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(("and", "or")), inner) | inner.map("(not {})".format)
    ),
    max_leaves=6,
)


@given(
    _CONDITIONS,
    st.dictionaries(st.sampled_from(tuple(STATE)), _VALUES),
    st.dictionaries(st.sampled_from(("night", "day")), _VALUES),
)
def test_whatever_the_game_sets_no_condition_raises(
    text: str, state: dict[str, Value], world: dict[str, Value]
) -> None:
    """Values of any kind, in the state and in the world, read as true, as false or as in doubt."""
    if len(text) <= MAX_LENGTH:
        assert parse_condition(text, STATE).holds(state, world) in {True, False}


@given(_CONDITIONS, st.dictionaries(st.sampled_from(tuple(STATE)), _VALUES))
def test_what_is_refused_at_load_is_no_loss(text: str, state: dict[str, Value]) -> None:
    """Checking raises nothing but the one error, and never refuses what does not parse otherwise."""
    try:
        check_condition(text, STATE)
    except PersonaError:
        return
    parse_condition(text, STATE).holds(state, {})


@pytest.mark.parametrize(
    "text",
    [
        "(" * 250 + "trust" + ")" * 250,
        "(" * 240 + "trust" + ")" * 240,
        "not " * 124 + "gold",
        "not(" * 90 + "gold" + ")" * 90,
        "-" * 400 + "1 < trust",
        "[" * 200 + "]" * 200,
        "1 < " * 120 + "trust",
        "9" * (MAX_LENGTH - 9) + " > trust",
        "trust or (" * 45 + "gold" + ")" * 45,
        '"a" ' * 120,
        "world." * 80 + "a",
    ],
)
def test_work_is_bounded(text: str) -> None:
    """The most that fits into the longest condition parses or is refused; nesting beyond the limit always is."""
    try:
        condition = parse_condition(text, STATE)
    except PersonaError:
        return
    assert condition.holds(STATE, WORLD) in {True, False}
    assert _depth(condition._root) <= MAX_DEPTH + 1


def _depth(part: Part) -> int:
    return 1 + max((_depth(inner) for inner in _children(part)), default=0)


def _children(part: Part) -> tuple[Part, ...]:
    match part:
        case Not(part=inner):
            return (inner,)
        case Joined(parts=parts) | Compared(parts=parts):
            return parts
    return ()
