"""The wheels of a kit: tfp's own is built, the others are downloaded by pip."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from wheels import needed, read_wheel, read_wheels

if TYPE_CHECKING:
    from pathlib import Path

    from wheels import Target, Wheel

EXTRAS = ("pdf",)  # those that an office needs, where this version of tfp has them
_ROUNDS = 6


def build_own_wheel(sources: Path, folder: Path) -> Wheel:
    """Return tfp's wheel, built from its sources."""
    _pip("wheel", "--no-deps", "--wheel-dir", str(folder), str(sources))
    (path,) = folder.glob("tfp-*.whl")
    return read_wheel(path)


def requirement_of(own: Wheel) -> Requirement:
    """Return tfp with the extras of an office, at the version of its wheel."""
    extras = ",".join(extra for extra in EXTRAS if extra in own.extras)
    return Requirement(f"{own.name}{f'[{extras}]' if extras else ''}=={own.version}")


def gather(own: Wheel, target: Target, folder: Path) -> tuple[Wheel, ...]:
    """Return all wheels of a kit: tfp, what it requires there, and pip.

    Whatever the other computer needs beside what this one would is asked for in a second
    round, until nothing is lacking.

    Raises
    ------
    RuntimeError
        If something is still lacking that pip was asked for.
    """
    roots = [requirement_of(own), Requirement("pip")]
    extras = roots[0].extras
    asked = [f"{own.path}[{','.join(sorted(extras))}]" if extras else str(own.path), "pip"]
    for number in range(_ROUNDS):
        here = folder / f"round-{number + 1}"
        _download(asked, target, here)
        wheels, lacking = needed(read_wheels(here), roots, target)
        if not lacking:
            return wheels
        more = [each.partition(" (for ")[0] for each in lacking]
        if set(more) <= set(asked):
            break
        asked += [each for each in more if each not in asked]
    message = "The kit would lack: " + "; ".join(lacking)
    raise RuntimeError(message)


def _download(asked: list[str], target: Target, folder: Path) -> None:
    platforms = [f"--platform={platform}" for platform in target.platforms]
    _pip(
        "download",
        "--only-binary=:all:",
        "--implementation=cp",
        f"--python-version={target.python}",
        *platforms,
        "--dest",
        str(folder),
        *asked,
    )


def _pip(command: str, *arguments: str) -> None:
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            command,
            "--quiet",
            "--disable-pip-version-check",
            *arguments,
        ],
        check=True,
    )
