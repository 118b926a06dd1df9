"""``results.json``: the results of a run for other programs.

Long tables of plain values. There is no NaN: a missing number is null, and its row says
why in ``reason``. The file says in which schema it is written, and depends on nothing
but the data and the plan.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.inputs.capital.asset_stocks import AssetStocks
from tfp.report.building import all_findings

if TYPE_CHECKING:
    import pandas as pd

    from tfp.errors import Place
    from tfp.panel.findings import Finding
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.results.periods import PeriodAccounts
    from tfp.results.result import Result
    from tfp.workflow.run import Run

SCHEMA = 1
KIND = "tfp results"
Row = dict[str, Any]


def results_bytes(run: Run) -> bytes:
    """Return the file's content.

    Its tables: ``accounts`` (points and share of growth of each term, year by year),
    ``levels`` (output, inputs, weights, TFP level), ``capital``, ``inputs`` (stocks by
    cohort or asset, capital services), ``periods`` (under all averages), ``targets``,
    ``sensitivities``, ``assumptions`` (what each sensitivity changes), ``ranges``,
    ``ledger``, ``findings``.
    """
    content, accounts = run.content, run.content.accounts
    document = {
        "kind": KIND,
        "schema": SCHEMA,
        "area": content.area,
        "plan_sha256": content.plan_hash,
        "draft": list(content.draft_reasons),
        "method": {"name": accounts.provenance.method, "options": accounts.provenance.options},
        "units": {"points": "percentage points of growth", "share": "per cent of growth"},
        "accounts": accounts_rows(accounts),
        "levels": level_rows(accounts),
        "capital": _capital(run),
        "inputs": [
            {"kind": result.kind, "options": _options(result), "rows": _records(result.tidy())}
            for result in content.further_results
        ],
        "ranges": [
            {"kind": result.kind, "rows": _records(result.tidy())} for result in content.ranges
        ],
        "periods": period_rows(run, accounts),
        "targets": _target_rows(run),
        "sensitivities": [
            {"name": name, **row}
            for name, other in run.sensitivities
            for row in period_rows(run, other)
        ],
        "assumptions": [
            {
                "name": each.name,
                "changes": dict(each.changes),
                "sources": list(each.sources),
            }
            for each in content.sensitivities
        ],
        "ledger": _records(accounts.ledger),
        "findings": [_finding(finding) for finding in all_findings(content)],
    }
    return json_bytes(document)


def json_bytes(document: Any) -> bytes:
    """Return plain values as JSON, the same bytes for the same values."""
    words = json.dumps(plain(document), ensure_ascii=False, indent=1, allow_nan=False)
    return (words + "\n").encode()


def plain(value: Any) -> Any:
    """Return a value as JSON knows it: NaN as None, NumPy's numbers as Python's."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def accounts_rows(accounts: GrowthAccounts) -> list[Row]:
    """Return points and share of growth of output and each term, year by year."""
    rows = accounts.rows
    status = dict(
        zip(
            [(rows.entity_label(r), rows.time_label(r)) for r in range(len(rows))],
            accounts.statuses,
            strict=True,
        )
    )
    key, time = rows.entity_name or "area", rows.time_name
    return [
        {
            "entity": row[key],
            "time": row[time],
            "term": row["term"],
            "points": row["points"],
            "share": row["share"],
            "reason": _reason(row),
            "status": status[row[key], row[time]],
        }
        for row in _records(accounts.tidy())
    ]


def period_rows(run: Run, accounts: GrowthAccounts) -> list[Row]:
    """Return points and shares of the run's periods, under each way of averaging."""
    return [row for periods in run.periods(accounts) for row in rows_of_periods(periods)]


def rows_of_periods(periods: PeriodAccounts) -> list[Row]:
    """Return points and shares of some periods, and the geometric mean growth."""
    key = periods.entity_name or "area"
    geometric = dict(
        zip(
            zip(periods.entity, periods.period, strict=True),
            (100.0 * periods.geometric_mean).tolist(),
            strict=True,
        )
    )
    found = [
        {
            "average": periods.average,
            "entity": row[key],
            "period": row["period"],
            "term": row["term"],
            "points": row["points"],
            "share": row["share"],
            "reason": _reason(row),
        }
        for row in _records(periods.tidy())
        if row["term"] != "geometric_mean_growth"
    ]
    found += [
        {
            "average": periods.average,
            "entity": entity,
            "period": period,
            "term": "geometric_mean_growth",
            "points": value,
            "share": None,
            "reason": "not_a_term" if math.isfinite(value) else "not_available",
        }
        for (entity, period), value in geometric.items()
    ]
    return found


def _reason(row: Row) -> str:
    """Return why the share is missing; output and the like have none to be given."""
    if row["share"] is not None or row["reason"]:
        return str(row["reason"] or "")
    return "not_a_term"


def level_rows(accounts: GrowthAccounts) -> list[Row]:
    """Return output, inputs, weights and the level of TFP, year by year."""
    rows = accounts.rows
    columns = {"output": accounts.output}
    columns |= dict(zip(accounts.factor_names, accounts.inputs, strict=True))
    weights = zip(accounts.factor_names, accounts.weight_arrays, strict=True)
    columns |= {f"{name}_weight": values for name, values in weights}
    columns["tfp_level"] = accounts.tfp_level()
    return [
        {
            "entity": rows.entity_label(row),
            "time": rows.time_label(row),
            "name": name,
            "value": values[row],
            "reason": "" if math.isfinite(values[row]) else "not_available",
        }
        for name, values in columns.items()
        for row in range(len(rows))
    ]


def _capital(run: Run) -> Row | None:
    stocks = run.content.capital
    if stocks is None:
        return None
    table = stocks.stock.join(stocks.surviving_share).reset_index()
    rows = [
        {**row, "reason": "" if None not in row.values() else "before_initial_stock"}
        for row in _records(table)
    ]
    return {"options": stocks.options, "stocks": rows}


def _options(result: Result) -> Any:
    """Return the options of a result; by asset, where each has its own."""
    if isinstance(result, AssetStocks):
        return {asset: stocks.options for asset, stocks in result.stocks.items()}
    return getattr(result, "options", {})


def _target_rows(run: Run) -> list[Row]:
    comparison = run.content.comparison
    if comparison is None:
        return []
    rows = _records(comparison.tidy())
    return [{**row, "reason": row["reason"] or _no_share(row)} for row in rows]


def _no_share(row: Row) -> str:
    return "" if row["share"] is not None else str(row["outcome"])


def _finding(finding: Finding) -> Row:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "places": [_place(place) for place in finding.places],
        "fields": finding.fields,
    }


def _place(place: Place) -> Row:
    return {name: value for name, value in vars(place).items() if value is not None}


def _records(frame: pd.DataFrame) -> list[Row]:
    """Return the rows of a frame as plain values."""
    rows: list[Row] = plain(frame.to_dict("records"))
    return rows
