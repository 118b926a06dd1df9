"""Formulas of averages over several years, from the rows of Data and Results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.report.sheets.layout import FIRST_ROW
from tfp.tables.references import range_reference

if TYPE_CHECKING:
    from tfp.report.sheets.layout import Layout
    from tfp.results.decomposition import PeriodAverage


@dataclass(frozen=True, eq=False)
class Averaging:
    """Averages over rows `first` to `last` of the accounts, by one method.

    Where the method takes the growth rates that Results shows, its formulas rest on
    those cells; where it takes the other kind of rate, on the levels.
    """

    layout: Layout
    average: PeriodAverage
    first: int
    last: int

    @property
    def restated(self) -> bool:
        """Whether the average takes another kind of rate than Results shows."""
        return (self.average == "log") != (self.layout.accounts.rates == "log")

    def growth(self) -> str:
        """Return the mean growth of output, in points, without the equals sign."""
        if not self.restated:
            return self._mean(self.layout.result_range("growth:output", self.first, self.last))
        return self._mean(f"100*{self._rates('output')}", computed=True)

    def contribution(self, name: str) -> str:
        """Return the mean contribution of an input, in points."""
        if not self.restated:
            return self._mean(self.layout.result_range(f"points:{name}", self.first, self.last))
        weight = self.layout.weight_names.get(name)
        if weight is None:
            weight = self.layout.result_range(f"weight:{name}", self.first, self.last)
        return self._mean(f"100*{weight}*{self._rates(name)}", computed=True)

    def geometric(self) -> str:
        """Return the geometric mean growth of output in per cent."""
        now = self.layout.level_cell("output", self.last, outside=True)
        before = self.layout.level_cell("output", self.first - 1, outside=True)
        return f"100*(({now}/{before})^(1/{self._years})-1)"

    @property
    def _years(self) -> int:
        return self.last - self.first + 1

    def _rates(self, name: str) -> str:
        now = self.layout.level_range(name, self.first, self.last)
        before = self.layout.level_range(name, self.first - 1, self.last - 1)
        return f"LN({now}/{before})" if self.average == "log" else f"({now}/{before}-1)"

    def _mean(self, yearly: str, *, computed: bool = False) -> str:
        """Return the average of yearly figures, a range or an expression over ranges."""
        if self.average == "increments":
            column = self.layout.data_columns["output"]
            before = range_reference(
                (FIRST_ROW + self.first - 1, column),
                (FIRST_ROW + self.last - 1, column),
                sheet=self.layout.sheet("data"),
            )
            joined = f"({yearly})*{before}" if computed else f"{yearly},{before}"
            return f"SUMPRODUCT({joined})/SUM({before})"
        if computed:
            return f"SUMPRODUCT({yearly})/{self._years}"
        return f"AVERAGE({yearly})"
