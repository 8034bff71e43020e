"""How each family of language models wants a dialogue written, as data; knows no character."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Template:
    """One way to write a dialogue; ``{text}``, ``{name}`` and ``{emotion}`` are filled in.

    Attributes:
        system: Who the character is.
        player: A line of the player.
        npc: A line of the character.
        aside: Something that is true and that nobody says.
        reply: The beginning of the line that the model writes.
        stop: Where that line ends.
    """

    system: str
    player: str
    npc: str
    aside: str
    reply: str
    stop: tuple[str, ...]


SCREENPLAY = Template(
    system="{text}\n\n",
    player="Player: {text}\n",
    npc="{name} ({emotion}): {text}\n",
    aside="{text}\n",
    reply="{name} ({emotion}):",
    stop=("\n",),
)
"""For base models, which only continue a text."""

TEMPLATES: Mapping[str, Template] = MappingProxyType(
    {
        "screenplay": SCREENPLAY,
        "chatml": Template(
            system="<|im_start|>system\n{text}<|im_end|>\n",
            player="<|im_start|>user\n{text}<|im_end|>\n",
            npc="<|im_start|>assistant\n({emotion}) {text}<|im_end|>\n",
            aside="<|im_start|>user\n{text}<|im_end|>\n",
            reply="<|im_start|>assistant\n({emotion})",
            stop=("<|im_end|>", "\n"),
        ),
        "gemma": Template(
            # Gemma knows no system turn: its instructions open the dialogue as the user's.
            system="<start_of_turn>user\n{text}<end_of_turn>\n",
            player="<start_of_turn>user\n{text}<end_of_turn>\n",
            npc="<start_of_turn>model\n({emotion}) {text}<end_of_turn>\n",
            aside="<start_of_turn>user\n{text}<end_of_turn>\n",
            reply="<start_of_turn>model\n({emotion})",
            stop=("<end_of_turn>", "\n"),
        ),
        "llama3": Template(
            system="<|start_header_id|>system<|end_header_id|>\n\n{text}<|eot_id|>",
            player="<|start_header_id|>user<|end_header_id|>\n\n{text}<|eot_id|>",
            npc="<|start_header_id|>assistant<|end_header_id|>\n\n({emotion}) {text}<|eot_id|>",
            aside="<|start_header_id|>user<|end_header_id|>\n\n{text}<|eot_id|>",
            reply="<|start_header_id|>assistant<|end_header_id|>\n\n({emotion})",
            stop=("<|eot_id|>", "\n"),
        ),
    }
)


def template_for(family: str) -> Template:
    """The template of a family; one that is not known gets the screenplay, which any model can continue."""
    return TEMPLATES.get(family, SCREENPLAY)
