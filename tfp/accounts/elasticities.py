r"""Output elasticities as weights, with what they are not: shares.

With elasticities :math:`\theta_i` that sum to :math:`S`, the account reads

.. math::

    g_Y = \sum_i \frac{\theta_i}{S} g_{X_i}
        + (S - 1) \sum_i \frac{\theta_i}{S} g_{X_i} + g_A

and the second part is the returns-to-scale term. ``returns="normalise"`` scales the
elasticities to one instead and leaves returns to scale inside TFP, by name.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from tfp.errors import MethodError, check_choice
from tfp.panel.columns import is_number, show_value
from tfp.panel.findings import Finding
from tfp.results.weights import Elasticities, OutputConcept, Weighting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.panel.panel import Panel


# Decimal fractions that add to one need not do so in binary: 0.6 + 0.3 + 0.1.
TOLERANCE = 1e-12
# No input of which one per cent more gives three per cent more output; 35 is per cent.
LARGEST = 3.0
USUAL_SUM = (0.5, 1.5)
# What an estimate must tell of itself.
ESTIMATE = ("elasticities", "output_concept", "observed_units")


@dataclass(frozen=True, eq=False)
class StatedElasticities:
    """Elasticities taken from elsewhere: a publication, another program.

    Parameters
    ----------
    elasticities : mapping
        Output elasticity by factor: ``{"capital": 0.35, "labour": 0.60}``.
    output_concept : {"value_added", "gross_output"}
        What output was in the estimation.
    observed_units : {"firm", "aggregate"}
        What the estimation was made on.
    source : str
        Where they come from, for the report.

    Raises
    ------
    MethodError
        ``elasticity-not-a-number``; ``elasticity-implausible`` above 3 in size, as
        elasticities in per cent are.
    """

    elasticities: Mapping[str, float]
    output_concept: OutputConcept
    observed_units: Literal["firm", "aggregate"]
    source: str = ""

    def __post_init__(self) -> None:
        check_choice("output_concept", self.output_concept, get_args(OutputConcept))
        check_choice("observed_units", self.observed_units, ("firm", "aggregate"))
        _check_elasticities(self.elasticities)


@dataclass(frozen=True, eq=False)
class OutputElasticities:
    """Weights from an estimated, or stated, production function.

    Parameters
    ----------
    estimate : Elasticities
        Anything that has ``elasticities``, ``output_concept`` and ``observed_units``.
    returns : {"separate", "normalise"}
        Whether returns to scale are a term of their own or left inside TFP.

    Raises
    ------
    MethodError
        ``estimate-not-elasticities`` for a bare mapping, which does not say what it is of;
        ``elasticity-output-concept`` where gross-output elasticities meet value added
        or the reverse; ``elasticities-missing``; ``elasticity-sum-not-positive``; those of
        :class:`StatedElasticities`. A sum outside 0.5 to 1.5 is remarked in the result.

    Notes
    -----
    Value added is output less materials, energy and other intermediate inputs. A panel that
    still carries them, as the proxy of a control function, keeps them out of an account of
    value added by elasticities that have none for them; the result says so.

    Examples
    --------
    >>> stated = StatedElasticities({"capital": 0.35, "labour": 0.60}, "value_added", "aggregate")
    >>> OutputElasticities(stated, returns="separate").name
    'output elasticities'
    """

    estimate: Elasticities
    returns: Literal["separate", "normalise"] = "separate"

    name = "output elasticities"

    def __post_init__(self) -> None:
        check_choice("returns", self.returns, ("separate", "normalise"))
        if not all(hasattr(self.estimate, part) for part in ESTIMATE):
            raise MethodError("estimate-not-elasticities", kind=type(self.estimate).__name__)
        _check_elasticities(self.estimate.elasticities)

    def options(self) -> dict[str, object]:
        """Return the elasticities, what they are of, and how returns are treated."""
        return {
            "elasticities": dict(self.estimate.elasticities),
            "output_concept": self.estimate.output_concept,
            "observed_units": self.estimate.observed_units,
            "returns": self.returns,
            "source": getattr(self.estimate, "source", ""),
        }

    def left_out(
        self, further: tuple[str, ...], output_concept: OutputConcept
    ) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
        """Return the further inputs that are no factors of value added, and a remark on each.

        The proxy of the estimate is one for certain. Of any other the estimate knows only
        that it has no elasticity for it, and its growth is then in TFP.
        """
        if output_concept != "value_added":
            return (), ()
        names = tuple(name for name in further if name not in self.estimate.elasticities)
        provenance = getattr(self.estimate, "provenance", None)
        proxy = None if provenance is None else provenance.options.get("proxy")
        findings = (
            Finding(code="input-not-of-value-added", severity="note", fields={"name": name})
            if name == proxy
            else Finding(code="input-without-elasticity", severity="warn", fields={"name": name})
            for name in names
        )
        return names, tuple(findings)

    def weigh(
        self, panel: Panel, factors: tuple[str, ...], output_concept: OutputConcept
    ) -> Weighting:
        """Return the weights of `factors`, scaled to one, and the sum they came from."""
        if self.estimate.output_concept != output_concept:
            raise MethodError(
                "elasticity-output-concept",
                found=self.estimate.output_concept,
                needed=output_concept,
            )
        known = self.estimate.elasticities
        # A panel calls an asset's capital "capital:ict", an estimate of its input "capital_ict".
        names = [f if f in known else f.replace(":", "_") for f in factors]
        absent = [factor for factor, name in zip(factors, names, strict=True) if name not in known]
        surplus = [name for name in known if name not in names]
        if absent or surplus:
            raise MethodError("elasticities-missing", absent=absent, surplus=surplus)
        total = _sum_of(known.values())
        if not 0.0 < total < math.inf:
            raise MethodError("elasticity-sum-not-positive", total=total)
        return Weighting(
            weights=tuple(float(known[name]) / total for name in names),
            elasticity_sum=total if self.returns == "separate" else 1.0,
            warnings=tuple(self._remarks(panel, total)),
        )

    def _remarks(self, panel: Panel, total: float) -> Iterator[Finding]:
        """Yield what is remarkable about elasticities that sum to `total`."""
        rows = getattr(self.estimate, "rows", None)
        elsewhere = rows is None or rows.entities != panel.rows.entities
        of_firms = self.estimate.observed_units == "firm" and elsewhere
        low, high = USUAL_SUM
        unusual = not low <= total <= high
        ambiguous = not getattr(self.estimate, "identified", True)
        for code, holds, fields in (
            ("firm-elasticities-on-aggregate", of_firms, {}),
            ("elasticities-not-identified", ambiguous, {}),
            ("elasticity-negative", min(self.estimate.elasticities.values()) < 0.0, {}),
            ("elasticity-sum-unusual", unusual, {"total": total, "low": low, "high": high}),
            ("elasticities-normalised", self.returns == "normalise" and total != 1.0, {}),
        ):
            if holds:
                yield Finding(code=code, severity="warn", fields=fields)


def _check_elasticities(elasticities: Mapping[str, float]) -> None:
    """Refuse what is no number, and what can only be per cent."""
    if not isinstance(elasticities, Mapping):
        raise MethodError("estimate-not-elasticities", kind=type(elasticities).__name__)
    wrong = {n: e for n, e in elasticities.items() if not is_number(e) or math.isnan(e)}
    if wrong:
        found = [show_value(value) for value in wrong.values()]
        raise MethodError("elasticity-not-a-number", names=list(wrong), found=found)
    large = {name: float(e) for name, e in elasticities.items() if abs(e) > LARGEST}
    if large:
        raise MethodError("elasticity-implausible", names=list(large), values=list(large.values()))


def _sum_of(elasticities: Iterable[float]) -> float:
    total = math.fsum(elasticities)
    return 1.0 if abs(total - 1.0) <= TOLERANCE else total
