"""The demonstration: a real plan with real figures, written into a folder of its own.

It is run from there like any other plan, and is a start for plans of one's own.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from tfp.datasets.national import vietnam, vietnam_old_vintage
from tfp.errors import OutputError, Place
from tfp.language.catalogue import LANGUAGES, Language
from tfp.workflow.folders.disk import Disk
from tfp.workflow.folders.whole_folder import write_whole_folder
from tfp.workflow.plans.plan_file import PLAN_NAME

if TYPE_CHECKING:
    from pathlib import Path


def demo_files(language: Language) -> dict[str, bytes]:
    """Return the plan in a language and the files that it names."""
    resources = files("tfp.datasets") / "data"
    names = (vietnam().file, vietnam_old_vintage().file)
    return {PLAN_NAME: _plan(language), **{name: (resources / name).read_bytes() for name in names}}


def write_demo(folder: Path, language: Language, disk: Disk | None = None) -> None:
    """Write the demonstration's plan and figures into `folder`, all of them or none.

    Parameters
    ----------
    folder : Path
        Absent, empty, or holding the demonstration unchanged in either language, whose
        plan is then replaced.
    language : {"en", "vi"}
    disk : Disk, optional
        The file system.

    Raises
    ------
    OutputError
        ``demo-folder-taken``, ``out-parent-missing``, ``out-is-file``,
        ``results-not-written``.
    """
    disk = disk or Disk()
    wanted = demo_files(language)
    where = [Place(file=folder.name)]
    if not folder.parent.is_dir():
        raise OutputError("out-parent-missing", places=where, folder=folder.name)
    if folder.is_file():
        raise OutputError("out-is-file", places=where, folder=folder.name)
    try:
        if not folder.exists() or not any(folder.iterdir()):
            write_whole_folder(folder, wanted, PLAN_NAME, disk)
        elif not _is_unchanged(folder, wanted):
            raise OutputError("demo-folder-taken", places=where, folder=folder.name)
        elif (folder / PLAN_NAME).read_bytes() != wanted[PLAN_NAME]:
            _replace_plan(folder, wanted[PLAN_NAME], disk)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("results-not-written", places=where, reason=reason) from error


def _replace_plan(folder: Path, plan: bytes, disk: Disk) -> None:
    beside = folder / f"{PLAN_NAME}.new"
    if beside.exists():
        disk.remove_file(beside)
    disk.write(beside, plan)
    disk.flush(beside)
    disk.rename(beside, folder / PLAN_NAME)
    disk.flush(folder)


def _is_unchanged(folder: Path, wanted: dict[str, bytes]) -> bool:
    for name, data in wanted.items():
        known = [_plan(language) for language in LANGUAGES] if name == PLAN_NAME else [data]
        path = folder / name
        if not path.is_file() or path.read_bytes() not in known:
            return False
    return True


def _plan(language: Language) -> bytes:
    return (files("tfp.workflow") / "demo" / f"{language}.toml").read_bytes()
