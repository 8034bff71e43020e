"""Opens the sentence embedder that all minds share; whatever it lacks, characters talk on without it."""

from __future__ import annotations

import logging

from npcengine.brain.registry import open_embedder
from npcengine.errors import NpcEngineError
from npcengine.mind import taught_weights
from npcengine.mind.embedding_cache import CachedEmbedder, CachedJudge
from npcengine.mind.protocol import AnswerJudge, SentenceEmbedder
from npcengine.mind.taught_weights import MEANINGS
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
        kept_as, folder = f"{name}-{taught_weights.version(MEANINGS)}", store.folder().parent / "embeddings"
        embedder = open_embedder(name, options)
        if isinstance(embedder, AnswerJudge):
            return CachedJudge(embedder, name=kept_as, folder=folder)
        return CachedEmbedder(embedder, name=kept_as, folder=folder)
    except NpcEngineError as error:
        logger.info("what is asked is told from its words alone: %s", error)
        return None
