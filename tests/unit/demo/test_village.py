"""What actions change in the village."""

from __future__ import annotations

from demo_game.village import START_GOLD, Village


def test_opening_the_gate_opens_it() -> None:
    """The line names the character, and the gate stands open."""
    village = Village()
    shown, _ = village.apply("Gerta Holt", "open_gate", {})
    assert shown == "Gerta opens the gate."
    assert village.gate_open


def test_a_service_costs_its_price() -> None:
    """A repair names the item and takes five silver."""
    village = Village()
    shown, _ = village.apply("Gerta Holt", "repair", {"item": "sword"})
    assert "sword" in shown
    assert village.gold == START_GOLD - 5


def test_what_cannot_be_paid_does_not_happen() -> None:
    """Without silver nothing changes, and both sides are told."""
    village = Village(gold=0)
    shown, told = village.apply("Maren Pike", "rent_room", {})
    assert "cannot pay" in shown
    assert "could not pay" in told
    assert village.gold == 0


def test_items_change_hands_both_ways() -> None:
    """What the player owns is taken, what they do not own is given."""
    village = Village(inventory=["sword"])
    village.apply("Aldo Holt", "give_item", {"item": "sword"})
    village.apply("Brother Oswin", "give_item", {"item": "willow tea"})
    assert village.inventory == ["willow tea"]


def test_an_unknown_action_is_shown_and_changes_nothing() -> None:
    """A character file with an action of its own still reads well."""
    village = Village()
    shown, _ = village.apply("Gerta Holt", "shoe_horse", {"horse": "Bishop"})
    assert shown == "Gerta: shoe horse Bishop."
    assert village == Village()
