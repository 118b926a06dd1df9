"""Every treatment of mixed income and taxes side by side, with its effect on TFP."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tfp.accounts.income_shares import IncomeShares
from tfp.accounts.periods import period_accounts
from tfp.errors import MethodError
from tfp.inputs.shares.available import available_labour_shares
from tfp.inputs.shares.holding import carried_share
from tfp.panel.findings import Finding
from tfp.panel.panel import require_panel
from tfp.results.share_range import LabourShareRange

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tfp.accounts.growth import GrowthAccounting
    from tfp.inputs.shares.household_survey import HouseholdSurvey
    from tfp.inputs.shares.labour_share import LabourShare
    from tfp.panel.panel import Panel

# A share that real figures can give; other errors are of the data or the call.
LEFT_OUT = ("labour-share-impossible", "labour-share-empty", "labour-share-year-missing")


def labour_share_range(
    panel: Panel,
    method: GrowthAccounting,
    periods: Iterable[str],
    *,
    source: str = "",
    incomes: Panel | None = None,
    hold: int | str | None = None,
    taxes_to_labour: float | None = None,
    agriculture: str | None = None,
    survey: HouseholdSurvey | None = None,
    variants: Iterable[LabourShare] | None = None,
) -> LabourShareRange:
    """Return labour's share and TFP under every treatment that the figures allow.

    Parameters
    ----------
    panel : Panel
        As growth accounts need it: output, capital and labour, breaks settled.
    method : GrowthAccounting
        How the accounts are made; its factor weights are replaced by each variant's.
    periods : iterable of str
        Such as ``["2011-2015", "2016-2019"]``.
    source : str
        Where the incomes come from; required unless `variants` are given.
    incomes : Panel, optional
        Where the incomes stand, if not in `panel`: see :meth:`LabourShare.add_to`.
    hold : int, str or "mean", optional
        The year whose share is kept for all years, or the mean; the year's own if None.
    taxes_to_labour, agriculture, survey
        As in :class:`LabourShare`; variants that need them are left out without.
    variants : iterable of LabourShare, optional
        Instead of all that the figures allow; they say themselves what they hold.

    Returns
    -------
    LabourShareRange
        A variant whose share is not inside (0, 1), or not there, is left out of those
        found by themselves and named in ``warnings``.

    Raises
    ------
    MethodError
        ``labour-share-range-empty`` where no variant is left, and those of the shares and
        the accounts.
    """
    require_panel(panel)
    origin = panel if incomes is None else incomes
    chosen = (
        available_labour_shares(
            origin,
            source=source,
            taxes_to_labour=taxes_to_labour,
            agriculture=agriculture,
            survey=survey,
            hold=hold,
        )
        if variants is None
        else tuple(variants)
    )
    labels = [periods] if isinstance(periods, str) else list(periods)
    plain = replace(method, factor_weights=IncomeShares())
    options: dict[str, object] = {}
    yearly, used, accounts, warnings = [], [], [], []
    for way in chosen:
        try:
            shares = replace(way, hold=None).shares(origin)
            weighted = way.add_to(panel, incomes=incomes)
        except MethodError as error:
            if variants is not None or error.code not in LEFT_OUT:
                raise
            warnings.append(_left_out(way, error))
            continue
        options[_code(way, options)] = way.options()
        yearly.append(carried_share(shares, origin, panel, constant=False))
        used.append(weighted.values("labour_share"))
        accounts.append(period_accounts(plain.fit(weighted), labels, uncovered="blank"))
    if not options:
        raise MethodError("labour-share-range-empty", present=sorted(origin.columns))
    return LabourShareRange(
        rows=panel.rows,
        options=options,
        labour_shares=tuple(yearly),
        used_shares=tuple(used),
        periods=tuple(accounts),
        warnings=tuple(warnings),
    )


def _code(way: LabourShare, taken: Mapping[str, object]) -> str:
    """Return a code of its own: two variants may differ in what codes do not say."""
    same = sum(code == way.code or code.startswith(f"{way.code} (") for code in taken)
    return f"{way.code} ({same + 1})" if same else way.code


def _left_out(way: LabourShare, error: MethodError) -> Finding:
    return Finding(
        code="labour-share-left-out",
        severity="warn",
        places=error.places,
        fields={"variant": way.code},
    )
