"""Prices: ``[[deflate]]``, ``[output]``, ``[[link_base]]`` and ``[[rebase]]``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal, get_args

from tfp.inputs.prices.chaining import PartsAt, chain_volumes
from tfp.inputs.prices.deflating import deflate, implicit_price
from tfp.inputs.prices.growth_levels import PublishedAs, levels_from_growth
from tfp.inputs.prices.linking import LINKED, link_bases
from tfp.inputs.prices.price_series import borrow_price, chain_price_index
from tfp.inputs.prices.rebasing import rebase
from tfp.workflow.data_reading import read_further
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan import Data
from tfp.workflow.plans.plan_data import read_data
from tfp.workflow.plans.plan_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tfp.panel.panel import Panel
    from tfp.workflow.treatments.state import Around, Treated

PriceIndex = Literal["one_base", "previous_year", "implicit"]


@dataclass(frozen=True, kw_only=True)
class Deflation:
    """``[[deflate]]``: a column at constant prices, from current prices and a price index.

    Attributes
    ----------
    role : str
        What is made: ``"output"``, ``"investment"`` or ``"investment:x"``.
    base : int
        The year whose prices are taken.
    index : {"one_base", "previous_year", "implicit"}
        Whether the price index has one base, has the previous year as 100, or is that
        which current and constant prices imply.
    by : str or None
        Role of another price index than the column's own.
    data : Data or None
        A further file, with the price index of another area.
    entity : str or None
        Which area of that file.
    source, reason : str
    """

    role: str
    base: int
    source: str
    index: PriceIndex = "one_base"
    by: str | None = None
    data: Data | None = None
    entity: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class FromGrowth:
    """``[output.from_growth]``: output from its published growth and the level of a year."""

    level_year: int
    source: str
    level: float | Mapping[str, float] | None = None
    published_as: PublishedAs = "per_cent"
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Chained:
    """``[output.chained]``: output as a chain volume of its parts."""

    base: int
    parts_at: PartsAt = "constant_prices"
    groups: Mapping[str, tuple[str, ...]] | None = None


@dataclass(frozen=True, kw_only=True)
class Output:
    """``[output]``: how output is obtained, where it is not a column."""

    from_growth: FromGrowth | None = None
    chained: Chained | None = None


@dataclass(frozen=True, kw_only=True)
class BaseLink:
    """``[[link_base]]``: a file with the figures of an older base year, or vintage.

    Attributes
    ----------
    roles : tuple of str
    at : int
        The link year, which both must have.
    data : Data
        The further file, described as ``[data]`` is.
    source, reason : str
    """

    at: int
    source: str
    data: Data
    roles: tuple[str, ...] = ("output",)
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Rebasing:
    """``[[rebase]]``: columns at the prices of another year."""

    roles: tuple[str, ...]
    base: int


def read_deflation(keys: Keys) -> Deflation:
    """Return one ``[[deflate]]``."""
    if "by" in keys and "data" in keys:
        raise keys.error("plan-key-not-with", "by", key=keys.key("by"), other="data")
    borrowed = "by" in keys or "data" in keys
    return Deflation(
        role=keys.role("role"),
        base=keys.year("base"),
        source=keys.text("source"),
        index=keys.choice("index", get_args(PriceIndex), "one_base"),
        by=keys.optional("by", keys.role),
        data=read_data(keys.sub("data", Data)) if "data" in keys else None,
        entity=keys.optional("entity", keys.text),
        # Another price than the column's own is an assumption, and must have its reason.
        reason=keys.text("reason") if borrowed else keys.text_or_empty("reason"),
    )


def read_output(keys: Keys) -> Output:
    """Return ``[output]``."""
    if keys.only_one("from_growth", "chained") == "chained":
        return Output(chained=_chained_output(keys.sub("chained", Chained)))
    part = keys.sub("from_growth", FromGrowth)
    return Output(
        from_growth=FromGrowth(
            level_year=part.year("level_year"),
            source=part.text("source"),
            level=part.optional("level", lambda name: part.one_or_several(name, Keys.positive)),
            published_as=part.choice("published_as", get_args(PublishedAs), "per_cent"),
            reason=part.text_or_empty("reason"),
        )
    )


def read_base_link(keys: Keys) -> BaseLink:
    """Return one ``[[link_base]]``."""
    keys.value("data")
    roles = keys.optional("roles", lambda name: keys.choices(name, LINKED))
    return BaseLink(
        roles=roles or BaseLink.roles,
        at=keys.year("at"),
        source=keys.text("source"),
        data=read_data(keys.sub("data", Data)),
        reason=keys.text_or_empty("reason"),
    )


def read_rebasing(keys: Keys) -> Rebasing:
    """Return one ``[[rebase]]``."""
    keys.texts("roles")
    return Rebasing(roles=keys.choices("roles", ("output", "investment")), base=keys.year("base"))


def price_steps(
    deflations: Sequence[Deflation],
    output: Output | None,
    links: Sequence[BaseLink],
    rebasings: Sequence[Rebasing],
    around: Around,
) -> Iterator[Callable[[Treated], Treated]]:
    """Give what is done to prices, in this order.

    First constant prices where there are none, from a price index or from growth; then
    the figures of older bases, from the latest base back, because each link starts from
    the one after it; and last the base year that all are to have.
    """
    for number, deflation in enumerate(deflations, start=1):
        yield partial(_deflated, deflation=deflation, around=around, key=f"deflate[{number}]")
    if output is not None and output.from_growth is not None:
        yield partial(_grown, stated=output.from_growth)
    if output is not None and output.chained is not None:
        yield partial(_chained_volume, stated=output.chained)
    from_latest = sorted(enumerate(links, start=1), key=lambda numbered: -numbered[1].at)
    for number, link in from_latest:
        yield partial(_linked, link=link, around=around, key=f"link_base[{number}]")
    for number, rebasing in enumerate(rebasings, start=1):
        yield partial(_rebased, rebasing=rebasing, key=f"rebase[{number}]")


def _deflated(treated: Treated, deflation: Deflation, around: Around, key: str) -> Treated:
    panel, role = treated.panel, deflation.role
    if deflation.data is not None:
        lender = read_further(around.plan, around.folder, deflation.data, f"{key}.data", area="")
        treated = treated.with_file(lender.file)
        with placing(key):
            prices = _with_index(lender.panel, deflation)
            panel = borrow_price(
                panel,
                role,
                prices,
                source=deflation.source,
                reason=deflation.reason,
                entity=deflation.entity,
                base=deflation.base,
            )
    with placing(key):
        panel = panel if deflation.data is not None else _with_index(panel, deflation)
        panel = deflate(
            panel,
            role,
            deflation.by,
            base=deflation.base,
            source=deflation.source,
            reason=deflation.reason,
        )
    return replace(treated, panel=panel)


def _with_index(panel: Panel, deflation: Deflation) -> Panel:
    """Return the panel with a price index of one base."""
    if deflation.index == "one_base":
        return panel
    role = deflation.role if deflation.by is None else deflation.by.replace("_price", "")
    if deflation.index == "implicit":
        return implicit_price(panel, role)
    return chain_price_index(panel, role)


def _grown(treated: Treated, stated: FromGrowth) -> Treated:
    with placing("output.from_growth"):
        panel = levels_from_growth(
            treated.panel,
            level_year=stated.level_year,
            source=stated.source,
            level=stated.level,
            published_as=stated.published_as,
            reason=stated.reason,
        )
    return replace(treated, panel=panel)


def _chained_output(keys: Keys) -> Chained:
    groups = keys.sub("groups")
    return Chained(
        base=keys.year("base"),
        parts_at=keys.choice("parts_at", get_args(PartsAt), "constant_prices"),
        groups=groups.every(Keys.texts) or None,
    )


def _chained_volume(treated: Treated, stated: Chained) -> Treated:
    with placing("output.chained"):
        chained = chain_volumes(
            treated.panel, base=stated.base, parts_at=stated.parts_at, groups=stated.groups
        )
    return replace(treated, panel=chained.panel)


def _linked(treated: Treated, link: BaseLink, around: Around, key: str) -> Treated:
    older = read_further(around.plan, around.folder, link.data, f"{key}.data")
    with placing(key):
        panel = link_bases(
            older.panel,
            treated.panel,
            link.roles,
            at=link.at,
            source=link.source,
            reason=link.reason,
        )
    return replace(treated.with_file(older.file), panel=panel)


def _rebased(treated: Treated, rebasing: Rebasing, key: str) -> Treated:
    with placing(key):
        return replace(treated, panel=rebase(treated.panel, rebasing.roles, rebasing.base))
