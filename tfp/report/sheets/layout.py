"""Where everything stands: columns of the sheets Data and Results, names of parameters.

An observation has the same row on Data and on Results, so that a reader who follows a
formula stays on the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tfp.inputs.capital.asset_stocks import AssetStocks
from tfp.inputs.capital.depreciation import Geometric
from tfp.inputs.capital.inventory import CapitalStocks
from tfp.language.catalogue import text
from tfp.numerics.growth import growth_rates, mean_weights
from tfp.report.data_tables import same_rows
from tfp.report.sheets.tracing import roles_behind, traced
from tfp.results.shares import growth_share
from tfp.tables.references import cell_reference, range_reference

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray
    from tfp.report.content import RunContent
    from tfp.report.sheets.tracing import Traces
    from tfp.results.growth_accounts import GrowthAccounts

FIRST_ROW = 5
MULTIPLIERS = ("hours_per_worker", "human_capital", "labour_composition")
_EXACT = 1e-12


@dataclass(frozen=True, eq=False)
class Layout:
    """The plan of the workbook of one run."""

    content: RunContent

    @property
    def accounts(self) -> GrowthAccounts:
        """The main accounts."""
        return self.content.accounts

    @property
    def language(self) -> Language:
        """The language of the workbook."""
        return self.content.language

    def sheet(self, name: str) -> str:
        """Return the name of a sheet as its tab shows it."""
        return text(f"workbook.sheet.{name}", self.language)

    @cached_property
    def inventories(self) -> dict[str, CapitalStocks]:
        """The perpetual inventories whose stock in use is an input of the accounts, by input."""
        content, found = self.content, {}
        if content.capital is not None:
            found["capital"] = content.capital
        for result in content.further_results:
            if isinstance(result, AssetStocks):
                found |= {f"capital_{asset}": own for asset, own in result.stocks.items()}
        return {name: own for name, own in found.items() if self._uses(name, own)}

    def _uses(self, name: str, stocks: object) -> bool:
        accounts = self.accounts
        if name not in accounts.factor_names or not isinstance(stocks, CapitalStocks):
            return False
        stock = stocks.panel.values("capital")
        used = accounts.inputs[accounts.factor_names.index(name)]
        return len(stock) == len(used) and np.array_equal(stock, used, equal_nan=True)

    @cached_property
    def depreciation(self) -> dict[str, FloatArray | float]:
        """Rate of depreciation of each row, or one for all, of each inventory."""
        return {
            name: Geometric(own.options["depreciation"]["rate"]).rates(own.panel)
            for name, own in self.inventories.items()
        }

    @cached_property
    def weight_names(self) -> dict[str, str]:
        """Name of the parameter that holds a factor's weight, for those that are constant."""
        names: dict[str, str] = {}
        for name, weight in zip(self.accounts.factor_names, self.accounts.weights, strict=True):
            if not isinstance(weight, np.ndarray) and not self._rest_varies(weight):
                names[name] = _free_name(f"{name}_share", names.values())
        return names

    def weight_formula(self, name: str) -> str | None:
        """Return how a constant weight follows from the others; None where it is stated.

        One factor takes what the others leave to one, so that a change of
        ``capital_share`` alone moves every result; the multipliers of labour follow it.
        """
        weights = dict(zip(self.accounts.factor_names, self.accounts.weights, strict=True))
        if name in MULTIPLIERS and "labour" in self.weight_names:
            return f"={self.weight_names['labour']}"
        others = [each for each in weights if each != name and each not in MULTIPLIERS]
        constant = all(each in self.weight_names for each in others)
        adds_up = constant and abs(1.0 - self._sum_of_main_weights()) < _EXACT
        rest = weights[name] is None or (name == "labour" and None not in weights.values())
        if not (rest and others and adds_up):
            return None
        return "=1-" + "-".join(self.weight_names[each] for each in others)

    @cached_property
    def data_columns(self) -> dict[str, int]:
        """Number of each column of Data, by its key."""
        keys = [*self._keys(), "output"]
        for name, rate in self.depreciation.items():
            keys.append(f"investment:{name}")
            if isinstance(rate, np.ndarray):
                keys.append(f"depreciation:{name}")
        keys += [f"input:{name}" for name in self.data_inputs]
        keys += [f"weight:{name}" for name in self.varying_weights]
        if self.accounts.pure_profit_share is not None:
            keys.append("pure_profit")
        keys += [f"raw:{role}" for role in self.roles_as_read]
        if any(self.accounts.statuses):
            keys.append("status")
        return {key: column for column, key in enumerate(keys, start=1)}

    @cached_property
    def result_columns(self) -> dict[str, int]:
        """Number of each column of Results, by its key."""
        accounts = self.accounts
        keys = self._keys()
        for name in self.inventories:
            keys += [f"stock_at_end:{name}", f"stock:{name}"]
        keys += [f"growth:{name}" for name in ("output", *accounts.factor_names)]
        keys += [f"weight:{name}" for name in self.varying_weights]
        keys += [f"points:{term}" for term in accounts.term_names]
        keys += [f"share:{term}" for term in accounts.term_names]
        keys.append("level")
        return {key: column for column, key in enumerate(keys, start=1)}

    @property
    def data_inputs(self) -> tuple[str, ...]:
        """The inputs that are data; capital by inventory is a result."""
        return tuple(n for n in self.accounts.factor_names if n not in self.inventories)

    @property
    def varying_weights(self) -> tuple[str, ...]:
        """The factors whose weights change from row to row."""
        return tuple(n for n in self.accounts.factor_names if n not in self.weight_names)

    @cached_property
    def changed_roles(self) -> tuple[str, ...]:
        """Roles whose values were filled or spliced after they were read."""
        raw, used = self.content.raw_panel, self.content.panel
        if raw is None or used is None or not same_rows(raw.rows, used.rows):
            return ()
        return tuple(
            role
            for role, column in raw.columns.items()
            if role in used.columns
            and not np.array_equal(column.values, used.values(role), equal_nan=True)
        )

    @cached_property
    def roles(self) -> dict[str, str]:
        """Role in the panel of each column of Data that holds figures of one."""
        panel = self.content.panel
        known = () if panel is None else tuple(panel.columns)
        found = {"output": "output"}
        for name in self.inventories:
            own = name.removeprefix("capital").replace("_", ":", 1)
            found |= {f"investment:{name}": f"investment{own}"}
            rates = (f"depreciation_rate{own}", "depreciation_rate")
            found |= {f"depreciation:{name}": role for role in rates[::-1] if role in known}
        for name in self.data_inputs:
            names = (name, name.replace("capital_", "capital:", 1), f"further_inputs:{name}")
            found |= {f"input:{name}": role for role in names if role in known}
        return {key: role for key, role in found.items() if role in known}

    @cached_property
    def roles_as_read(self) -> tuple[str, ...]:
        """Roles of which Data shows the figures as read, beside what became of them."""
        behind = roles_behind(self.content, tuple(self.roles.values()))
        return tuple(dict.fromkeys((*self.changed_roles, *behind)))

    @cached_property
    def traces(self) -> Traces:
        """How the figures of Data follow from those as read."""
        roles = tuple(dict.fromkeys(self.roles.values()))
        return traced(self.content, roles, lambda role, row: self.data_cell(f"raw:{role}", row))

    def data_formula(self, key: str, row: int) -> str | None:
        """Return how a figure of Data follows from those as read; None where it is stated."""
        formulas = self.traces.formulas.get(self.roles.get(key, ""))
        return None if formulas is None else formulas[row]

    @cached_property
    def untraced(self) -> tuple[str, ...]:
        """Columns of Data with a figure that was made of others in a way not repeated there."""
        values = self.data_values
        return tuple(
            key
            for key, role in self.roles.items()
            if key in self.data_columns
            and any(
                formula is None and not np.isnan(value)
                for formula, value in zip(
                    self.traces.formulas.get(role, ()), values[key].tolist(), strict=False
                )
            )
        )

    @cached_property
    def data_values(self) -> dict[str, FloatArray]:
        """The numbers of every column of Data, in row order."""
        accounts, raw = self.accounts, self.content.raw_panel
        found: dict[str, FloatArray] = {"output": accounts.output}
        for name, own in self.inventories.items():
            found[f"investment:{name}"] = own.panel.values("investment")
            found[f"depreciation:{name}"] = np.asarray(self.depreciation[name])
        for name, level, weight in zip(
            accounts.factor_names, accounts.inputs, accounts.weight_arrays, strict=True
        ):
            found[f"input:{name}"] = level
            found[f"weight:{name}"] = weight
        if accounts.pure_profit_share is not None:
            found["pure_profit"] = accounts.pure_profit_share
        if raw is not None:
            found |= {f"raw:{role}": raw.values(role) for role in self.roles_as_read}
        return found

    @cached_property
    def figures(self) -> dict[str, FloatArray]:
        """The engine's figure for every column of Results, in the unit shown, (n,) each."""
        accounts = self.accounts
        rows = accounts.rows
        found: dict[str, FloatArray] = {}
        for name, own in self.inventories.items():
            found[f"stock_at_end:{name}"] = own.end_of_year
            found[f"stock:{name}"] = own.panel.values("capital")
        found["growth:output"] = 100.0 * accounts.total
        for name, level in zip(accounts.factor_names, accounts.inputs, strict=True):
            found[f"growth:{name}"] = 100.0 * growth_rates(level, rows.breaks, accounts.rates)
        arrays = dict(zip(accounts.factor_names, accounts.weight_arrays, strict=True))
        for name in self.varying_weights:
            found[f"weight:{name}"] = mean_weights(arrays[name], rows.breaks, accounts.share_timing)
        for name, term in zip(accounts.term_names, accounts.terms, strict=True):
            found[f"points:{name}"] = 100.0 * term
            found[f"share:{name}"] = growth_share(term, accounts.total, accounts.blank_reasons)
        found["level"] = accounts.tfp_level()
        return found

    def data_cell(self, key: str, row: int) -> str:
        """Return the address on Data of a figure of a row of the accounts."""
        return cell_reference(FIRST_ROW + row, self.data_columns[key], sheet=self.sheet("data"))

    def result_cell(self, key: str, row: int, *, outside: bool = False) -> str:
        """Return the address on Results of a figure, with the sheet if from outside."""
        sheet = self.sheet("results") if outside else None
        return cell_reference(FIRST_ROW + row, self.result_columns[key], sheet=sheet)

    def level_cell(self, name: str, row: int, *, outside: bool = False) -> str:
        """Return the address of the level of output or of an input."""
        if name == "output":
            return self.data_cell("output", row)
        if name in self.inventories:
            return self.result_cell(f"stock:{name}", row, outside=outside)
        return self.data_cell(f"input:{name}", row)

    def level_range(self, name: str, first: int, last: int) -> str:
        """Return the addresses of a level over some rows, for another sheet."""
        if name == "output":
            key, sheet, columns = "output", "data", self.data_columns
        elif name in self.inventories:
            key, sheet, columns = f"stock:{name}", "results", self.result_columns
        else:
            key, sheet, columns = f"input:{name}", "data", self.data_columns
        return self._range(sheet, columns[key], first, last)

    def result_range(self, key: str, first: int, last: int) -> str:
        """Return the addresses of a column of Results over some rows, for another sheet."""
        return self._range("results", self.result_columns[key], first, last)

    def _range(self, sheet: str, column: int, first: int, last: int) -> str:
        return range_reference(
            (FIRST_ROW + first, column), (FIRST_ROW + last, column), sheet=self.sheet(sheet)
        )

    def _keys(self) -> list[str]:
        return ["year"] if self.accounts.rows.entity_name is None else ["entity", "year"]

    def _rest_varies(self, weight: FloatArray | float | None) -> bool:
        """Whether a weight is what varying weights leave to one."""
        return weight is None and any(isinstance(w, np.ndarray) for w in self.accounts.weights)

    def _sum_of_main_weights(self) -> float:
        arrays = zip(self.accounts.factor_names, self.accounts.weight_arrays, strict=True)
        return float(sum(array[0] for name, array in arrays if name not in MULTIPLIERS))


def _free_name(wanted: str, taken: object) -> str:
    """Return a name that a spreadsheet takes, different from those taken."""
    name = re.sub(r"\W", "_", wanted)
    name = name if re.match(r"[^\W\d]", name) else f"_{name}"
    used = {each.casefold() for each in taken}  # type: ignore[attr-defined]  # an iterable of names
    number, free = 1, name
    while free.casefold() in used:
        number += 1
        free = f"{name}_{number}"
    return free
