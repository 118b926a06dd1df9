"""The parts of the office kit's script, and small wheels to make kits of."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

SOURCES = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCES / "scripts" / "office_kit"))


def _fake_wheel(folder, name, version="1.0", *, tag="py3-none-any", lines=()):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{version}-{tag}.whl"
    said = "\n".join(["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *lines])
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-{version}.dist-info/METADATA", said + "\n\n")
        archive.writestr(f"{name}/__init__.py", "")
    return path


@pytest.fixture
def fake_wheel():
    """Return the function that writes a wheel with some lines of metadata."""
    return _fake_wheel


@pytest.fixture
def wheelhouse(tmp_path):
    """Return a folder with all that a small tfp needs on Windows."""
    folder = tmp_path / "wheels"
    _fake_wheel(folder, "pip", "26.3", lines=["License-Expression: MIT"])
    _fake_wheel(
        folder,
        "tfp",
        lines=[
            "License-Expression: BSD-3-Clause",
            "Requires-Dist: numpy>=2.0",
            "Requires-Dist: click>=8.2",
            'Requires-Dist: typst>=0.13; extra == "pdf"',
            "Provides-Extra: pdf",
        ],
    )
    _fake_wheel(folder, "numpy", "2.4.6", tag="cp311-cp311-win_amd64")
    _fake_wheel(
        folder,
        "click",
        "8.3",
        lines=[
            'Requires-Dist: colorama; platform_system == "Windows"',
            'Requires-Dist: uvloop; sys_platform != "win32"',
            'Requires-Dist: tomli; python_version < "3.11"',
        ],
    )
    _fake_wheel(folder, "colorama", lines=["Classifier: License :: OSI Approved :: BSD License"])
    _fake_wheel(folder, "typst", "0.15.2", tag="cp38-abi3-win_amd64")
    return folder
