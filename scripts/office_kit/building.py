"""Build the office kit: wheels, start file, start page, checksums, in one zip."""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

from assembling import embedded_python, kit_files, kit_name, zipped
from gathering import build_own_wheel, gather, requirement_of
from wheels import target_named

SOURCES = Path(__file__).resolve().parents[2]
MEGABYTE = 1e6


def main(arguments: list[str] | None = None) -> int:
    """Build a kit, and print what is in it."""
    asked = _parsed(arguments)
    target = target_named(asked.target, asked.python_version)
    python = None
    if asked.python is not None:
        python = embedded_python(asked.python, asked.sha256, target)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        own = build_own_wheel(SOURCES, folder / "own")
        wheels = gather(own, target, folder / "wheels")
        template = _template(folder / "template")
        roots = [requirement_of(own)]
        files = kit_files(wheels, target, asked=roots, python=python, template=template)
    name = kit_name(own.version, target, python)
    asked.out.mkdir(parents=True, exist_ok=True)
    path = asked.out / f"{name}.zip"
    content = zipped(files, name)
    path.write_bytes(content)
    for each, inside in files.items():
        print(f"{len(inside):>12,}  {each}")
    brings = f"brings Python {python.version}" if python else f"needs Python {target.python}"
    without = "" if template else "; no template: this version has no command `tfp new`"
    print(f"{path}: {len(files)} files, {len(wheels)} wheels, {brings}{without}")
    print(f"{len(content) / MEGABYTE:.1f} MB, sha256 {hashlib.sha256(content).hexdigest()}")
    return 0


def _parsed(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="build_office_kit", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("dist"), help="folder of the zip")
    parser.add_argument(
        "--target", default="win_amd64", choices=("win_amd64", "linux_x86_64"),
        help="the computers that it is for",
    )  # fmt: skip
    parser.add_argument("--python-version", default="3.11", help="of the computers that it is for")
    parser.add_argument("--python", type=Path, help="embedded Python for Windows, a zip")
    parser.add_argument("--sha256", default="", help="of that zip")
    asked = parser.parse_args(arguments)
    if bool(asked.python) != bool(asked.sha256):
        parser.error("--python and --sha256 go together")
    return asked


def _template(folder: Path) -> dict[str, bytes]:
    """Return the folder that ``tfp new`` writes; nothing where the command is not there yet."""
    command = "import sys; sys.argv[0] = 'tfp'; from tfp.cli import main; sys.exit(main())"
    known = subprocess.run(
        [sys.executable, "-c", command, "new", "--help"],
        cwd=SOURCES, capture_output=True, check=False,
    )  # fmt: skip
    if known.returncode:
        return {}
    subprocess.run(
        [sys.executable, "-c", command, "new", str(folder), "--language", "vi"],
        cwd=SOURCES, capture_output=True, check=True,
    )  # fmt: skip
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


if __name__ == "__main__":
    sys.exit(main())
