"""The options of an engine; knows no stage."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from npcengine.models.catalogue import default_name


class EngineConfig(BaseModel):
    """How an engine runs; everything has a sensible default.

    Attributes:
        brain: Where the models run: their own process (so that they can't stall or crash the game), or a thread of this
            one for debugging and for tests with fakes.
        brain_command: Starts the brain where ``python -m npcengine.brain`` can't, as in a frozen game.
        priority: Of the brain process; ``"low"`` leaves the frame its time.
        stt: Speech recogniser, ``"engine:model"``.
        llm: Language model; the model is a catalogue name, a path to a GGUF file, or ``hf:owner/repo/file``.
        adapter: What the language model was taught, for characters that name no adapter of their own: ``"default"`` is
            the LoRA adapter shipped for it, ``"none"`` the model as it is; else the path of a GGUF file, ``path@0.8``
            for a part of its effect.
        embedding: Tells what a line means, ``"engine:model"``; ``"none"`` compares words alone.
        tts: The voice of characters that name none.
        microphone: ``"auto"``, ``"none"`` or ``"wav:PATH"``, which plays a file as if it were spoken.
        speaker: ``"auto"`` plays through pygame's mixer beside the game's sounds; ``"none"`` plays to nobody, in time.
        echo: ``"auto"`` takes the characters' own voices out of an open microphone's sound; ``"off"`` for headphones.
        output_latency_ms: How long a sample takes from the mixer to the ear; the face waits as long.
        threads: For the models; None is one for each physical core.
        context_tokens: How much text a conversation can hold in the language model.
        warm_characters: So many spawned characters are read by the language model ahead of time; more are at first use.
        watch_characters: Reads a character file again as soon as it, or the lore it includes, has changed; for
            development.
        memory_path: A file (SQLite) in which characters' memories outlive the game's end; None: they live in
            `Engine.snapshot` alone.
        seed: The same seed and the same inputs give the same replies.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    brain: Literal["process", "thread"] = "process"
    brain_command: tuple[str, ...] | None = None
    priority: Literal["low", "normal"] = "low"
    stt: str = Field(default_factory=lambda: f"whisper:{default_name('stt')}")
    llm: str = Field(default_factory=lambda: f"llama:{default_name('llm')}")
    adapter: str = Field(default="default", min_length=1)
    embedding: str = Field(default_factory=lambda: f"bert:{default_name('embedding')}")
    tts: str = Field(default_factory=lambda: f"piper:{default_name('tts')}")
    microphone: str = "auto"
    speaker: str = "auto"
    echo: Literal["auto", "off"] = "auto"
    output_latency_ms: float = Field(default=30.0, ge=0.0, le=500.0)
    threads: int | None = Field(default=None, ge=1)
    context_tokens: int = Field(default=2048, ge=512)
    warm_characters: int = Field(default=20, ge=0)
    watch_characters: bool = False
    memory_path: Path | None = None
    seed: int = 0
