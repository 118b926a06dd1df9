"""The nests of a fitted CES function, and what has to be said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.ces import weights_and_rho
from tfp.panel.findings import Finding
from tfp.production.ces.search import substitution_range

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.separable_least_squares import SeparableFit
    from tfp.production.ces.model import CESModel

AT_BOUND, MOST_SIGMA = 1e-3, 100.0


@dataclass(frozen=True)
class Form:
    """One nest as it was found."""

    name: str
    weights: tuple[float, ...]
    rho: float
    low: float = np.nan
    high: float = np.nan

    @property
    def sigma(self) -> float:
        """The elasticity of substitution."""
        return float(np.inf) if self.rho <= -1.0 else 1.0 / (1.0 + self.rho)

    @property
    def degenerate(self) -> bool:
        """Whether a weight, or the substitution itself, stands at the end of its range."""
        ends = min(min(w, 1.0 - w) for w in self.weights) < AT_BOUND
        return ends or not 1.0 / MOST_SIGMA < self.sigma < MOST_SIGMA


def forms_of(model: CESModel, fit: SeparableFit) -> list[Form]:
    """Return each nest with what the data say of its substitution."""
    own = fit.parameters[: model.form_count]
    pairs = weights_and_rho(model.nest, own, positive=model.positive)
    found, at = [], 0
    for part, (weights, rho) in zip(model.nest.nests, pairs, strict=True):
        at += len(part.members)
        low = high = float("nan")
        if model.positive:
            low, high = substitution_range(model, fit, at - 1)
        found.append(
            Form(
                name=part.name,
                weights=tuple(np.asarray(weights, dtype=np.float64).tolist()),
                rho=float(rho),
                low=low,
                high=high,
            )
        )
    return found


def form_findings(forms: list[Form], fit: SeparableFit) -> Iterator[Finding]:
    """Yield what the search and the nests leave open."""
    if not fit.converged:
        yield Finding(code="no-convergence", severity="warn", fields={})
    for form in forms:
        low, high = form.low, form.high
        if form.degenerate:
            yield Finding(
                code="nest-degenerate",
                severity="warn",
                fields={"nest": form.name, "weight": min(form.weights), "rho": form.rho},
            )
        elif low == 0.0 or high == np.inf:
            shown = {"low": low, "high": "∞" if high == np.inf else f"{high:.2f}"}
            yield Finding(
                code="substitution-open", severity="warn", fields={"nest": form.name, **shown}
            )


def progress_findings(forms: list[Form], augmented: int, *, trend: bool) -> Iterator[Finding]:
    """Yield what cannot be known of progress: its bias ever, its parts near sigma of one."""
    if not augmented:
        return
    yield Finding(code="progress-assumed", severity="warn", fields={})
    if augmented + trend < 2:
        return
    for form in forms:
        if np.isnan(form.low) or form.low <= 1.0 <= form.high:
            fields = {"nest": form.name, "sigma": form.sigma}
            yield Finding(code="progress-not-identified", severity="warn", fields=fields)
