"""Investment: ``[investment]``, from what is published to gross fixed capital formation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from tfp.inputs.capital.fixed_capital_formation import Role, fixed_capital_formation
from tfp.inputs.capital.research import Accounts, separate_research
from tfp.workflow.plans.placing import placing
from tfp.workflow.plans.plan_keys import Keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.panel.panel import Panel


@dataclass(frozen=True, kw_only=True)
class Research:
    """``[investment.research]``: research and development as an asset of its own."""

    accounts: Accounts
    source: str
    research: str = "research"
    whole: str = "total"
    rest: str = "other"
    business_share: float | None = None


@dataclass(frozen=True, kw_only=True)
class Investment:
    """``[investment]``: what of social investment is gross fixed capital formation.

    Attributes
    ----------
    ratio : float or mapping or None
        Capital formation over social investment; by year, period or area.
    items : mapping or None
        Fraction of each item that is capital formation.
    role : {"investment", "investment_current"}
    source, reason : str
    research : Research or None
    """

    ratio: float | Mapping[str, float] | None = None
    items: Mapping[str, float] | None = None
    role: Literal["investment", "investment_current"] = "investment"
    source: str = ""
    reason: str = ""
    research: Research | None = None

    @property
    def converts(self) -> bool:
        """Whether investment becomes something else than what was published."""
        return self.ratio is not None or self.items is not None


def read_investment(keys: Keys) -> Investment:
    """Return ``[investment]``."""
    converts = "research" not in keys or "ratio" in keys or "items" in keys
    if converts:
        keys.only_one("ratio", "items")
        keys.value("source")
    return Investment(
        ratio=keys.optional("ratio", lambda name: keys.one_or_several(name, Keys.positive)),
        items=keys.sub("items").every(Keys.fraction) or None,
        role=keys.choice("role", get_args(Role), "investment"),
        source=keys.text_or_empty("source"),
        reason=keys.text_or_empty("reason"),
        research=_research(keys.sub("research", Research)) if "research" in keys else None,
    )


def converted(panel: Panel, investment: Investment) -> Panel:
    """Return the panel with gross fixed capital formation in place of social investment."""
    ratio = investment.ratio
    given: float | dict[int | str, float] | None = None
    if ratio is not None:
        given = ratio if isinstance(ratio, float) else dict(ratio.items())
    with placing("investment"):
        return fixed_capital_formation(
            panel,
            ratio=given,
            items=investment.items,
            role=investment.role,
            source=investment.source,
            reason=investment.reason,
        )


def separated(panel: Panel, research: Research) -> Panel:
    """Return the panel with research as an asset beside all other capital."""
    with placing("investment.research"):
        return separate_research(
            panel,
            accounts=research.accounts,
            source=research.source,
            research=research.research,
            whole=research.whole,
            rest=research.rest,
            business_share=research.business_share,
        )


def _research(keys: Keys) -> Research:
    return Research(
        accounts=keys.choice("accounts", get_args(Accounts)),
        source=keys.text("source"),
        research=keys.text("research") if "research" in keys else Research.research,
        whole=keys.text("whole") if "whole" in keys else Research.whole,
        rest=keys.text("rest") if "rest" in keys else Research.rest,
        business_share=keys.optional("business_share", keys.fraction),
    )
