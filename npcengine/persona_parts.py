"""What character files and lore files are both made of: kinds of fields, facts, and how plain values become them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Annotated, Self, TypeAlias, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from npcengine.conditions import RESERVED
from npcengine.persona_file import FieldPath, Mistake
from npcengine.persona_problems import field_name, schema_mistakes
from npcengine.pronunciation import phonemes_for


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _name(text: str) -> str:
    if not text.isidentifier() or unicodedata.normalize("NFKC", text) != text:
        plain = re.sub(r"\W+", "_", unicodedata.normalize("NFKC", text)).strip("_").lower()
        example = f", for example {plain}" if plain.isidentifier() else ""
        raise ValueError(f'"{text}" must be one word of letters, digits and _, not starting with a digit{example}')
    return text


def _readable_name(text: str) -> str:
    if text in RESERVED:
        raise ValueError(f'"{text}" is a word of its own in conditions; call it "{text.lower()}_flag"')
    return _name(text)


def _fact_id(text: str) -> str:
    if not re.fullmatch(r"\w[\w.-]*", text):
        raise ValueError(f'"{text}" must be letters, digits, _, - or dots, without spaces')
    return text


def _backend_name(text: str) -> str:
    if not re.fullmatch(r"[\w-]+(:\S+)?", text):
        raise ValueError(f'"{text}" must be "engine:model", for example piper:en_US-joe-medium')
    return text


def _colour(text: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        raise ValueError(f'"{text}" must be a colour as "#rrggbb", for example "#b0562c"')
    return text.lower()


def _language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", text):
        raise ValueError(f'"{text}" must be a language code, for example en or pt-BR')
    return text


Text: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
OptionalText: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True)]
Texts: TypeAlias = Annotated[tuple[Text, ...], BeforeValidator(_as_list, json_schema_input_type=str | list[str])]
"""One text or a list of them."""
Name: TypeAlias = Annotated[str, AfterValidator(_name)]
StateName: TypeAlias = Annotated[str, AfterValidator(_readable_name)]
FactId: TypeAlias = Annotated[Text, AfterValidator(_fact_id)]
BackendName: TypeAlias = Annotated[Text, AfterValidator(_backend_name)]
Colour: TypeAlias = Annotated[Text, AfterValidator(_colour)]
Language: TypeAlias = Annotated[str, AfterValidator(_language)]
Pronunciations: TypeAlias = dict[Text, Annotated[Text, AfterValidator(phonemes_for)]]
"""Phonemes by name, as a voice takes them."""
PRONUNCIATION = (
    "How names are said: a respelling, e.g. `Oakhollow: OAK-hol-oh`, or IPA, e.g. `Oakhollow: ˈoʊkhɒloʊ`. "
    "Subtitles show the name as written."
)
Number: TypeAlias = Annotated[float, Field(strict=True)]
Count: TypeAlias = Annotated[int, Field(strict=True)]
When: TypeAlias = Annotated[
    str | None,
    Field(description="Only while this holds, e.g. `trust >= 60 and met_aldo`; left out, always."),
]


class Part(BaseModel):
    """What all parts share: nothing changes after loading, and an unknown key is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Fact(Part):
    """Something the character knows."""

    id: FactId = Field(description="A short name, different for each fact.")
    text: Text = Field(description="The fact, in plain sentences and in the third person.")
    topics: Texts = Field((), description="Words a player might use to ask for it.")
    when_asked: Texts = Field((), description="Ways a player might ask for it, as whole questions.")
    say: Text | None = Field(None, description="How the character would put it, short and easy to speak.")
    when: When = None
    secret: bool = Field(default=False, description="Never hinted at before `when` holds.")


class WholeFile(Part):
    """All that stands in a file: its fields must fit each other too, however it comes about."""

    @classmethod
    def cross_mistakes(cls, data: Mapping[str, object]) -> Iterator[Mistake]:
        """What only shows when fields are read together; `data` need not fit the schema."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if mistakes := list(self.cross_mistakes(self.model_dump())):
            raise ValueError("\n".join(f"{field_name(each.path)}: {each.message}" for each in mistakes))
        return self


Whole = TypeVar("Whole", bound=WholeFile)


def validated(model: type[Whole], data: Mapping[str, object]) -> tuple[Whole | None, list[Mistake]]:
    """What plain values become, or None and all that is wrong with them."""
    found: list[Mistake] = []
    try:
        return model.model_validate(data), []
    except UnicodeEncodeError:
        pass
    except ValidationError as error:
        found = schema_mistakes(error.errors(), data, lambda path: _keys_at(model, path))
    known = {each.path for each in found}
    found += [each for each in model.cross_mistakes(data) if each.path not in known]
    return None, found or [Mistake((), "a key is no text that a file can hold")]


def _keys_at(root: type[BaseModel], path: FieldPath) -> tuple[str, ...]:
    """The keys of the group at a path of the schema."""
    model = root
    for part in path:
        if isinstance(part, str) and part in model.model_fields:
            annotation = model.model_fields[part].annotation
            candidates = (annotation, *get_args(annotation))
            model = next((each for each in candidates if isinstance(each, type) and issubclass(each, Part)), model)
    return tuple(model.model_fields)
