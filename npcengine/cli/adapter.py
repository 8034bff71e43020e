"""The option ``--adapter`` of the commands that load a language model."""

from __future__ import annotations

from npcengine.models import adapters

ADAPTER_HELP = (
    'What the language model was taught: "default", "none", or a LoRA adapter (a GGUF file; FILE@0.8 for a part of its '
    "effect). A character's own goes before it."
)


def usable(option: str | None) -> str:
    """The engine's option for what was given; None is the default.

    Raises:
        AdapterBroken: A file was named that is not there, or no adapter: whoever names one wants to know at once.
    """
    if option in (None, "", adapters.DEFAULT, adapters.NONE):
        return option or adapters.DEFAULT
    adapters.check(adapters.parse(option).path)
    return option
