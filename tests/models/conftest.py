"""What several tests on real weights share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from npcengine.errors import BackendMissing, ModelMissing
from npcengine.hearing import whisper
from npcengine.hearing.protocol import SpeechToText
from npcengine.mind import bert
from npcengine.mind.bert import BertEmbedder, BertReader
from npcengine.mind.embedding_cache import CachedJudge
from npcengine.mind.protocol import SentenceEmbedder
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


@pytest.fixture(scope="module")
def bare_embedder() -> Iterator[BertEmbedder]:
    """The default sentence embedder, which computes every time."""
    try:
        loaded = bert.load("all-minilm-l6-v2", LoadOptions())
    except (ModelMissing, BackendMissing) as error:
        pytest.skip(str(error))
    yield loaded
    loaded.close()


@pytest.fixture(scope="module")
def embedder(bare_embedder: BertEmbedder) -> SentenceEmbedder:
    """The same as a mind has it: it judges answers, and remembers what it has read."""
    assert isinstance(bare_embedder, BertReader)
    return CachedJudge(bare_embedder, name="all-minilm-l6-v2", folder=None)
