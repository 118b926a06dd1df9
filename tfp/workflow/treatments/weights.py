"""The account and the weights of its factors: ``[method]`` and ``[method.shares]``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from tfp.accounts.fixed_shares import FixedShares
from tfp.accounts.growth import GrowthAccounting
from tfp.accounts.income_shares import CostShares, IncomeShares
from tfp.accounts.labour_equivalents import LabourEquivalents
from tfp.accounts.presets import PRESETS, preset
from tfp.results.decomposition import IndexForm, PeriodAverage, Rates, ShareTiming
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan_keys import Keys
from tfp.workflow.treatments.dated_shares import ShareTable, read_share_table
from tfp.workflow.treatments.labour_share import LabourIncome, read_labour_income

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.results.weights import FactorWeights

ShareRule = Literal["fixed", "table", "labour_equivalents", "labour_share", "income", "cost"]

# Keys of [method.shares] by its rule.
SHARE_KEYS: dict[str, tuple[str, ...]] = {
    "fixed": ("capital", "labour", "further", "by_period"),
    "table": ("table",),
    "labour_equivalents": ("capital", "base"),
    "labour_share": ("labour_share",),
    "income": (),
    "cost": (),
}
# The rules that go with a preset that leaves the shares to the user.
NEEDED_RULES = {
    "FixedShares": ("fixed", "table", "labour_share"),
    "LabourEquivalents": ("labour_equivalents",),
}


@dataclass(frozen=True, kw_only=True)
class Shares:
    """``[method.shares]``: the weights of the factors."""

    rule: ShareRule = "fixed"
    capital: float | Mapping[str, float] | None = None
    labour: float | None = None
    further: Mapping[str, float] | None = None
    by_period: Mapping[str, Mapping[str, Any]] | None = None
    base: int | None = None
    table: ShareTable | None = None
    labour_share: LabourIncome | None = None
    source: str = ""

    @property
    def are_given(self) -> bool:
        """Whether the plan states them, instead of the data."""
        stated = (self.capital, self.labour, self.further, self.by_period)
        return any(each is not None for each in stated)


@dataclass(frozen=True, kw_only=True)
class Method:
    """``[method]``: a preset and what differs from it."""

    preset: str | None = None
    shares: Shares | None = None
    share_timing: ShareTiming | None = None
    rates: Rates | None = None
    index_form: IndexForm | None = None
    period_average: PeriodAverage | None = None
    share_threshold: float | None = None


def read_method(keys: Keys) -> Method:
    """Return ``[method]``."""
    named = keys.optional("preset", lambda name: keys.choice(name, tuple(PRESETS)))
    if "shares" not in keys and (named is None or PRESETS[named].needs):
        raise keys.error("plan-key-missing", "shares", key=keys.key("shares"))
    shares = _shares(keys.sub("shares", Shares)) if "shares" in keys else None
    if named is not None and shares is not None and PRESETS[named].needs:
        needed = NEEDED_RULES[PRESETS[named].needs]
        if shares.rule not in needed:
            raise keys.error(
                "plan-preset-rule",
                "shares.rule",
                preset=named,
                found=shares.rule,
                known=list(needed),
                rule=needed[0],
                keys=list(SHARE_KEYS[needed[0]][:2]),
            )
    return Method(
        preset=named,
        shares=shares,
        share_timing=_word(keys, "share_timing", ShareTiming),
        rates=_word(keys, "rates", Rates),
        index_form=_word(keys, "index_form", IndexForm),
        period_average=_word(keys, "period_average", PeriodAverage),
        share_threshold=keys.optional(
            "share_threshold", lambda name: keys.number(name, 0.0, 100.0)
        ),
    )


def method_of(stated: Method, computed: FactorWeights | None = None) -> GrowthAccounting:
    """Return the method that ``[method]`` describes.

    Parameters
    ----------
    stated : Method
    computed : FactorWeights, optional
        Weights that come from a file, in place of stated ones.
    """
    with placing("method.shares"):
        weights = computed
        if weights is None and stated.shares is not None:
            weights = _weights(stated.shares)
    options: dict[str, Any] = {
        name: value
        for name in ("share_timing", "rates", "index_form", "period_average", "share_threshold")
        if (value := getattr(stated, name)) is not None
    }
    with placing("method"):
        if stated.preset is not None:
            return preset(stated.preset, factor_weights=weights, **options)
        return GrowthAccounting(factor_weights=weights or IncomeShares(), **options)


def _weights(shares: Shares) -> FactorWeights:
    if shares.rule in ("income", "labour_share"):
        return IncomeShares()
    if shares.rule == "cost":
        return CostShares()
    if shares.rule == "labour_equivalents" and isinstance(shares.capital, float):
        return LabourEquivalents(shares.capital, shares.base or 0, shares.source)
    return FixedShares(
        capital=shares.capital,
        labour=shares.labour,
        further=shares.further,
        by_period=shares.by_period,
        source=shares.source,
    )


def _shares(keys: Keys) -> Shares:
    rule = keys.choice("rule", get_args(ShareRule), "fixed")
    allowed = SHARE_KEYS[rule]
    stated = [name for name in allowed if name in keys]
    keys.check_belong(rule, (), allowed, beside=("rule", "source"))
    if "by_period" in keys and len(stated) > 1:
        raise keys.error("plan-key-not-with", stated[0], key=keys.key(stated[0]), other="by_period")
    if allowed and not stated:
        raise keys.error("plan-key-missing", allowed[0], key=keys.key(allowed[0]))
    if rule == "table":
        # Where each share comes from stands in the file.
        beside = keys.text_or_empty("source")
        table = read_share_table(keys.sub("table", ShareTable))
        return Shares(rule=rule, table=table, source=beside)
    if rule == "labour_share":
        part = keys.sub("labour_share", LabourIncome)
        # The incomes of the data are figures of somebody, whom the report must name.
        return Shares(rule=rule, labour_share=read_labour_income(part), source=keys.text("source"))
    if rule == "labour_equivalents":
        return Shares(
            rule=rule,
            capital=keys.fraction("capital"),
            base=keys.year("base"),
            source=keys.text_or_empty("source"),
        )
    return Shares(
        rule=rule,
        **_stated_shares(keys),
        by_period=_shares_by_period(keys.sub("by_period")) or None,
        source=keys.text_or_empty("source"),
    )


def _shares_by_period(keys: Keys) -> dict[str, dict[str, Any]]:
    shares = {}
    for period in keys.table:
        keys.check_period(period, period)
        shares[period] = _stated_shares(keys.sub(period, ("capital", "labour", "further")))
    return shares


def _stated_shares(keys: Keys) -> dict[str, Any]:
    taken = {
        "capital": keys.optional("capital", lambda name: keys.one_or_several(name, Keys.fraction)),
        "labour": keys.optional("labour", keys.fraction),
        "further": keys.sub("further").every(Keys.fraction) or None,
    }
    return {name: value for name, value in taken.items() if value is not None}


def _word(keys: Keys, name: str, choices: Any) -> Any:
    return keys.optional(name, lambda key: keys.choice(key, get_args(choices)))
