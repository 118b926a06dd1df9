"""The plan of a folder: ``tfp.toml``, or a form that was filled in with a spreadsheet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.errors import Place, PlanError, nearest
from tfp.workflow.forms.excel_plan import language_of_form, read_form
from tfp.workflow.forms.form_gaps import check_filled
from tfp.workflow.log import LOG_NAME
from tfp.workflow.plans.plan_file import PLAN_NAME, check_folder
from tfp.workflow.plans.plan_reading import language_of, plan_of, read_plan
from tfp.workflow.plans.written import Written

if TYPE_CHECKING:
    from pathlib import Path

    from tfp.language.catalogue import Language
    from tfp.workflow.plans.plan import Plan

# The forms that `tfp new` writes; either is read, whatever its language.
FORM_NAMES: dict[Language, str] = {"vi": "ke-hoach.xlsx", "en": "plan.xlsx"}
PLAN_NAMES = (PLAN_NAME, *FORM_NAMES.values())


@dataclass(frozen=True)
class PlanFile:
    """The file of a plan: its name and its bytes."""

    name: str
    data: bytes

    @property
    def language(self) -> Language | None:
        """The language that it asks for, None where it cannot be told."""
        if self.name == PLAN_NAME:
            return language_of(self.data)
        spoken = {name: language for language, name in FORM_NAMES.items()}
        return language_of_form(self.data, self.name) or spoken[self.name]

    def plan(self) -> Plan:
        """Return the plan that it says.

        Raises
        ------
        PlanError
            With keys, or sheet and cell, where something is not understood.
        """
        if self.name == PLAN_NAME:
            return read_plan(self.data)
        form = read_form(self.data, self.name)
        check_filled(form)
        written = Written(self.name, form.cells)
        with written.telling():
            return plan_of(form.tables, written)


def find_plan(folder: Path) -> PlanFile:
    """Return the one plan that stands in a folder.

    Raises
    ------
    PlanError
        ``plan-folder-not-found``, ``plan-not-found``, ``form-in-old-format``,
        ``form-beside-plan``, ``plan-unreadable``.
    """
    check_folder(folder)
    names: list[str] = []
    with suppress(OSError):
        names = [each.name for each in folder.iterdir() if each.name != LOG_NAME]
    present = [name for name in PLAN_NAMES if (folder / name).is_file()]
    if len(present) > 1:
        raise PlanError(
            "form-beside-plan", places=[Place(file=name) for name in present], names=present
        )
    if not present:
        for name in FORM_NAMES.values():
            old = name.removesuffix("x")
            if old in names:
                raise PlanError("form-in-old-format", places=[Place(file=old)], file=old, plan=name)
        plan = " / ".join(PLAN_NAMES)
        near = next((name for each in PLAN_NAMES if (name := nearest(each, names))), "")
        raise PlanError(
            "plan-not-found", folder=folder.name or str(folder), plan=plan, nearest=near
        )
    (name,) = present
    try:
        return PlanFile(name, (folder / name).read_bytes())
    except OSError as error:
        reason = error.strerror or str(error)
        raise PlanError("plan-unreadable", places=[Place(file=name)], reason=reason) from error
