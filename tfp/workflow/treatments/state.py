"""What a treatment starts from and what it leaves: the panel, and all that came with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tfp.inputs.capital.cohort_inventory import CohortInventory
    from tfp.inputs.capital.inventory import CapitalStocks, PerpetualInventory
    from tfp.panel.panel import Panel
    from tfp.results.result import Result
    from tfp.results.weights import FactorWeights
    from tfp.workflow.data_reading import InputFile, PlanData
    from tfp.workflow.plans.plan import Plan


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
    weights : FactorWeights or None
        Weights of the factors that come from a file.
    inventory : PerpetualInventory, CohortInventory or None
        The inventory of all capital, and in `bare` the data that it was applied to.
    bare : Panel or None
    incomes : Panel or None
        Where the incomes of labour's share stand, if not in `panel`.
    results : tuple of Result
        What else was computed on the way: stocks by cohort or asset, capital services.
    files : tuple of InputFile
        Further files that were read.
    """

    panel: Panel
    capital: CapitalStocks | None = None
    weights: FactorWeights | None = None
    inventory: PerpetualInventory | CohortInventory | None = None
    bare: Panel | None = None
    incomes: Panel | None = None
    results: tuple[Result, ...] = ()
    files: tuple[InputFile, ...] = ()

    def after(self, treatment: Callable[[Panel], Panel]) -> Treated:
        """Return the same after a treatment of the panel alone."""
        return replace(self, panel=treatment(self.panel))

    def with_file(self, file: InputFile) -> Treated:
        """Return the same with one more file that was read."""
        return replace(self, files=tuple(dict.fromkeys((*self.files, file))))
