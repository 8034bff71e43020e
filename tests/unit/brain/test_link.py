"""Messages survive the pipe, and a cut pipe is an end and not an error."""

from __future__ import annotations

import io
import os

import numpy as np

from npcengine.brain.link import Link
from npcengine.brain.messages import Cancel, MicrophoneBlock


def test_messages_arrive_whole_and_in_order() -> None:
    """Arrays and plain values come out as they went in."""
    stream = io.BytesIO()
    sound = np.linspace(-1, 1, 512, dtype=np.float32)
    sender: Link[object, object] = Link(io.BytesIO(), stream)
    sender.send(MicrophoneBlock(sound, 16_000))
    sender.send(Cancel(7))
    stream.seek(0)
    block, cancel = Link[object, object](stream, io.BytesIO())
    assert isinstance(block, MicrophoneBlock)
    assert np.array_equal(block.pcm, sound)
    assert cancel == Cancel(7)


def test_a_message_cut_in_its_middle_is_the_end() -> None:
    """The other end died while writing: what came whole is given, the rest is not."""
    stream = io.BytesIO()
    sender: Link[object, object] = Link(io.BytesIO(), stream)
    sender.send(Cancel(1))
    whole = len(stream.getvalue())
    sender.send(Cancel(2))
    cut = io.BytesIO(stream.getvalue()[: whole + 5])
    assert list(Link[object, object](cut, io.BytesIO())) == [Cancel(1)]


def test_a_real_pipe_ends_when_the_writer_closes_it() -> None:
    """An operating system's pipe gives all that was written and then the end."""
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as reader, os.fdopen(write_end, "wb") as writer:
        link: Link[object, object] = Link(reader, writer)
        link.send(Cancel(1))
        writer.close()
        assert list(link) == [Cancel(1)]
