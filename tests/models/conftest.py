"""What several tests on real weights share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from npcengine.errors import BackendMissing, ModelMissing
from npcengine.hearing import whisper
from npcengine.hearing.protocol import SpeechToText
from npcengine.types import LoadOptions


@pytest.fixture(scope="module")
def ears() -> Iterator[SpeechToText]:
    """The default recogniser."""
    try:
        loaded = whisper.load("tiny.en", LoadOptions())
    except (ModelMissing, BackendMissing) as error:
        pytest.skip(str(error))
    yield loaded
    loaded.close()
