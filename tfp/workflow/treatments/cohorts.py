"""How assets age: the tables ``efficiency`` and ``retirement`` of an inventory by cohort."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tfp.inputs.capital.efficiency import (
    DecliningBalance,
    DelayedLinear,
    GeometricEfficiency,
    Hyperbolic,
    OneHossShay,
    StraightLine,
)
from tfp.inputs.capital.retirement import (
    FixedLife,
    GammaLife,
    LogNormalLife,
    NoRetirement,
    NormalLife,
    StatedSurvival,
    WeibullLife,
    WinfreyLife,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.inputs.capital.efficiency import Efficiency as EfficiencyRule
    from tfp.inputs.capital.retirement import Retirement as RetirementRule
    from tfp.workflow.plans.plan_keys import Keys

Profile = Literal[
    "straight_line",
    "hyperbolic",
    "one_hoss_shay",
    "delayed_linear",
    "declining_balance",
    "geometric",
]
Distribution = Literal[
    "none", "fixed", "normal", "lognormal", "gamma", "weibull", "winfrey", "stated"
]
# The class of each word, and the key that is its figure.
PROFILES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "straight_line": (StraightLine, ()),
    "hyperbolic": (Hyperbolic, ("b",)),
    "one_hoss_shay": (OneHossShay, ()),
    "delayed_linear": (DelayedLinear, ("delay",)),
    "declining_balance": (DecliningBalance, ("rate",)),
    "geometric": (GeometricEfficiency, ("rate",)),
}
SPREAD = ("shortest", "longest", "beyond", "rounding", "offset")
DISTRIBUTIONS: dict[str, tuple[Any, tuple[str, ...], tuple[str, ...]]] = {
    "none": (NoRetirement, (), ()),
    "fixed": (FixedLife, ("life",), ()),
    "normal": (NormalLife, ("mean", "variation"), SPREAD),
    "lognormal": (LogNormalLife, ("mean", "variation"), SPREAD),
    "gamma": (GammaLife, ("mean", "variation"), SPREAD),
    "weibull": (WeibullLife, ("mean", "shape"), SPREAD),
    "winfrey": (WinfreyLife, ("mean", "curve"), SPREAD),
    "stated": (StatedSurvival, ("shares",), ("offset",)),
}


@dataclass(frozen=True, kw_only=True)
class Efficiency:
    """``efficiency``: what an asset still does at each age.

    Which keys belong to which `profile` stands in :data:`PROFILES`.
    """

    profile: Profile
    b: float | None = None
    delay: float | None = None
    rate: float | None = None

    def rule(self) -> EfficiencyRule:
        """Return the profile of the library."""
        made, keys = PROFILES[self.profile]
        profile: EfficiencyRule = made(*(getattr(self, key) for key in keys))
        return profile


@dataclass(frozen=True, kw_only=True)
class Retirement:
    """``retirement``: when assets leave service.

    Which keys belong to which `distribution` stands in :data:`DISTRIBUTIONS`.
    """

    distribution: Distribution
    life: float | None = None
    mean: float | None = None
    variation: float | None = None
    shape: float | None = None
    curve: str | float | None = None
    shares: tuple[float, ...] | None = None
    shortest: float | None = None
    longest: float | None = None
    beyond: Literal["last_year", "dropped"] | None = None
    rounding: Literal["nearest", "up"] | None = None
    offset: int | None = None

    def rule(self) -> RetirementRule:
        """Return the distribution of the library."""
        made, needed, allowed = DISTRIBUTIONS[self.distribution]
        given: Mapping[str, Any] = {
            key: getattr(self, key) for key in (*needed, *allowed) if getattr(self, key) is not None
        }
        rule: RetirementRule = made(**given)
        return rule


def read_efficiency(keys: Keys) -> Efficiency:
    """Return a table ``efficiency``."""
    profile = keys.choice("profile", tuple(PROFILES))
    keys.check_belong(profile, PROFILES[profile][1], (), beside=("profile",))
    return Efficiency(
        profile=profile,
        b=keys.optional("b", keys.number),
        delay=keys.optional("delay", keys.number),
        rate=keys.optional("rate", keys.number),
    )


def read_retirement(keys: Keys) -> Retirement:
    """Return a table ``retirement``."""
    distribution = keys.choice("distribution", tuple(DISTRIBUTIONS))
    _, needed, allowed = DISTRIBUTIONS[distribution]
    keys.check_belong(distribution, needed, allowed, beside=("distribution",))
    return Retirement(
        distribution=distribution,
        life=keys.optional("life", keys.positive),
        mean=keys.optional("mean", keys.positive),
        variation=keys.optional("variation", keys.positive),
        shape=keys.optional("shape", keys.positive),
        curve=keys.optional("curve", lambda name: _curve(keys, name)),
        shares=keys.optional("shares", keys.numbers),
        shortest=keys.optional("shortest", keys.number),
        longest=keys.optional("longest", keys.positive),
        beyond=keys.optional("beyond", lambda name: keys.choice(name, ("last_year", "dropped"))),
        rounding=keys.optional("rounding", lambda name: keys.choice(name, ("nearest", "up"))),
        offset=keys.optional("offset", lambda name: keys.whole(name, -1, 1)),
    )


def _curve(keys: Keys, name: str) -> str | float:
    value = keys.value(name)
    return keys.text(name) if isinstance(value, str) else keys.number(name)
