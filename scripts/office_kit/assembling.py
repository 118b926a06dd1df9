"""From wheels to one zip: texts, locked requirements, licences, checksums.

The same wheels give the same bytes: names are sorted, and no clock is asked.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from wheels import needed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wheels import Target, Wheel

CONTENTS = Path(__file__).with_name("contents")
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can tell
START_PAGE = "BAT-DAU-TU-DAY.html"
# Where each text of `contents` goes, and which line ends its reader expects.
TEXTS = {
    "tfp.cmd": ("tfp.cmd", "\r\n"),
    "no-python.txt": ("kit/no-python.txt", "\r\n"),
    "start.py": ("kit/start.py", "\n"),
    "start-page.html": (START_PAGE, "\n"),
}
_FOR_WINDOWS = ("tfp.cmd", "no-python.txt")


@dataclass(frozen=True)
class PythonArchive:
    """The embedded Python for Windows: its files, already checked, and its version."""

    version: str
    files: Mapping[str, bytes]


def embedded_python(path: Path, sha256: str, target: Target) -> PythonArchive:
    """Return the embedded Python for Windows, if it is the one that was meant.

    Raises
    ------
    ValueError
        If its hash is another, or it is no embedded Python of the wheels' version.
    """
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256.strip().lower():
        message = f"{path.name} has sha256 {found}, not {sha256}."
        raise ValueError(message)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        files = {name: archive.read(name) for name in names}
    number = target.python.replace(".", "")
    wanted = {"python.exe", f"python{number}.dll", f"python{number}._pth"}
    if not target.name.startswith("win") or not wanted <= set(files):
        lacking = ", ".join(sorted(wanted - set(files))) or "Windows as target"
        message = f"{path.name} is no embedded Python {target.python}: it lacks {lacking}."
        raise ValueError(message)
    return PythonArchive(target.python, files)


def kit_files(
    wheels: Sequence[Wheel],
    target: Target,
    *,
    asked: Sequence[Requirement],
    python: PythonArchive | None = None,
    template: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return every file of a kit by its path in it.

    Parameters
    ----------
    wheels
        Of tfp, of all that it requires, and of pip.
    target
        The computers that the kit is for.
    asked
        What is installed: tfp with its extras.
    python
        The Python that the kit brings; None for one that is installed there.
    template
        Files of the folder that an office starts from.

    Raises
    ------
    ValueError
        If a wheel is lacking, or one is there that nobody needs.
    """
    used, lacking = needed(wheels, [*asked, Requirement("pip")], target)
    if lacking:
        message = "The kit would lack: " + "; ".join(lacking)
        raise ValueError(message)
    idle = sorted({wheel.path.name for wheel in wheels} - {wheel.path.name for wheel in used})
    if idle:
        message = "Nobody needs: " + ", ".join(idle)
        raise ValueError(message)
    own = next(wheel for wheel in used if wheel.name == asked[0].name)
    files = {f"wheels/{wheel.path.name}": wheel.path.read_bytes() for wheel in used}
    files |= _texts(own.version, target, with_python=python is not None)
    files["kit/requirements.txt"] = _requirements(used).encode()
    files["LICENCES.txt"] = _licences(used, python).encode()
    if python is not None:
        files |= {f"python/{name}": content for name, content in python.files.items()}
    if template:
        files |= {f"template/{name}": content for name, content in template.items()}
    for name in files:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            message = f"{name} would leave the kit."
            raise ValueError(message)
    files["SHA256SUMS"] = checksums(files).encode()
    return dict(sorted(files.items()))


def checksums(files: Mapping[str, bytes]) -> str:
    """Return the sha256 of every file, one a line, as sha256sum writes them."""
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    )


def kit_name(version: str, target: Target, python: PythonArchive | None) -> str:
    """Return the name of a kit, which is that of the folder in it."""
    brings = "" if python is None else "-with-python"
    return f"tfp-kit-{version}-{target.name}-py{target.python.replace('.', '')}{brings}"


def zipped(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return files as a zip with one folder; the same files, the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in sorted(files.items()):
            member = zipfile.ZipInfo(f"{folder}/{name}", LONG_AGO)
            member.external_attr = 0o644 << 16
            member.create_system = 3
            packed = name.endswith((".whl", ".zip"))
            member.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return stream.getvalue()


def _texts(version: str, target: Target, *, with_python: bool) -> dict[str, bytes]:
    """Return the texts of the kit, filled in, each with the line ends of its reader."""
    brings = "with" if with_python else "without"
    words = {"@VERSION@": version, "@PYTHON@": target.python, "@TARGET@": target.name}
    found = {}
    for name, (place, ends) in TEXTS.items():
        if name in _FOR_WINDOWS and not target.name.startswith("win"):
            continue
        text = (CONTENTS / name).read_text(encoding="utf-8")
        for mark, word in words.items():
            text = text.replace(mark, word)
        lines = _chosen(text.splitlines(), brings)
        found[place] = "".join(line + ends for line in lines).encode()
    return found


def _chosen(lines: list[str], brings: str) -> list[str]:
    """Return the lines of a page that are for kits with, or without, a Python of their own."""
    kept, keep = [], True
    for line in lines:
        mark = line.strip()
        if mark.startswith("<!-- python: "):
            keep = mark in (f"<!-- python: {brings} -->", "<!-- python: end -->")
        elif keep:
            kept.append(line)
    return kept


def _requirements(wheels: Sequence[Wheel]) -> str:
    """Return the exact wheels that pip installs, by their hashes; pip itself stays outside."""
    return "".join(
        f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n"
        for wheel in wheels
        if wheel.name != "pip"
    )


def _licences(wheels: Sequence[Wheel], python: PythonArchive | None) -> str:
    width = max(len(f"{wheel.name} {wheel.version}") for wheel in wheels)
    lines = [
        f"{wheel.name} {wheel.version}".ljust(width) + f"  {wheel.licence}" for wheel in wheels
    ]
    if python is not None:
        lines.append(f"python {python.version}".ljust(width) + "  PSF-2.0 (python/LICENSE.txt)")
    head = (
        "Giấy phép của từng thành phần; toàn văn nằm trong chính tệp .whl.\n"
        "Licence of each part; the full text is in the .whl file itself.\n\n"
    )
    return head + "\n".join(lines) + "\n"
