"""``tfp new``: a folder with an empty plan, to be filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import OutputError, Place
from tfp.language.catalogue import text
from tfp.workflow.exercise.files import exercise_files
from tfp.workflow.folders.disk import Disk
from tfp.workflow.folders.whole_folder import add_files, write_whole_folder
from tfp.workflow.forms.template.form import figures_bytes, form_bytes
from tfp.workflow.forms.template.toml_form import toml_form_bytes
from tfp.workflow.plans.plan_file import PLAN_NAME
from tfp.workflow.plans.plan_folder import FORM_NAMES, PLAN_NAMES

if TYPE_CHECKING:
    from pathlib import Path

    from tfp.language.catalogue import Language


def new_files(language: Language, *, toml: bool = False) -> dict[str, bytes]:
    """Return the files of an empty plan by their names, the plan itself last.

    Parameters
    ----------
    language : {"en", "vi"}
    toml : bool
        As ``tfp.toml`` with a workbook for the figures, in place of one Excel form.
    """
    if not toml:
        return {FORM_NAMES[language]: form_bytes(language)}
    figures = text("template.file.figures", language)
    return {figures: figures_bytes(language), PLAN_NAME: toml_form_bytes(language)}


def write_new(
    folder: Path,
    language: Language,
    *,
    toml: bool = False,
    exercise: bool = False,
    disk: Disk | None = None,
) -> tuple[str, ...]:
    """Write an empty plan into `folder`, all its files or none, over nothing that is there.

    Parameters
    ----------
    folder : Path
        Absent, or a folder without a plan.
    language : {"en", "vi"}
    toml : bool
        As :func:`new_files`.
    exercise : bool
        The training exercise in place of an empty plan.
    disk : Disk, optional
        The file system.

    Returns
    -------
    tuple of str
        The names of the files, the plan last.

    Raises
    ------
    OutputError
        ``new-folder-taken``, ``out-parent-missing``, ``out-is-file``, ``results-not-written``.
    """
    disk = disk or Disk()
    files = exercise_files(language) if exercise else new_files(language, toml=toml)
    *_, plan = files
    where = [Place(file=folder.name)]
    try:
        if not folder.parent.is_dir():
            raise OutputError("out-parent-missing", places=where, folder=folder.name)
        if folder.is_file():
            raise OutputError("out-is-file", places=where, folder=folder.name)
        present = {path.name for path in folder.iterdir()} if folder.exists() else set()
        taken = sorted(present & {*PLAN_NAMES, *files})
        if taken:
            raise OutputError("new-folder-taken", places=where, folder=folder.name, names=taken)
        write = add_files if present else write_whole_folder
        write(folder, files, plan, disk)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError("results-not-written", places=where, reason=reason) from error
    return tuple(files)
