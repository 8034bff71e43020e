"""The machine as a report names it, and how busy it was; judges nothing."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import psutil

from npcengine.config import EngineConfig
from npcengine.studio.bench.scenario import Result


def describe(config: EngineConfig) -> Result:
    """What the figures depend on."""
    from npcengine.brain.pipeline import load_options  # noqa: PLC0415 - the brain's packages may not be installed

    return {
        "cpu": _processor(),
        "cores": psutil.cpu_count(logical=False),
        "logical_cores": psutil.cpu_count(),
        "threads": load_options(config).threads,
        "memory_mb": psutil.virtual_memory().total // 1_000_000,
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
    }


def load_average() -> list[float] | None:
    """Processes that wanted a core over the last 1, 5 and 15 minutes; None where the system does not count them."""
    return [round(each, 2) for each in os.getloadavg()] if hasattr(os, "getloadavg") else None


def _processor() -> str:
    """The processor's name as it is sold; Linux's `platform` only knows its architecture."""
    table = Path("/proc/cpuinfo")
    if table.is_file():
        for line in table.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() == "model name":
                return value.strip()
    return platform.processor() or platform.machine()
