"""Where a plan is written: in which file, and of an Excel plan in which cells.

Errors and findings name the keys of a plan. To whoever filled in a form a key means
little: here it becomes sheet, cell and the label of the line.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from tfp.errors import Place, PlanError, TFPError
from tfp.panel.findings import Findings
from tfp.workflow.plans.plan_file import PLAN_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tfp.panel.findings import Finding

P = ParamSpec("P")
T = TypeVar("T")
_LAST_STEP = re.compile(r"(\.[^.\[\]]+|\[\d+\])$")


@dataclass(frozen=True)
class FormCell:
    """A cell of an Excel plan, and what its line is called."""

    sheet: str
    cell: str
    label: str

    @property
    def name(self) -> str:
        """The cell as a sentence names it."""
        return f"{self.sheet}!{self.cell} ({self.label})"


@dataclass(frozen=True)
class Written:
    """How a plan is written down.

    Attributes
    ----------
    file : str
        Its file.
    cells : mapping of str to FormCell
        Of an Excel plan the cell of each key.
    remarks : tuple of Finding
        What was understood although it is written in another way than plans are.
    """

    file: str = PLAN_NAME
    cells: Mapping[str, FormCell] = field(default_factory=dict)
    remarks: tuple[Finding, ...] = ()

    def cell_of(self, key: str) -> FormCell | None:
        """Return the cell of a key, else that of a key within it, else of the one around it."""
        wanted = key
        while wanted:
            if wanted in self.cells:
                return self.cells[wanted]
            for known, cell in self.cells.items():
                if known.startswith((f"{wanted}.", f"{wanted}[")):
                    return cell
            wanted = _LAST_STEP.sub("", wanted) if _LAST_STEP.search(wanted) else ""
        return None

    def called(self, key: str) -> str:
        """Return what to call a key: its cell and label, or the key where it has none."""
        cell = self.cell_of(key.strip("[]"))
        return key if cell is None else cell.name

    def place(self, key: str | None = None) -> Place:
        """Return the place of a key, or of the whole plan."""
        cell = None if key is None else self.cell_of(key)
        if cell is None:
            return Place(file=self.file, key=key)
        return Place(file=self.file, sheet=cell.sheet, cell=cell.cell, line=cell.label)

    def relocated(self, error: TFPError) -> TFPError:
        """Return an error that names cells in place of keys."""
        if not self.cells or not any(place.file == PLAN_NAME for place in error.places):
            return error
        shown = {place.sheet for place in error.places if place.cell is not None}
        told = [
            (place, self.place(place.key) if place.file == PLAN_NAME else place)
            for place in error.places
        ]
        # The cell of a figure says more than where the column of that sheet begins.
        places = [now for was, now in told if now is was or now.sheet not in shown]
        fields: dict[str, Any] = {**error.fields}
        if isinstance(fields.get("key"), str):
            fields["key"] = self.called(fields["key"])
        if isinstance(error, PlanError):
            return _in_words_of_forms(error.code, places, fields)
        return type(error)(error.code, places=places, **fields)

    def told(self, findings: Iterable[Finding]) -> Findings:
        """Return findings that speak of the form, where the plan is one."""
        return Findings(replace(each, in_form=bool(self.cells)) for each in findings)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Let the errors inside name cells in place of keys."""
        try:
            yield
        except TFPError as error:
            told = self.relocated(error)
            told.in_form = bool(self.cells)
            if told is error:
                raise
            raise told from error


def naming_cells(step: Callable[P, T]) -> Callable[P, T]:
    """Let a step of the work on a plan name cells, where the plan was filled in as a form."""

    @wraps(step)
    def told(*arguments: P.args, **options: P.kwargs) -> T:
        subject: Any = arguments[0] if arguments else next(iter(options.values()))
        with getattr(subject, "plan", subject).written.telling():
            return step(*arguments, **options)

    return told


def _in_words_of_forms(code: str, places: list[Place], fields: dict[str, Any]) -> PlanError:
    """Return an error of a plan as it is said of a form, which knows no brackets or quotes."""
    of_forms = {
        "plan-key-missing": "form-cell-empty",
        "plan-not-text": "form-cell-not-text",
        "plan-not-number": "form-cell-not-number",
        "plan-number-in-quotes": "form-cell-not-number",
        "plan-not-whole": "form-cell-not-whole",
        "plan-per-cent": "form-cell-per-cent",
        "plan-not-truth": "form-cell-not-truth",
        "plan-not-date": "form-cell-not-date",
        "plan-not-list": "form-cell-not-list",
        "plan-word-unknown": "form-cell-word-unknown",
        "plan-role-unknown": "form-cell-role-unknown",
        "plan-capital-missing": "form-cell-capital-missing",
    }
    return PlanError(of_forms.get(code, code), places=places, **fields)
