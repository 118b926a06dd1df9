r"""Labour composition: what shifts between groups of workers add to labour input.

.. math:: \Delta \log Q_t = \sum_g \bar v_{g,t}\, \Delta \log h_{g,t} - \Delta \log \sum_g h_{g,t}

with persons or hours :math:`h_g` of each group and the mean :math:`\bar v_g` of its shares in
the wage bill of this and the previous period (Törnqvist). Growth of labour input is growth of
persons, or hours, plus growth of composition.

Assumptions
-----------
Wages are marginal products: a group that earns twice as much an hour contributes twice as
much. Where wages pay for union, sector or sex instead, composition holds that too.

References
----------
Jorgenson, D. W., Gollop, F. M. and Fraumeni, B. M. (1987). *Productivity and U.S. Economic
Growth*. Harvard University Press.
OECD (2001). *Measuring Productivity*. https://doi.org/10.1787/9789264194519-en
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.fractions import check_fraction, is_fraction, is_per_cent
from tfp.numerics.labour_composition import composition_change
from tfp.panel.deriving import marks_of
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

NewGroups = Literal["refuse", "matched"]
Total = Literal["groups", "labour"]
HumanCapital = Literal["refuse", "beside"]
ROUNDING = 5e-4  # relative, of a total against groups published in whole thousands
WHOLE = 100.0
LARGEST_PREMIUM = 3.0  # nowhere do the trained earn four times what the others do


def labour_composition(
    panel: Panel,
    *,
    relative_wages: Mapping[str, float] | None = None,
    new_groups: NewGroups = "refuse",
    total: Total = "groups",
    human_capital: HumanCapital = "refuse",
    source: str,
) -> Panel:
    """Return the panel with the roles ``labour`` and ``labour_composition``.

    Parameters
    ----------
    panel : Panel
        With ``labour_by_group``, persons or hours of each group, and
        ``labour_income_by_group``, what each earns. A row without any group has no index.
    relative_wages : mapping of str to float, optional
        Instead of incomes, the wage of each group in one year, in any unit: a wage
        structure held constant, which the ledger calls an assumption.
    new_groups : {"refuse", "matched"}
        What becomes of a group that is zero in one period and not in the next: an error,
        or an index over the groups that are there in both.
    total : {"groups", "labour"}
        Whether labour is the sum of the groups, which a column of labour must agree with,
        or the panel's own column, which stays: of another source, or spliced.
    human_capital : {"refuse", "beside"}
        What happens where the panel has human capital: an error, since education would
        count twice; or both stand, because the groups are not of education.
    source : str
        Where the groups and wages come from; required.

    Returns
    -------
    Panel
        Composition is an index, 1 in the first row of each entity. Across years without
        rows it is chained directly; accounts take no growth there.

    Raises
    ------
    MethodError
        ``source-required``, ``groups-missing``, ``group-incomes-missing``,
        ``group-cells-missing``, ``group-negative``, ``group-new``,
        ``labour-not-sum-of-groups``, ``groups-in-per-cent``, ``composition-present``,
        ``composition-beside-human-capital``, ``wages-not-positive``, ``levels-unknown``.

    Examples
    --------
    >>> from tfp.panel.panel import Panel
    >>> panel = Panel(
    ...     {"year": [2020, 2021], "low": [60.0, 50.0], "high": [40.0, 50.0]},
    ...     time="year", labour_by_group={"untrained": "low", "trained": "high"},
    ... )
    >>> wages = {"untrained": 1.0, "trained": 1.5}
    >>> panel = labour_composition(panel, relative_wages=wages, source="survey")
    >>> panel.frame[["labour", "labour_composition"]].round(4)
          labour  labour_composition
    year
    2020   100.0              1.0000
    2021   100.0              1.0415
    """
    require_panel(panel)
    check_choice("new_groups", new_groups, ("refuse", "matched"))
    check_choice("total", total, ("groups", "labour"))
    check_source(source, "labour_composition")
    _check_human_capital(panel, human_capital)
    groups = tuple(panel.several("labour_by_group"))
    if not groups:
        raise MethodError("groups-missing", present=sorted(panel.columns))
    if total == "groups":
        _check_persons(panel, groups)
    quantities = np.array([panel.values(f"labour_by_group:{group}") for group in groups])
    if relative_wages is None:
        values = _incomes(panel, groups)
    else:
        values = quantities * _relative(relative_wages, groups)[:, None]
    rows = _known_rows(panel, groups, quantities, values)
    if new_groups == "refuse":
        _check_new(panel, groups, quantities, rows)
    index = composition_index(panel, quantities, values, rows)
    panel = _with_labour(panel, groups, quantities, total, source)
    return with_composition(
        panel,
        index,
        rows,
        like=_of_groups(panel, groups, incomes=relative_wages is None),
        cause="composition_held" if relative_wages is not None else "composition",
        figure=f"new_groups_{new_groups}",
        fields={"groups": ", ".join(groups)} | _beside(panel),
        source=source,
    )


def trained_composition(
    panel: Panel, *, premium: float, human_capital: HumanCapital = "refuse", source: str
) -> Panel:
    r"""Return the panel with the composition that follows from the share of trained workers.

    Two groups, trained (:math:`\tau L`, wage :math:`1 + p`) and untrained, in the formula of
    :func:`labour_composition`.

    Parameters
    ----------
    panel : Panel
        With ``trained_share``, in per cent as published.
    premium : float
        What a trained worker earns beyond an untrained one: 0.40 is forty per cent.
    human_capital : {"refuse", "beside"}
        As in :func:`labour_composition`.
    source : str
        Where the premium comes from; required.

    Raises
    ------
    MethodError
        ``source-required``, ``premium-impossible``, ``fraction-in-per-cent``,
        ``trained-share-outside``, ``trained-share-in-fractions``,
        ``composition-present``, ``composition-beside-human-capital``.
    """
    require_panel(panel)
    check_source(source, "trained_composition")
    if not -1.0 < premium < np.inf:
        raise MethodError("premium-impossible", premium=float(premium))
    check_fraction("premium", premium, most=LARGEST_PREMIUM)
    _check_human_capital(panel, human_capital)
    column = panel.column("trained_share")
    _check_per_cent(panel, column)
    trained = column.values / WHOLE
    outside = np.flatnonzero((trained <= 0.0) | (trained >= 1.0))
    if len(outside):
        raise MethodError(
            "trained-share-outside",
            places=panel.rows.places(outside[:6], column.name),
            value=float(column.values[outside[0]]),
            count=len(outside),
        )
    quantities = np.array([trained, 1.0 - trained])
    values = quantities * np.array([[1.0 + premium], [1.0]])
    rows = np.flatnonzero(~np.isnan(trained))
    return with_composition(
        panel,
        composition_index(panel, quantities, values, rows),
        rows,
        like=column,
        cause="composition_trained",
        figure="premium",
        fields={"premium": WHOLE * premium} | _beside(panel),
        source=source,
    )


def composition_index(
    panel: Panel, quantities: FloatArray, values: FloatArray, rows: IntArray
) -> FloatArray:
    """Return the index in all rows of a panel, 1 in the first known row of each entity."""
    codes = panel.rows.codes[rows]
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    change = composition_change(quantities[:, rows], values[:, rows], starts)
    change[starts] = 0.0
    chained = np.cumsum(change)
    lengths = np.diff(np.append(starts, len(rows)))
    index = np.full(len(panel), np.nan)
    index[rows] = np.exp(chained - np.repeat(chained[starts], lengths))
    return index


def with_composition(
    panel: Panel,
    index: FloatArray,
    rows: IntArray,
    *,
    like: Column,
    cause: str,
    figure: str,
    fields: dict[str, object],
    source: str,
) -> Panel:
    """Return the panel with an index of composition, and say in its ledger how it was made.

    What changes the definition of the groups changes that of the index: growth is not
    taken across it unless it is spliced or accepted.
    """
    derived = any(
        entry.action == "derived" and entry.role == "labour_composition" for entry in panel.ledger
    )
    if panel.has("labour_composition") and not derived:
        raise MethodError("composition-present", column=panel.column("labour_composition").name)
    entry = LedgerEntry(
        action="derived",
        role="labour_composition",
        rows=panel.rows.keys(rows),
        cause=cause,
        figure=figure,
        fields=fields,
        source=source,
    )
    role = "labour_composition"
    column = replace(like, role=role, name=role, values=index, unit=None)
    return panel.with_column(column, entry)


def _of_groups(panel: Panel, groups: tuple[str, ...], *, incomes: bool) -> Column:
    """Return the first group with the marks of all, and of what they earn."""
    parents = [panel.column(f"labour_by_group:{group}") for group in groups]
    if incomes:
        parents += [panel.column(f"labour_income_by_group:{group}") for group in groups]
    return replace(parents[0], **marks_of(parents))


def check_source(source: str, what: str) -> None:
    """Refuse a figure that nobody answers for."""
    if not source.strip():
        raise MethodError("source-required", what=what)


def check_levels(stated: Mapping[str, float], groups: tuple[str, ...]) -> None:
    """Refuse figures of groups that are not in the panel: they would do nothing."""
    unknown = [group for group in stated if group not in groups]
    if unknown:
        raise MethodError("levels-unknown", levels=unknown, known=list(groups))


def _incomes(panel: Panel, groups: tuple[str, ...]) -> FloatArray:
    absent = [group for group in groups if not panel.has(f"labour_income_by_group:{group}")]
    if absent:
        raise MethodError("group-incomes-missing", groups=absent)
    return np.array([panel.values(f"labour_income_by_group:{group}") for group in groups])


def _relative(wages: Mapping[str, float], groups: tuple[str, ...]) -> FloatArray:
    absent = [group for group in groups if group not in wages]
    if absent:
        raise MethodError("group-incomes-missing", groups=absent)
    check_levels(wages, groups)
    given = np.array([float(wages[group]) for group in groups])
    wrong = [group for group, wage in zip(groups, given, strict=True) if not 0.0 < wage < np.inf]
    if wrong:
        raise MethodError("wages-not-positive", groups=wrong)
    return given


def _check_persons(panel: Panel, groups: tuple[str, ...]) -> None:
    """Refuse to take a sum of per cents for labour."""
    for group in groups:
        unit = panel.column(f"labour_by_group:{group}").unit
        if is_per_cent(unit):
            raise MethodError("groups-in-per-cent", unit=str(unit))


def _check_human_capital(panel: Panel, human_capital: HumanCapital) -> None:
    check_choice("human_capital", human_capital, ("refuse", "beside"))
    if human_capital == "refuse" and panel.has("human_capital"):
        raise MethodError(
            "composition-beside-human-capital", column=panel.column("human_capital").name
        )


def _beside(panel: Panel) -> dict[str, object]:
    """Return what the ledger keeps where human capital was declared to be another thing."""
    return {"beside_human_capital": True} if panel.has("human_capital") else {}


def _check_per_cent(panel: Panel, trained: Column) -> None:
    """Refuse a share of trained workers in fractions, declared or by all of its values."""
    known = trained.values[~np.isnan(trained.values)]
    largest = float(known.max(initial=-np.inf))
    if is_fraction(trained.unit) or -np.inf < largest <= 1.0:
        raise MethodError(
            "trained-share-in-fractions",
            places=panel.rows.places(np.flatnonzero(~np.isnan(trained.values))[:6], trained.name),
            value=largest,
            declared=f" ({trained.unit})" if trained.unit else "",
            per_cent=WHOLE * largest,
        )


def _known_rows(
    panel: Panel, groups: tuple[str, ...], quantities: FloatArray, values: FloatArray
) -> IntArray:
    """Return the rows that have all groups; refuse those that have some."""
    cells = np.concatenate([quantities, values])
    absent = np.isnan(cells)
    partly = np.flatnonzero(absent.any(axis=0) & ~absent.all(axis=0))
    if len(partly):
        row = int(partly[0])
        group = groups[int(np.argmax(absent[:, row])) % len(groups)]
        raise MethodError(
            "group-cells-missing",
            places=panel.rows.places(partly[:6]),
            group=group,
            count=int(absent[:, partly].sum()),
        )
    rows = np.flatnonzero(~absent.any(axis=0))
    negative = rows[(cells[:, rows] < 0.0).any(axis=0)]
    if len(negative):
        raise MethodError(
            "group-negative", places=panel.rows.places(negative[:6]), count=len(negative)
        )
    return rows


def _check_new(
    panel: Panel, groups: tuple[str, ...], quantities: FloatArray, rows: IntArray
) -> None:
    zero = quantities[:, rows] == 0.0
    same = panel.rows.codes[rows][1:] == panel.rows.codes[rows][:-1]
    changed = (zero[:, 1:] != zero[:, :-1]) & same
    at = np.flatnonzero(changed.any(axis=0))
    if len(at):
        group = groups[int(np.argmax(changed[:, at[0]]))]
        raise MethodError(
            "group-new", places=panel.rows.places(rows[at + 1][:6]), group=group, count=len(at)
        )


def _with_labour(
    panel: Panel, groups: tuple[str, ...], quantities: FloatArray, total: Total, source: str
) -> Panel:
    """Return the panel with the sum of the groups as its labour, where it has none."""
    summed = quantities.sum(axis=0)
    if panel.has("labour"):
        labour = panel.column("labour")
        off = np.flatnonzero(np.abs(labour.values / summed - 1.0) > ROUNDING)
        if total == "groups" and len(off):
            row = int(off[0])
            raise MethodError(
                "labour-not-sum-of-groups",
                places=panel.rows.places(off[:6], labour.name),
                labour=float(labour.values[row]),
                total=float(summed[row]),
                count=len(off),
            )
        return panel
    if total == "labour":
        panel.column("labour")
    entry = LedgerEntry(
        action="derived",
        role="labour",
        rows=panel.rows.keys(np.flatnonzero(~np.isnan(summed))),
        cause="sum_of_groups",
        fields={"groups": ", ".join(groups)},
        source=source,
    )
    parents = [panel.column(f"labour_by_group:{group}") for group in groups]
    summed_up = replace(parents[0], role="labour", name="labour", values=summed)
    return panel.with_column(replace(summed_up, **marks_of(parents)), entry)
