"""The command of a build in, what it cost out: processor seconds and peak memory.

Each build runs in a process of its own, with its byte code on disk, as installed packages have it.
"""

import multiprocessing
import os
import resource
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """What a build cost: processor seconds, peak memory in MB; and what it printed."""

    seconds: float
    memory: float
    told: str


def run(command: list[str], folder: Path) -> Run:
    """Run a command in a folder; it may neither fail nor warn."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_run, (command, folder))


def _run(command: list[str], folder: Path) -> Run:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env=_environment()
    )
    if done.returncode or "WARNING" in done.stderr:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, done.stdout)


def _environment() -> dict[str, str]:
    return {name: x for name, x in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "sessionlog-benchmark-bytecode"),
        "NO_MKDOCS_2_WARNING": "1",
    }


def write(path: Path, text: str) -> None:
    """Write a file of a project, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
