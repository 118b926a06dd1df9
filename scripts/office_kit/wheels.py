"""What wheels say of themselves, and whether they are all that a computer needs.

``pip download --platform`` chooses files for another computer, but asks the markers of
requirements (``sys_platform == "win32"``) of the computer that it runs on. So what it
brings may lack what only the other one needs: every requirement is looked at again here.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections import deque
from dataclasses import dataclass
from email.parser import HeaderParser
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from email.message import Message
    from pathlib import Path

_GLIBC = range(28, 4, -1)  # the manylinux platforms that offices' servers still have
_LONGEST_LICENCE = 60  # characters; longer ones are the licence itself, not its name


@dataclass(frozen=True)
class Target:
    """A kind of computer.

    Attributes
    ----------
    name : str
        As kits are named: ``win_amd64``.
    python : str
        ``3.11``.
    platforms : tuple of str
        Platform tags of wheels that it takes, the best first.
    markers : dict
        What it answers to the markers of requirements.
    """

    name: str
    python: str
    platforms: tuple[str, ...]
    markers: dict[str, str]

    def tags(self) -> frozenset[Tag]:
        """Return all tags of wheels that it takes."""
        version = tuple(int(part) for part in self.python.split("."))
        interpreter = "cp" + "".join(self.python.split("."))
        own = cpython_tags(version, platforms=self.platforms)
        return frozenset([*own, *compatible_tags(version, interpreter, self.platforms)])


def target_named(name: str, python: str = "3.11") -> Target:
    """Return ``win_amd64`` or ``linux_x86_64`` with a version of Python."""
    common = {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_version": "",
        "python_full_version": f"{python}.0",
        "python_version": python,
    }
    if name == "win_amd64":
        own = {
            "os_name": "nt",
            "platform_machine": "AMD64",
            "platform_system": "Windows",
            "sys_platform": "win32",
        }
        return Target(name, python, ("win_amd64",), common | own)
    if name == "linux_x86_64":
        own = {
            "os_name": "posix",
            "platform_machine": "x86_64",
            "platform_system": "Linux",
            "sys_platform": "linux",
        }
        platforms = tuple(f"manylinux_2_{minor}_x86_64" for minor in _GLIBC)
        return Target(name, python, (*platforms, "manylinux2014_x86_64"), common | own)
    message = f"No kit is made for {name}; there are win_amd64 and linux_x86_64."
    raise ValueError(message)


@dataclass(frozen=True)
class Wheel:
    """A wheel, and what its metadata say."""

    path: Path
    name: str
    version: str
    tags: frozenset[Tag]
    requires: tuple[Requirement, ...]
    requires_python: str
    extras: frozenset[str]
    licence: str

    @property
    def sha256(self) -> str:
        """The sha256 of the file."""
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


def read_wheel(path: Path) -> Wheel:
    """Return what a wheel says of itself."""
    name, version, _, tags = parse_wheel_filename(path.name)
    with zipfile.ZipFile(path) as archive:
        (metadata,) = [
            member
            for member in archive.namelist()
            if member.endswith(".dist-info/METADATA") and member.count("/") == 1
        ]
        said = HeaderParser().parsestr(archive.read(metadata).decode("utf-8"))
    return Wheel(
        path=path,
        name=name,
        version=str(version),
        tags=tags,
        requires=tuple(Requirement(line) for line in said.get_all("Requires-Dist", [])),
        requires_python=said.get("Requires-Python", ""),
        extras=frozenset(canonicalize_name(line) for line in said.get_all("Provides-Extra", [])),
        licence=_licence(said),
    )


def read_wheels(folder: Path) -> tuple[Wheel, ...]:
    """Return the wheels of a folder, by name."""
    return tuple(sorted(map(read_wheel, folder.glob("*.whl")), key=lambda wheel: wheel.name))


def needed(
    wheels: Iterable[Wheel], asked: Iterable[Requirement], target: Target
) -> tuple[tuple[Wheel, ...], tuple[str, ...]]:
    """Return the wheels that a computer needs for what is asked, and what it lacks.

    What is lacking is told as ``"colorama (for click)"``: no wheel of that name, one of
    another version, for another computer or another Python, or more than one.
    """
    by_name: dict[str, list[Wheel]] = {}
    for wheel in wheels:
        by_name.setdefault(wheel.name, []).append(wheel)
    tags = target.tags()
    found: dict[str, Wheel] = {}
    lacking: dict[str, None] = {}
    waiting = deque((requirement, "") for requirement in asked)
    looked_at: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        requirement, wanted_by = waiting.popleft()
        name = canonicalize_name(requirement.name)
        fitting = [w for w in by_name.get(name, ()) if _fits(w, requirement, target, tags)]
        if len(fitting) != 1:
            lacking[f"{_bare(requirement)} (for {wanted_by or 'the kit'})"] = None
            continue
        wheel = found.setdefault(name, fitting[0])
        extras = frozenset(canonicalize_name(extra) for extra in requirement.extras)
        if (name, extras) in looked_at:
            continue
        looked_at.add((name, extras))
        waiting.extend((each, name) for each in _asks(wheel, extras, target))
    return tuple(found[name] for name in sorted(found)), tuple(lacking)


def _asks(wheel: Wheel, extras: frozenset[str], target: Target) -> Iterator[Requirement]:
    """Give what a wheel requires on a computer, with some of its extras."""
    for requirement in wheel.requires:
        chosen = extras or {""}
        if requirement.marker is None or any(
            requirement.marker.evaluate({**target.markers, "extra": extra})
            for extra in {*chosen, ""}
        ):
            yield requirement


def _fits(wheel: Wheel, requirement: Requirement, target: Target, tags: frozenset[Tag]) -> bool:
    python = SpecifierSet(wheel.requires_python).contains(f"{target.python}.0")
    wanted = requirement.specifier.contains(wheel.version, prereleases=True)
    return python and wanted and not wheel.tags.isdisjoint(tags)


def _bare(requirement: Requirement) -> str:
    """Return a requirement without its marker, as pip is asked for it."""
    extras = f"[{','.join(sorted(requirement.extras))}]" if requirement.extras else ""
    return f"{requirement.name}{extras}{requirement.specifier}"


def _licence(said: Message) -> str:
    stated: str = said.get("License-Expression", "") or said.get("License", "").strip()
    if stated and "\n" not in stated and len(stated) <= _LONGEST_LICENCE:
        return stated
    classified = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    return "; ".join(classified) or "see the licence file in the wheel"
