"""Files and a base in, an adapter out: puts the parts beside it together; draws nothing and asks nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from npcengine.brain.embedding import open_meaning
from npcengine.config import EngineConfig
from npcengine.mind.llama import family_of
from npcengine.mind.llama_decoder import Decoder
from npcengine.mind.mind import PROMPT_TOKENS
from npcengine.mind.page import Page
from npcengine.mind.templates import template_for
from npcengine.models import store
from npcengine.models.catalogue import lookup
from npcengine.models.checksum import sha256_of
from npcengine.studio.tune.adapter_file import About, architecture_of, write_adapter
from npcengine.studio.tune.curriculum import Curriculum, divide
from npcengine.studio.tune.learning import Plan, Progress, learn, loss_by_skill
from npcengine.studio.tune.proof import Proof, prove
from npcengine.studio.tune.pupil import read_pupils
from npcengine.studio.tune.recipe import Recipe
from npcengine.studio.tune.student import ATTENTION, LINEAR, Shape, Student, prepare, settled
from npcengine.types import LoadOptions

_CELLS = 512
"""The decoder only cuts text here."""


class Tuning:
    """One base model on its way to an adapter.

    Attributes:
        moments: How many are taught in an epoch.
        rows: Into how many rows they are packed, in the first epoch.
        precision: Of the base's weights.
    """

    def __init__(self, recipe: Recipe) -> None:
        """Read all files, write the prompts, and read the base.

        Raises:
            PersonaError: A file has a mistake.
            ConfigError: There is nothing to teach, or a name to keep back is not there.
            ModelError: The base is not on this machine, or can't be taught.
            BackendMissing: llama-cpp-python is not installed.
        """
        self._recipe = recipe
        self._base = store.locate("llm", recipe.model)
        division = divide(read_pupils(recipe.paths, seed=recipe.seed), recipe.hold_out)
        prepare(seed=recipe.seed, threads=recipe.threads)
        self._decoder = Decoder(self._base, cells=_CELLS, sequences=1, threads=recipe.threads)
        self._embedder = open_meaning(EngineConfig().embedding, LoadOptions(threads=recipe.threads))
        self._curriculum = Curriculum(
            division, embedder=self._embedder, page=self._page(), tokenize=self._tokenize, seed=recipe.seed
        )
        self.moments = self._curriculum.moments
        self.rows = len(self._curriculum.epoch(0))
        self._measured = self._curriculum.measured() or self._curriculum.epoch(0)[:1]
        self.precision = settled(recipe.precision)
        self._shape = Shape(rank=recipe.rank, where=ATTENTION if recipe.attention_only else LINEAR)
        self._student = Student(
            self._base, self._shape, precision=self.precision, vocabulary=self._curriculum.vocabulary()
        )
        if recipe.begin_with:
            self._student.go_on_from(recipe.begin_with)

    def losses(self) -> Mapping[str, float]:
        """What a wanted token of what was kept back costs as things stand, in nats, by skill and for ``"all"``."""
        return loss_by_skill(self._student, self._measured)

    def learn(self) -> Iterator[Progress]:
        """All steps; those that were done before it was broken off come first.

        Raises:
            ConfigError: What is kept of it stems from other settings, or is damaged.
        """
        recipe = self._recipe
        matrices = "attention" if recipe.attention_only else "all matrices"
        about = f"{self._base.name}, rank {recipe.rank}, {matrices}, {self.precision}"
        if recipe.begin_with:
            about += f", from {sha256_of(recipe.begin_with)[:8]}"
        settings = f"{about}, {self.moments} moments ({self._curriculum.fingerprint})"
        plan = Plan(recipe.steps, recipe.rate, recipe.seed, recipe.unfinished, settings)
        return learn(self._student, self._curriculum.epoch, plan)

    def write(self) -> None:
        """The adapter's file; what is unfinished goes."""
        model = lookup(self._recipe.model)
        licence = model.licence.name if model else self._decoder.metadata("general.license")
        about = About(
            base=self._decoder.metadata("general.name") or self._base.stem,
            architecture=architecture_of(self._base),
            heads=self._student.heads,
            rank=self._shape.rank,
            scale=self._shape.scale,
            licence=licence or "as its base's",
        )
        write_adapter(self._recipe.out, self._student.corrections_by_name(), about)
        self._recipe.unfinished.unlink(missing_ok=True)

    def prove(self) -> Proof:
        """Whether llama.cpp says of the file what PyTorch says."""
        return prove(self._base, self._recipe.out, self._shape, self._student.learnt(), self._measured)

    def close(self) -> None:
        """Free what is not PyTorch's; safe to call twice."""
        self._decoder.close()
        if self._embedder:
            self._embedder.close()

    def _page(self) -> Page:
        self._family = family_of(self._decoder.metadata("tokenizer.chat_template"))
        count = lru_cache(200_000)(lambda text: len(self._tokenize(text)))
        return Page("tuning", template_for(self._family), tokens=PROMPT_TOKENS, count=count)

    def _tokenize(self, text: str, *, first: bool = False) -> list[int]:
        return self._decoder.tokenize(text, first=first, special=self._family != "screenplay")
