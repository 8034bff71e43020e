"""A channel neither loses nor repeats, unless its policy says so."""

from __future__ import annotations

from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from npcengine.brain.channel import Channel, ChannelClosed


@given(st.lists(st.integers()), st.integers(1, 5))
def test_items_come_out_once_and_in_order(items: list[int], capacity: int) -> None:
    """Whatever is put in by one thread comes out of another, once and in order, however small the channel."""
    channel: Channel[int] = Channel(capacity)

    def fill() -> None:
        for item in items:
            channel.put(item)
        channel.close()

    thread = Thread(target=fill)
    thread.start()
    assert list(channel) == items
    thread.join()


def test_a_full_channel_loses_its_oldest_droppable_item() -> None:
    """Sound is dropped, oldest first; commands never are, even if the channel has to grow."""
    channel: Channel[str] = Channel(3, droppable=lambda item: item.startswith("sound"))
    for item in ("command 1", "sound 1", "sound 2", "sound 3", "command 2", "command 3", "command 4"):
        channel.put(item)
    assert channel.take_all() == ["command 1", "command 2", "command 3", "command 4"]


def test_putting_into_a_closed_channel_fails() -> None:
    """Nobody can believe that something was handed on when it was not."""
    channel: Channel[int] = Channel(1)
    channel.close()
    with pytest.raises(ChannelClosed):
        channel.put(1)


def test_closing_frees_one_who_waits_for_room() -> None:
    """A producer that waits on a full channel is released when the consumer goes away."""
    channel: Channel[int] = Channel(1)
    channel.put(1)
    outcome: list[str] = []

    def wait_for_room() -> None:
        try:
            channel.put(2)
        except ChannelClosed:
            outcome.append("released")

    thread = Thread(target=wait_for_room)
    thread.start()
    channel.close(discard=True)
    thread.join(5)
    assert outcome == ["released"]
    assert channel.take_all() == []


def test_what_waits_in_a_closed_channel_can_still_be_got() -> None:
    """Closing ends the stream behind what is in it."""
    channel: Channel[int] = Channel(2)
    channel.put(1)
    channel.close()
    assert list(channel) == [1]
