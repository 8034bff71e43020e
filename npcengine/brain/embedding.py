"""Opens the sentence embedder that all minds share; whatever it lacks, characters talk on without it."""

from __future__ import annotations

import logging

from npcengine.brain.registry import open_embedder
from npcengine.errors import NpcEngineError
from npcengine.mind import question_sense
from npcengine.mind.embedding_cache import CachedEmbedder
from npcengine.mind.protocol import SentenceEmbedder
from npcengine.models import store
from npcengine.types import LoadOptions

logger = logging.getLogger(__name__)

NONE = "none"
"""The name of no embedder: words alone are compared."""


def open_meaning(name: str, options: LoadOptions) -> SentenceEmbedder | None:
    """The embedder `name`, remembering what it has read; None where there is none or it can't be opened."""
    if name == NONE:
        return None
    try:
        kept_as = f"{name}-{question_sense.version()}"
        return CachedEmbedder(open_embedder(name, options), name=kept_as, folder=store.folder().parent / "embeddings")
    except NpcEngineError as error:
        logger.info("what is asked is told from its words alone: %s", error)
        return None
