"""The language model that runs on this machine through llama.cpp; one cached sequence per conversation.

Not for two threads at once; generations of several conversations may be interleaved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from npcengine.errors import BackendError, ModelBroken
from npcengine.mind.llama_decoder import BATCH, CacheFullError, Decoder
from npcengine.mind.pieces import PieceJoiner
from npcengine.mind.protocol import LanguageModelCapabilities
from npcengine.mind.sampling import choose, log_odds
from npcengine.mind.sequences import CachedSequence, SequenceTable, reread
from npcengine.mind.speakable import is_speakable, unspeakable
from npcengine.models import adapters, store
from npcengine.models.adapters import Adapter
from npcengine.types import Limits, LoadOptions, Prompt

TOKENS_PER_CONVERSATION = 896
TOKENS_ADAPTED = 640
"""Room that each cached conversation counts on: a character file takes about 650, or 400 where an adapter was taught
what others have to be shown; a longer talk takes what others leave free. A token is 18 kB of Gemma-3-270M's cache."""

TAUGHT_KEY = "npcengine.taught"
TAUGHT_ON = "dialogue"
"""What an adapter's header says when it was taught on what this engine asks of a model."""

_TEMPLATES = (
    ("<|im_start|>", "chatml"),
    ("<start_of_turn>", "gemma"),
    ("<|start_header_id|>", "llama3"),
)
"""What gives a chat template away, and the family it stands for."""


WARM_STEP = 24
"""Tokens read ahead in one go: whoever asks meanwhile waits for a quarter of a second at most."""


@dataclass(slots=True)
class LlamaStats:
    """Counted since the model was loaded.

    Attributes:
        prompt_tokens: Tokens of all prompts.
        read_tokens: Tokens read, of prompts and of replies; cached ones are not read again.
        reprocessed_tokens: Those read that belong to a conversation's stable prefix and had been read before.
        generated_tokens: Tokens of all replies.
        evictions: How often a conversation lost its cache to another.
    """

    prompt_tokens: int = 0
    read_tokens: int = 0
    reprocessed_tokens: int = 0
    generated_tokens: int = 0
    evictions: int = 0


def load(model: str, options: LoadOptions) -> LlamaModel:
    """Load a GGUF model.

    Args:
        model: A name in the catalogue, ``"hf:owner/repo/file"`` or a path.
        options: Threads, context and number of conversations.

    Raises:
        ModelMissing: It is not on this machine yet.
        ModelBroken: It can't be read.
        AdapterBroken: The adapter that `options` name can't be used with it.
        BackendMissing: llama-cpp-python is not installed.
    """
    path = store.locate("llm", model)
    decoder = Decoder(path, cells=cells_for(model, options), sequences=options.conversations, threads=options.threads)
    try:
        return LlamaModel(
            decoder,
            context_tokens=options.context_tokens,
            conversations=options.conversations,
            adapter=adapters.chosen(options.adapter, model),
        )
    except ModelBroken:
        decoder.close()
        raise


def cells_for(model: str, options: LoadOptions) -> int:
    """Tokens that a model's cache holds, of all conversations together."""
    each = TOKENS_ADAPTED if adapters.chosen(options.adapter, model) else TOKENS_PER_CONVERSATION
    return max(options.context_tokens, options.conversations * each)


class LlamaModel:
    """Continues prompts with what can be spoken; keeps what it has read of each conversation.

    Attributes:
        capabilities: Its context and family.
        stats: What was read and generated so far.
    """

    def __init__(
        self, decoder: Decoder, *, context_tokens: int, conversations: int, adapter: Adapter | None = None
    ) -> None:
        """Take over a decoder.

        Raises:
            AdapterBroken: The model's own adapter can't be used with it.
        """
        family = family_of(decoder.metadata("tokenizer.chat_template"))
        self.stats = LlamaStats()
        self._decoder: Decoder | None = decoder
        self._adapter = self._ready(adapter)
        taught = self._adapter is not None and decoder.adapter_metadata(self._adapter.path, TAUGHT_KEY) == TAUGHT_ON
        self.capabilities = LanguageModelCapabilities(context_tokens=context_tokens, family=family, taught=taught)
        self._threads = decoder.threads
        self._sequences = SequenceTable(conversations)
        self._special = family != "screenplay"
        pieces = decoder.pieces()
        self._never = _never_drawn(decoder, pieces)
        self._closing = _closing(decoder, pieces)

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """Pieces of the continuation as they come; closing the iterator stops the work.

        A newer prompt of the same conversation, an eviction or `close` ends the iterator early.

        Raises:
            BackendError: The engine failed, or the prompt can't fit.
            AdapterBroken: The prompt's adapter can't be used with this model.
        """
        cached, scores = self._read(prompt, room=limits.max_tokens)
        claim = cached.claims
        random = np.random.default_rng(limits.seed)
        joiner = PieceJoiner(limits.stop)
        spoken: list[int] = []
        if limits.reluctance is not None:
            if log_odds(scores, self._closing) > limits.reluctance:
                return
            scores[self._closing] = -np.inf
        while len(spoken) < limits.max_tokens:
            token = choose(scores, limits, never=self._never, spoken=spoken, random=random)
            if self._open.ends(token):
                break
            spoken.append(token)
            self.stats.generated_tokens += 1
            # Masked tokens leave one way to a sign: in parts, when its bytes are tokens of their own.
            text = "".join(filter(is_speakable, joiner.feed(self._open.piece(token))))
            if text:
                yield text
            if joiner.stopped or cached.claims != claim:
                return
            if len(spoken) < limits.max_tokens:
                scores = self._next_scores(cached, [token])
        if rest := "".join(filter(is_speakable, joiner.finish())):
            yield rest

    def warm(self, prompt: Prompt) -> Iterator[None]:
        """Reads a prompt ahead of time, `WARM_STEP` tokens with each step.

        A newer prompt of the same conversation, or an eviction, ends the iterator early.
        """
        prefix, tokens = self._split(prompt)
        self._check_fit(len(tokens), 0)
        cached = self._claim(prompt, prefix, tokens, keep=len(tokens))
        claim = cached.claims
        while cached.claims == claim and len(cached.tokens) < len(tokens):
            start = len(cached.tokens)
            self._feed(cached, tokens[start : start + WARM_STEP], scores=False)
            yield

    def load_adapter(self, name: str) -> None:
        """Reads an adapter file, once.

        Raises:
            AdapterBroken: It is missing, damaged, or made for another model.
        """
        self._adapter_of(name)

    def ease(self, level: int) -> None:
        """Full speed for 0, one thread from 1 on."""
        self._open.use_threads(1 if level > 0 else self._threads)

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` takes."""
        return len(self._tokens(text, first=False))

    def close(self) -> None:
        """Frees the model; safe to call twice."""
        for cached in self._sequences:
            cached.forget()
        if self._decoder is not None:
            self._decoder.close()
            self._decoder = None

    @property
    def _open(self) -> Decoder:
        if self._decoder is None:
            raise BackendError("The language model is closed.")
        return self._decoder

    def _tokens(self, text: str, *, first: bool) -> list[int]:
        return self._open.tokenize(text, first=first, special=self._special)

    def _split(self, prompt: Prompt) -> tuple[list[int], list[int]]:
        """The tokens of the prefix, and all; tokenised apart, so that the border between the parts never moves."""
        prefix = self._tokens(prompt.prefix, first=True)
        return prefix, prefix + self._tokens(prompt.tail, first=False)

    def _read(self, prompt: Prompt, *, room: int) -> tuple[CachedSequence, NDArray[np.float32]]:
        """Read what is new of `prompt`, and score what may follow it."""
        prefix, tokens = self._split(prompt)
        self._check_fit(len(tokens), room)
        # The last token is read in any case: its scores are what is wanted.
        cached = self._claim(prompt, prefix, tokens, keep=len(tokens) - 1)
        return cached, self._next_scores(cached, tokens[len(cached.tokens) :])

    def _check_fit(self, tokens: int, room: int) -> None:
        limit = self.capabilities.context_tokens
        if tokens == 0 or tokens + room > limit:
            raise BackendError(
                f"A prompt of {tokens} tokens and a reply of up to {room} don't fit into the model's {limit}."
            )

    def _adapter_of(self, name: str) -> Adapter | None:
        return self._ready(adapters.parse(name)) if name else self._adapter

    def _ready(self, adapter: Adapter | None) -> Adapter | None:
        """The adapter, loaded; None where it changes nothing."""
        if adapter is None:
            return None
        self._open.load_adapter(adapter.path)
        return adapter if adapter.scale > 0.0 else None

    def _claim(self, prompt: Prompt, prefix: list[int], tokens: list[int], *, keep: int) -> CachedSequence:
        """The sequence of the prompt's conversation, cut back to what it shares with `tokens`, at most `keep` long."""
        adapter = self._adapter_of(prompt.adapter)
        cached, evicted = self._sequences.take(prompt.conversation)
        kept = min(cached.shared_with(tokens, adapter), keep)
        self._open.forget(cached.slot, position=kept)
        self.stats.evictions += evicted
        self.stats.prompt_tokens += len(tokens)
        self.stats.reprocessed_tokens += reread(cached.prefix, prefix, kept)
        cached.tokens = tokens[:kept]
        cached.prefix = prefix
        cached.adapter = adapter
        cached.claims += 1
        return cached

    def _next_scores(self, cached: CachedSequence, tokens: list[int]) -> NDArray[np.float32]:
        """Read `tokens`, the last of them for the scores of what may follow."""
        self._feed(cached, tokens, scores=True)
        return self._open.scores()

    def _feed(self, cached: CachedSequence, tokens: list[int], *, scores: bool) -> None:
        for start in range(0, len(tokens), BATCH):
            batch = tokens[start : start + BATCH]
            while True:
                try:
                    self._open.use_adapter(cached.adapter)
                    self._open.decode(cached.slot, batch, position=len(cached.tokens), scores=scores)
                    break
                except CacheFullError:
                    self._make_room(cached)
            cached.tokens.extend(batch)
            self.stats.read_tokens += len(batch)

    def _make_room(self, cached: CachedSequence) -> None:
        victim = self._sequences.least_recent(but=cached)
        if victim is None:
            raise BackendError(f"The cache is full with one conversation of {len(cached.tokens)} tokens.")
        victim.forget()
        self._open.forget(victim.slot, position=0)
        self.stats.evictions += 1


def _never_drawn(decoder: Decoder, pieces: Sequence[bytes]) -> NDArray[np.intp]:
    """The tokens that no reply may hold, but for those that end it."""
    return np.array(
        [token for token in np.flatnonzero(unspeakable(pieces)) if not decoder.ends(int(token))], dtype=np.intp
    )


def _closing(decoder: Decoder, pieces: Sequence[bytes]) -> NDArray[np.intp]:
    """The tokens that end a reply: of the model's own, and new lines."""
    tokens = [token for token, piece in enumerate(pieces) if piece.startswith(b"\n") or decoder.ends(token)]
    return np.array(tokens, dtype=np.intp)


def family_of(chat_template: str) -> str:
    """The prompt template that suits a model with this chat template; without one it is a base model."""
    if not chat_template:
        return "screenplay"
    return next((family for sign, family in _TEMPLATES if sign in chat_template), "screenplay")
