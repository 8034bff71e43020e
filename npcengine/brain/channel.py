"""A bounded, closable queue between two threads, with a stated policy for what happens when it is full."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from threading import Condition
from typing import Generic, TypeVar

T = TypeVar("T")


class ChannelClosed(Exception):  # noqa: N818 - a state of the channel, not a mistake
    """The channel was closed: nothing can be put into it, or nothing is left in it."""


class Channel(Generic[T]):
    """Carries items in order from any number of threads to any number of threads.

    Args:
        capacity: How many items may wait.
        droppable: Says which items may be lost. With it, `put` never waits: a full channel loses its oldest droppable
            item, and grows when it holds none. Without it, `put` waits for room.
    """

    def __init__(self, capacity: int, *, droppable: Callable[[T], bool] | None = None) -> None:
        self._items: deque[T] = deque()
        self._capacity = capacity
        self._droppable = droppable
        self._closed = False
        self._changed = Condition()

    def put(self, item: T) -> None:
        """Adds `item`.

        Raises:
            ChannelClosed: The channel was closed, before or while waiting for room.
        """
        with self._changed:
            if self._droppable is None:
                self._changed.wait_for(lambda: self._closed or len(self._items) < self._capacity)
            elif len(self._items) >= self._capacity:
                self._drop_oldest(self._droppable)
            if self._closed:
                raise ChannelClosed
            self._items.append(item)
            self._changed.notify_all()

    def get(self) -> T:
        """The oldest item; waits for one.

        Raises:
            ChannelClosed: The channel was closed and is empty.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or bool(self._items))
            if not self._items:
                raise ChannelClosed
            item = self._items.popleft()
            self._changed.notify_all()
            return item

    def wait(self, timeout_s: float) -> bool:
        """Whether an item waits, or comes within `timeout_s` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: bool(self._items), timeout_s)

    def take_all(self) -> list[T]:
        """All waiting items, without waiting; often none."""
        if not self._items:  # the common case of a game's frame takes no lock
            return []
        with self._changed:
            items = list(self._items)
            self._items.clear()
            self._changed.notify_all()
            return items

    def close(self, *, discard: bool = False) -> None:
        """Ends the channel; what waits can still be got unless `discard` is set."""
        with self._changed:
            self._closed = True
            if discard:
                self._items.clear()
            self._changed.notify_all()

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        """The items as they come, until the channel is closed and empty."""
        while True:
            try:
                item = self.get()
            except ChannelClosed:
                return
            yield item

    def _drop_oldest(self, droppable: Callable[[T], bool]) -> None:
        for index, item in enumerate(self._items):
            if droppable(item):
                del self._items[index]
                return
