"""Relations that the names of variables suggest.

The names follow one scheme, ``<what>_<prices>_<part>``: ``grdp_2010p_agri`` is the part
``agri`` of ``grdp_2010p``, GRDP at prices of 2010; ``_growth``, ``_index`` and ``_share``
before the part make it a rate. Nothing is applied that was not asked for: the suggestions
are handed to the user, who hands them to the check.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tfp.inputs.figures.relations import (
    AverageOf,
    GrowthOf,
    IncludedIn,
    IndexOf,
    JumpsIn,
    MeanOf,
    PartsOf,
    PricesOf,
    RatioOf,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.relations import Relation

# Each split: the parts that make it, and those that only some books print beside them.
SPLITS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("agri", "industry_construction", "services"), ("product_taxes",)),
    (("state", "nonstate", "fdi"), ("product_taxes",)),
    (("outlays", "fixed_assets_bought", "repair", "working_capital", "other"), ()),
)
WITHIN = (("_industry_only", "_industry_construction"),)
RATIOS = (
    RatioOf("labour_productivity_cur", "grdp_cur", "employed_15plus"),
    RatioOf("labour_productivity_2010p", "grdp_2010p", "employed_15plus"),
    RatioOf("grdp_cur_per_capita", "grdp_cur", "population"),
    RatioOf("investment_pct_grdp", "social_investment_cur", "grdp_cur"),
    RatioOf("icor", "investment_pct_grdp", "grdp_2010p_growth"),
)
LABOUR = ("employed_15plus", "labour_force_15plus")
_OUTPUT = re.compile(r"(gdp|grdp|gva)_([0-9]{4})p")
_CURRENT = re.compile(r"(gdp|grdp|gva)_cur")
_INVESTMENT = re.compile(r"(social_investment|gfcf)_(cur|[0-9]{4}p)")
_CONSTANT = re.compile(r"(.+)_([0-9]{4})p((?:_.+)?)")
_TAXED = re.compile(r"(gdp|grdp|gva|contribution_to_growth)")
_MEAN = re.compile(r"(.+_growth)_mean_([0-9]{4})_([0-9]{4})")
_RATE = re.compile(r"(.+)_(growth|index)((?:_.+)?)")
# Per cent in a year beyond which a change is looked at. Employment of a whole province
# rises and falls by one or two; with four, the change of definition shows in all but the
# most urban ones. GRDP at constant prices stays below twenty even with a new refinery.
USUAL = {
    "labour": (4.0, 10.0),
    "output": (15.0, 25.0),
    "current output": (15.0, 35.0),
    "investment": (35.0, 40.0),
}


def suggest_relations(figures: Figures) -> tuple[Relation, ...]:
    """Return the relations that the names of the variables suggest.

    Parameters
    ----------
    figures : Figures
        Named ``<what>_<prices>[_growth|_index|_share][_<part>]``, prices being ``cur`` or
        ``2010p``: ``grdp_2010p``, ``grdp_2010p_growth_agri``, ``social_investment_cur_fdi``,
        ``employed_15plus``.

    Returns
    -------
    tuple of relations
        Splits by sector, ownership and item of investment; levels with growth and indices;
        shares and productivity; current with constant prices; thresholds of jumps. Look at
        them, add and remove, then hand them to ``Figures.check``.

    Examples
    --------
    >>> from tfp.inputs.figures.collection import Figures
    >>> figures = Figures.of([])
    >>> suggest_relations(figures)
    ()
    """
    names = frozenset(figures.variables)
    makers = (_splits, _within, _rates, _ratios, _prices, _jumps)
    found = [relation for make in makers for relation in make(names)]
    return tuple(dict.fromkeys(found))


def _splits(names: frozenset[str]) -> Iterator[Relation]:
    for stem in sorted(_stems(names)):
        for required, further in SPLITS:
            parts = tuple(f"{stem}_{part}" for part in required)
            # Product taxes belong to output alone, and are somewhere even where no book at
            # hand prints them.
            optional = tuple(f"{stem}_{part}" for part in further if _TAXED.match(stem))
            if not names.issuperset(parts):
                continue
            if stem.endswith(("_growth", "_index")):
                if stem in names:
                    yield AverageOf(stem, parts + tuple(n for n in optional if n in names))
            elif stem.endswith("_share"):
                yield PartsOf(100.0, parts, optional)
            elif stem == "contribution_to_growth":
                yield PartsOf("grdp_2010p_growth", parts, optional)
            elif stem in names:
                yield PartsOf(stem, parts, optional)


def _stems(names: frozenset[str]) -> set[str]:
    firsts = tuple(f"_{required[0]}" for required, _ in SPLITS)
    return {name.removesuffix(first) for name in names for first in firsts if name.endswith(first)}


def _within(names: frozenset[str]) -> Iterator[Relation]:
    for name in sorted(names):
        for part, whole in WITHIN:
            other = name.removesuffix(part) + whole
            if name.endswith(part) and other in names:
                yield IncludedIn(name, other)
    if names.issuperset(LABOUR):
        yield IncludedIn(*LABOUR)


def _rates(names: frozenset[str]) -> Iterator[Relation]:
    for name in sorted(names):
        mean = _MEAN.fullmatch(name)
        if mean and mean[1] in names:
            yield MeanOf(name, mean[1], int(mean[2]), int(mean[3]))
        match = _RATE.fullmatch(name)
        if match and match[1] + match[3] in names:
            level = match[1] + match[3]
            yield GrowthOf(level, name) if match[2] == "growth" else IndexOf(level, name)


def _ratios(names: frozenset[str]) -> Iterator[Relation]:
    for relation in RATIOS:
        if names.issuperset((relation.ratio, relation.numerator, relation.denominator)):
            yield relation
    for name in sorted(names):
        stem, share, part = name.partition("_share_")
        if share and names.issuperset((stem, f"{stem}_{part}")):
            yield RatioOf(name, f"{stem}_{part}", stem)


def _prices(names: frozenset[str]) -> Iterator[Relation]:
    for name in sorted(names):
        match = _CONSTANT.fullmatch(name)
        if match and f"{match[1]}_cur{match[3]}" in names:
            yield PricesOf(f"{match[1]}_cur{match[3]}", name, base_year=int(match[2]))


def _jumps(names: frozenset[str]) -> Iterator[Relation]:
    for name in sorted(names):
        if name in LABOUR:
            yield JumpsIn(name, "labour", *USUAL["labour"])
        elif _OUTPUT.fullmatch(name):
            yield JumpsIn(name, "output", *USUAL["output"])
        elif _CURRENT.fullmatch(name):
            yield JumpsIn(name, "current output", *USUAL["current output"])
        elif _INVESTMENT.fullmatch(name):
            yield JumpsIn(name, "investment", *USUAL["investment"])
