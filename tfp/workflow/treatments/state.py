"""What a treatment starts from and what it leaves: the panel, and all that came with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tfp.inputs.capital.inventory import CapitalStocks
    from tfp.panel.panel import Panel
    from tfp.results.result import Result
    from tfp.workflow.data_reading import InputFile, PlanData
    from tfp.workflow.plan import Plan


@dataclass(frozen=True, eq=False)
class Around:
    """What a treatment may look at beside the panel.

    Attributes
    ----------
    plan : Plan
    data : PlanData
        The data as they were read, with the columns that have no role.
    folder : Path
        Where the plan's files stand.
    """

    plan: Plan
    data: PlanData
    folder: Path


@dataclass(frozen=True, eq=False, kw_only=True)
class Treated:
    """The data of a plan on their way to growth accounting.

    Attributes
    ----------
    panel : Panel
    capital : CapitalStocks or None
        The inventory that the capital of the panel comes from.
    results : tuple of Result
        What else was computed on the way: stocks by cohort or asset, capital services.
    files : tuple of InputFile
        Further files that were read.
    """

    panel: Panel
    capital: CapitalStocks | None = None
    results: tuple[Result, ...] = ()
    files: tuple[InputFile, ...] = ()

    def after(self, treatment: Callable[[Panel], Panel]) -> Treated:
        """Return the same after a treatment of the panel alone."""
        return replace(self, panel=treatment(self.panel))

    def with_file(self, file: InputFile) -> Treated:
        """Return the same with one more file that was read."""
        return replace(self, files=tuple(dict.fromkeys((*self.files, file))))
