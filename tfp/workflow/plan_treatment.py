"""The tables of a plan that say how data become accounts; a sensitivity may replace them.

``[[fill]]``, ``[[interpolate]]``, ``[[splice]]``, ``[[accept_break]]``, ``[capital]``
and ``[method]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from tfp.accounts.presets import PRESETS
from tfp.inputs.capital.inventory import InvestmentTiming, Timing
from tfp.panel.roles import STATUSES
from tfp.results.decomposition import IndexForm, PeriodAverage, Rates, ShareTiming
from tfp.workflow.plan import (
    AcceptedBreak,
    Capital,
    Fill,
    InitialMethod,
    InitialStock,
    Interpolation,
    Method,
    ShareRule,
    Shares,
    Splice,
    Treatment,
)
from tfp.workflow.plan_data import file_name, known_role
from tfp.workflow.plan_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping

TREATMENT_KEYS = ("fill", "interpolate", "splice", "accept_break", "capital", "method")

# Keys of [capital.initial] by its method: those that must be there, those that may.
INITIAL_KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "capital_output_ratio": (("ratio", "year"), ("source",)),
    "given": (("value", "year"), ("source",)),
    "steady_state": (("years",), ("growth_of",)),
    "icor": (("year", "years"), ()),
    "earlier_vintage": (
        ("ratio", "ratio_year", "year", "file", "time", "output", "investment"),
        ("sheet", "source"),
    ),
}

# Keys of [method.shares] by its rule.
SHARE_KEYS: dict[str, tuple[str, ...]] = {
    "fixed": ("capital", "labour", "further", "by_period"),
    "labour_equivalents": ("capital", "base"),
    "income": (),
    "cost": (),
}
# The rule that a preset needs where it leaves the shares to the user.
NEEDED_RULES = {"FixedShares": "fixed", "LabourEquivalents": "labour_equivalents"}


def read_treatment(keys: Keys) -> Treatment:
    """Return the tables that say how data become accounts."""
    return Treatment(
        fill=tuple(_fill(part) for part in keys.subs("fill", Fill)),
        interpolate=tuple(_interpolation(p) for p in keys.subs("interpolate", Interpolation)),
        splice=tuple(_splice(part) for part in keys.subs("splice", Splice)),
        accept_break=tuple(_accepted(p) for p in keys.subs("accept_break", AcceptedBreak)),
        capital=_capital(keys.sub("capital", Capital)) if "capital" in keys else None,
        method=_method(keys.sub("method", Method)),
    )


def _fill(keys: Keys) -> Fill:
    way = keys.only_one("values", "from_column")
    if way == "values" and "years" in keys:
        raise keys.error("plan-key-not-with", "years", key=keys.key("years"), other="values")
    return Fill(
        role=known_role(keys, "role"),
        reason=keys.text("reason"),
        values=_values_by_year(keys) if way == "values" else None,
        from_column=keys.text("from_column") if way == "from_column" else None,
        years=keys.years("years") if way == "from_column" else None,
        source=keys.text_or_empty("source"),
        entity=keys.optional("entity", keys.text),
        status=keys.optional("status", lambda name: keys.choice(name, STATUSES)),
    )


def _values_by_year(keys: Keys) -> dict[int, float]:
    part = keys.sub("values")
    if not part.table:
        raise keys.error("plan-list-empty", "values", key=keys.key("values"))
    for year in part.table:
        if not (year.isdigit() and len(year) == len("2017")):
            raise part.error("plan-not-a-year", year, key=part.key(year), found=year)
    return {int(year): part.number(year) for year in part.table}


def _interpolation(keys: Keys) -> Interpolation:
    return Interpolation(
        role=known_role(keys, "role"),
        years=keys.years("years"),
        reason=keys.text("reason"),
        method=keys.choice("method", ("linear", "geometric"), "linear"),
        entity=keys.optional("entity", keys.text),
    )


def _splice(keys: Keys) -> Splice:
    way = keys.only_one("previous", "growth")
    return Splice(
        role=known_role(keys, "role"),
        at=keys.year("at"),
        previous=keys.positive("previous") if way == "previous" else None,
        growth=keys.number("growth", -0.99, 10.0) if way == "growth" else None,
        # An assumption must carry a name; a published figure must say where it stands.
        name=keys.text("name") if way == "growth" else keys.text_or_empty("name"),
        source=keys.text("source") if way == "previous" else keys.text_or_empty("source"),
        entity=keys.optional("entity", keys.text),
    )


def _accepted(keys: Keys) -> AcceptedBreak:
    return AcceptedBreak(
        role=known_role(keys, "role"),
        at=keys.year("at"),
        reason=keys.text("reason"),
        entity=keys.optional("entity", keys.text),
    )


def _capital(keys: Keys) -> Capital:
    keys.value("initial")
    return Capital(
        initial=_initial(keys.sub("initial", InitialStock)),
        depreciation=keys.optional("depreciation", lambda name: _fractions(keys, name)),
        timing=keys.choice("timing", get_args(Timing), "end"),
        investment_timing=keys.choice(
            "investment_timing", get_args(InvestmentTiming), "end_of_year"
        ),
    )


def _initial(keys: Keys) -> InitialStock:
    method = keys.choice("method", get_args(InitialMethod))
    required, allowed = INITIAL_KEYS[method]
    for name in keys.table:
        if name not in ("method", *required, *allowed):
            raise keys.error(
                "plan-key-not-of-method",
                name,
                key=keys.key(name),
                method=method,
                known=[*required, *allowed],
            )
    for name in required:
        keys.value(name)
    return InitialStock(
        method=method,
        year=keys.optional("year", keys.year),
        ratio=keys.optional("ratio", lambda name: _amounts(keys, name)),
        value=keys.optional("value", lambda name: _amounts(keys, name)),
        years=keys.optional("years", keys.period),
        growth_of=keys.optional(
            "growth_of", lambda name: keys.choice(name, ("investment", "output"))
        ),
        ratio_year=keys.optional("ratio_year", keys.year),
        file=keys.optional("file", lambda name: file_name(keys, name)),
        sheet=keys.optional("sheet", keys.text),
        time=keys.optional("time", keys.text),
        output=keys.optional("output", keys.text),
        investment=keys.optional("investment", keys.text),
        source=keys.text_or_empty("source"),
    )


def _method(keys: Keys) -> Method:
    preset = keys.optional("preset", lambda name: keys.choice(name, tuple(PRESETS)))
    if "shares" not in keys and (preset is None or PRESETS[preset].needs):
        raise keys.error("plan-key-missing", "shares", key=keys.key("shares"))
    shares = _shares(keys.sub("shares", Shares)) if "shares" in keys else None
    if preset is not None and shares is not None and PRESETS[preset].needs:
        needed = NEEDED_RULES[PRESETS[preset].needs]
        if shares.rule != needed:
            raise keys.error(
                "plan-word-unknown",
                "shares.rule",
                key=keys.key("shares.rule"),
                found=shares.rule,
                known=[needed],
                nearest=needed,
            )
    return Method(
        preset=preset,
        shares=shares,
        share_timing=_word(keys, "share_timing", ShareTiming),
        rates=_word(keys, "rates", Rates),
        index_form=_word(keys, "index_form", IndexForm),
        period_average=_word(keys, "period_average", PeriodAverage),
        share_threshold=keys.optional(
            "share_threshold", lambda name: keys.number(name, 0.0, 100.0)
        ),
    )


def _shares(keys: Keys) -> Shares:
    rule = keys.choice("rule", get_args(ShareRule), "fixed")
    stated = [
        name for name in ("capital", "labour", "further", "by_period", "base") if name in keys
    ]
    allowed = SHARE_KEYS[rule]
    for name in stated:
        if name not in allowed:
            raise keys.error(
                "plan-key-not-of-method", name, key=keys.key(name), method=rule, known=list(allowed)
            )
    if "by_period" in keys and len(stated) > 1:
        raise keys.error("plan-key-not-with", stated[0], key=keys.key(stated[0]), other="by_period")
    if allowed and not stated:
        raise keys.error("plan-key-missing", "capital", key=keys.key("capital"))
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
        "capital": keys.optional("capital", lambda name: _fractions(keys, name)),
        "labour": keys.optional("labour", keys.fraction),
        "further": _numbers(keys.sub("further"), Keys.fraction) or None,
    }
    return {name: value for name, value in taken.items() if value is not None}


def _fractions(keys: Keys, name: str) -> float | dict[str, float]:
    if isinstance(keys.table[name], dict):
        return _numbers(keys.sub(name), Keys.fraction)
    return keys.fraction(name)


def _amounts(keys: Keys, name: str) -> float | dict[str, float]:
    if isinstance(keys.table[name], dict):
        return _numbers(keys.sub(name), Keys.positive)
    return keys.positive(name)


def _numbers(keys: Keys, take: Any) -> dict[str, float]:
    return {name: take(keys, name) for name in keys.table}


def _word(keys: Keys, name: str, choices: Any) -> Any:
    return keys.optional(name, lambda key: keys.choice(key, get_args(choices)))


def overlaid(plan: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of a plan with those of a sensitivity in their place.

    A list of tables takes the place of the plan's. In a table, each key given takes the
    place of the plan's key and the others stay; a table inside it is taken whole.

    Examples
    --------
    >>> overlaid({"capital": {"depreciation": 0.05, "timing": "end"}, "splice": [{"at": 2021}]},
    ...          {"capital": {"timing": "mid"}, "splice": []})
    {'splice': [], 'capital': {'depreciation': 0.05, 'timing': 'mid'}}
    """
    tables = {name: plan[name] for name in TREATMENT_KEYS if name in plan}
    for name in TREATMENT_KEYS:
        if name in changes:
            both = isinstance(changes[name], dict) and isinstance(tables.get(name), dict)
            tables[name] = {**tables[name], **changes[name]} if both else changes[name]
    return tables
