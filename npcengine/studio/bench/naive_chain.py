"""A talking character as a first attempt makes it: transcribe all, then generate all, then synthesise all.

The libraries' high-level classes with their defaults, on the same models, threads and prompt text as the engine's, so
that the difference is the engine's doing alone. llama-cpp-python keeps the prompt's cached beginning by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from npcengine.brain.embedding import open_meaning
from npcengine.clock import Clock, elapsed_ms
from npcengine.config import EngineConfig
from npcengine.errors import BackendMissing
from npcengine.mind.llama import family_of
from npcengine.mind.memory import Exchange, Memory
from npcengine.mind.mind import PROMPT_TOKENS, REPEAT_PENALTY, REPLY_TOKENS, Mind, MindView
from npcengine.mind.page import Page
from npcengine.mind.prompt import write_tail
from npcengine.mind.protocol import LanguageModelCapabilities
from npcengine.mind.templates import template_for
from npcengine.mind.view import ReplyEmotion, ReplyEnd
from npcengine.models import store
from npcengine.persona import Fact, Persona
from npcengine.types import Emotion, Limits, LoadOptions, Pcm, Prompt


@dataclass(frozen=True, slots=True)
class NaiveTurn:
    """One turn.

    Attributes:
        text: What was understood.
        reply: What was answered.
        stt_ms: Whole transcription.
        llm_ms: Whole reply.
        tts_ms: Whole speech.
        spoken_s: How long the speech sounds.
    """

    text: str
    reply: str
    stt_ms: float
    llm_ms: float
    tts_ms: float
    spoken_s: float

    @property
    def total_ms(self) -> float:
        """From the key's release to the first sample that can be played."""
        return self.stt_ms + self.llm_ms + self.tts_ms


class NaiveChain:
    """Loads all three models and holds one conversation.

    Args:
        config: Names the models and the context; the defaults' engines only.
        persona: Who answers.
        options: Threads for each model.
        clock: Times the steps.

    Raises:
        BackendMissing: One of the libraries is not installed.
        ModelMissing: One of the models is not on this machine.
    """

    def __init__(self, config: EngineConfig, persona: Persona, options: LoadOptions, clock: Clock) -> None:
        try:
            from faster_whisper import WhisperModel  # noqa: PLC0415 - heavy, and only this scenario's process wants it
            from llama_cpp import Llama  # noqa: PLC0415
            from piper import PiperVoice  # noqa: PLC0415
        except ImportError as error:
            raise BackendMissing(f"the naive chain needs {error.name}: pip install 'npcengine[brain]'") from error
        stt, llm, tts = (name.partition(":")[2] for name in (config.stt, config.llm, config.tts))
        self._clock = clock
        self._persona = persona
        self._memory = Memory()
        whisper_path = str(store.locate("stt", stt))
        self._whisper = WhisperModel(whisper_path, device="cpu", compute_type="int8", cpu_threads=options.threads)
        self._llama = Llama(
            str(store.locate("llm", llm)), n_ctx=config.context_tokens, n_threads=options.threads, verbose=False
        )
        self._piper = PiperVoice.load(store.locate("tts", tts))
        self._scribe = _Scribe(self._llama, config.context_tokens)
        # The engine's embedder chooses the facts, so that both models are given the same prompts.
        embedder = open_meaning(config.embedding, options)
        self._mind = Mind(persona, self._scribe, conversation="naive", embedder=embedder, seed=config.seed)

    def warm_up(self) -> None:
        """Runs every model once, since the first time is the slowest; the character's prompt is then cached."""
        noise = np.random.default_rng(0).normal(0.0, 0.01, 16_000).astype(np.float32)
        self._transcribe(noise)
        self._generate("Good day to you.")
        self._synthesise("Good day to you.")

    def answer(self, pcm: Pcm) -> NaiveTurn:
        """One turn, each step on the whole of what the step before made.

        Args:
            pcm: What the player said, mono float32, 16 kHz.
        """
        began_s = self._clock.now()
        text = self._transcribe(pcm)
        stt_ms = elapsed_ms(self._clock, began_s)
        reply, llm_ms = self._generate(text)
        began_s = self._clock.now()
        spoken_s = self._synthesise(reply)
        tts_ms = elapsed_ms(self._clock, began_s)
        self._memory = self._memory.after(Exchange(text, reply), keep=self._persona.memory.turns)
        return NaiveTurn(text, reply, stt_ms=stt_ms, llm_ms=llm_ms, tts_ms=tts_ms, spoken_s=spoken_s)

    def _transcribe(self, pcm: Pcm) -> str:
        segments, _ = self._whisper.transcribe(pcm)
        return " ".join(segment.text.strip() for segment in segments)

    def _generate(self, text: str) -> tuple[str, float]:
        """The reply and how long the model took; writing the prompt is not counted."""
        prompt, limits = self._scribe.write(self._mind, self._persona, self._view(text))
        began_s = self._clock.now()
        completion: Any = self._llama.create_completion(
            prompt,
            max_tokens=limits.max_tokens,
            stop=list(limits.stop),
            temperature=limits.temperature,
            repeat_penalty=limits.repeat_penalty,
        )
        llm_ms = elapsed_ms(self._clock, began_s)
        return str(completion["choices"][0]["text"]).strip() or "...", llm_ms

    def _synthesise(self, text: str) -> float:
        sound = [chunk.audio_float_array for chunk in self._piper.synthesize(text)]
        return sum(len(part) for part in sound) / self._piper.config.sample_rate

    def _view(self, text: str) -> MindView:
        return MindView(text=text or "Hello.", memory=self._memory, state=dict(self._persona.state), world={})


class _Scribe:
    """Stands in for a model, and keeps the prompt that the engine's mind writes."""

    def __init__(self, llama: Any, context_tokens: int) -> None:  # noqa: ANN401 - untyped
        family = family_of(llama.metadata.get("tokenizer.chat_template", ""))
        self.capabilities = LanguageModelCapabilities(context_tokens=context_tokens, family=family)
        self._llama = llama
        self._written: tuple[str, Limits] | None = None
        self._prefix = ""

    def write(self, mind: Mind, persona: Persona, view: MindView) -> tuple[str, Limits]:
        """The prompt for `view`; where the mind answers in the author's words, one with the facts that are in them."""
        self._written = None
        emotion: Emotion = persona.mood
        told: list[Fact] = []
        for part in mind.answer(view):
            if isinstance(part, ReplyEmotion):
                emotion = part.emotion
            elif isinstance(part, ReplyEnd):
                told = [fact for fact in persona.knowledge if fact.id in part.knowledge_used]
        if self._written is None:
            for _ in mind.warm(view.memory):
                pass
            template = template_for(self.capabilities.family)
            page = Page("naive", template, tokens=PROMPT_TOKENS, count=self.count_tokens)
            tail = write_tail(persona, view, page, told=told, emotion=emotion)
            limits = Limits(max_tokens=REPLY_TOKENS, stop=template.stop, repeat_penalty=REPEAT_PENALTY)
            self._written = (self._prefix + tail, limits)
        return self._written

    def generate(self, prompt: Prompt, limits: Limits) -> Iterator[str]:
        """Says nothing."""
        self._written = (prompt.prefix + prompt.tail, limits)
        yield from ()

    def warm(self, prompt: Prompt) -> Iterator[None]:
        """Reads nothing ahead; keeps what every prompt begins with."""
        self._prefix = prompt.prefix
        yield from ()

    def ease(self, level: int) -> None:
        """Nothing to slow down."""

    def count_tokens(self, text: str) -> int:
        """How many tokens `text` takes."""
        return len(self._llama.tokenize(text.encode(), add_bos=False, special=False))

    def close(self) -> None:
        """Nothing to free."""
