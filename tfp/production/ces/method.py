r"""The CES production function, plain and nested.

.. math::

    Y = A\, e^{\lambda t} \left[ \sum_i w_i (X_i / \bar X_i)^{-\rho} \right]^{-v / \rho},
    \qquad \sigma = \frac{1}{1 + \rho}

normalised at the geometric means of the inputs, so that the weights are the shares there
and do not depend on the units. A nest stands for an input of the function outside. Where
progress augments single factors, :math:`X_i e^{\gamma_i t}` stands for :math:`X_i`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.numerics.ces import Nest
from tfp.numerics.least_squares import dependent_columns
from tfp.production.cautions import sample_cautions
from tfp.production.ces.forms import form_findings, forms_of, progress_findings
from tfp.production.ces.model import TREND, CESModel
from tfp.production.ces.reported import (
    diagnostics_of,
    elasticities_of,
    reported_covariance,
    reported_values,
)
from tfp.production.ces.search import search
from tfp.production.pooled import default_covariance
from tfp.production.sample import log_sample
from tfp.results.estimate import ProductionEstimate
from tfp.results.provenance import Provenance
from tfp.version import VERSION

if TYPE_CHECKING:
    from tfp.numerics.separable_least_squares import SeparableFit
    from tfp.panel.panel import Panel
    from tfp.production.covariance import Covariance
    from tfp.production.sample import LogSample
    from tfp.results.weights import OutputConcept


@dataclass(frozen=True, eq=False, kw_only=True)
class CES:
    """A CES function by least squares, everything linear concentrated out.

    The first coefficients are the mean elasticities over the sample, by the delta method;
    the weights and rho of each nest follow. ``diagnostics`` hold each elasticity of
    substitution with its 95 per cent likelihood range (``substitution_low_<nest>``, zero or
    infinity where the data do not end it) and the weights without normalisation, as other
    programs print them.

    Assumptions
    -----------
    Inputs do not respond to productivity. Progress is neutral, or augments the factors that
    `augmenting` names at constant rates: otherwise what augments one factor looks like
    substitution. That the rates are constant is all that tells the two apart, which no data
    can check (Diamond, McFadden and Rodriguez); near an elasticity of substitution of one
    nothing does, and several rates are one. Little in ordinary data moves
    one input against another; the range of sigma is often open, and a nest with a weight
    near zero is not identified at all, however small its residual sum. Both are said, and
    ``identified`` is then False.

    Parameters
    ----------
    nests : sequence, optional
        Names of inputs and, for a nest, a sequence of them:
        ``(("capital", "energy"), "labour")``. One function of all inputs if None.
    error : {"multiplicative", "additive"}
        Whether errors are in the logarithm of output or in output.
    constant_returns : bool
    trend : bool
        Whether Hicks-neutral progress has a constant rate.
    augmenting : sequence of str
        Inputs whose efficiency grows at a constant rate of its own: ``("labour",)`` is
        Harrod-neutral progress. TFP is then output over what the technology of the first
        period would make of the inputs, so that the growth of efficiency is in it.
    region : {"economic", "free"}
        ``"economic"`` keeps weights between zero and one and sigma positive. ``"free"``
        lets the least squares go where they are smallest, as other programs do.
    covariance : Covariance, optional
        Clustered by entity where the panel has several, conventional for a single area.
    strict : bool
        Whether a search that does not converge is an error rather than a remark.
    output_concept : {"value_added", "gross_output"}
    observed_units : {"firm", "aggregate"}

    References
    ----------
    Arrow, K. J., Chenery, H. B., Minhas, B. S. and Solow, R. M. (1961). Capital-labor
    substitution and economic efficiency. *Review of Economics and Statistics* 43(3), 225-250.
    https://doi.org/10.2307/1927286
    Klump, R. and de La Grandville, O. (2000). Economic growth and the elasticity of
    substitution. *American Economic Review* 90(1), 282-291.
    https://doi.org/10.1257/aer.90.1.282
    Diamond, P., McFadden, D. and Rodriguez, M. (1978). Measurement of the elasticity of
    factor substitution and bias of technical change. In: Fuss, M. and McFadden, D. (eds),
    *Production Economics*, vol. 2, 125-147. North-Holland.
    """

    nests: tuple[Any, ...] | None = None
    error: Literal["multiplicative", "additive"] = "multiplicative"
    constant_returns: bool = True
    trend: bool = False
    augmenting: tuple[str, ...] = ()
    region: Literal["economic", "free"] = "economic"
    covariance: Covariance | None = None
    strict: bool = False
    output_concept: OutputConcept = "value_added"
    observed_units: Literal["firm", "aggregate"] = "aggregate"

    name = "CES"
    requires = ("output",)

    def __post_init__(self) -> None:
        check_choice("error", self.error, ("multiplicative", "additive"))
        check_choice("region", self.region, ("economic", "free"))
        object.__setattr__(self, "augmenting", tuple(self.augmenting))

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`.

        Raises
        ------
        MethodError
            ``nests-not-inputs`` where the nests do not hold each input once;
            ``too-few-rows``; ``collinear-inputs`` where an input does not vary;
            ``option-unknown`` for a name that is no input; ``progress-twice`` where both a
            trend and the efficiency of every input are to grow;
            ``no-convergence`` under `strict`.
        """
        del rng
        sample = log_sample(panel)
        model = self._model(sample)
        fit = search(model)
        if self.strict and not fit.converged:
            raise MethodError("no-convergence", method=self.name)
        return self._estimate(sample, model, fit)

    def _model(self, sample: LogSample) -> CESModel:
        centred = sample.log_inputs - sample.log_inputs.mean(axis=0)
        given = self.nests if self.nests is not None else sample.factor_names
        nest = _nest(given, sample.factor_names)
        named = sorted(_leaves(nest))
        if named != list(range(len(sample.factor_names))):
            raise MethodError("nests-not-inputs", names=list(sample.factor_names))
        times = sample.panel.rows.times[sample.used].astype(np.float64)
        times -= times.min()
        for name in self.augmenting:
            check_choice("augmenting", name, sample.factor_names)
        if self.trend and set(self.augmenting) == set(sample.factor_names):
            raise MethodError("progress-twice")
        columns = [times] if self.trend else []
        model = CESModel(
            log_output=sample.log_output,
            log_inputs=centred,
            others=np.column_stack([*columns, sample.controls]),
            other_names=(*((TREND,) if self.trend else ()), *sample.control_names),
            nest=nest,
            positive=self.region == "economic",
            constant_returns=self.constant_returns,
            error=self.error,
            times=times,
            augmented=tuple(sample.factor_names.index(name) for name in self.augmenting),
            augmented_names=self.augmenting,
        )
        width = model.split + 1 + len(model.other_names) + (not self.constant_returns)
        if len(sample) <= width:
            raise MethodError("too-few-rows", rows=len(sample), parameters=width)
        line = np.column_stack([np.ones(len(sample)), model.others])
        dependent = dependent_columns(line)
        if len(dependent):
            names = [model.other_names[column - 1] for column in dependent]
            raise MethodError("collinear-inputs", names=names)
        return model

    def _estimate(
        self, sample: LogSample, model: CESModel, fit: SeparableFit
    ) -> ProductionEstimate:
        reported = reported_values(sample, model, fit.parameters, fit.coefficients)
        covariance_rule = self.covariance or default_covariance(sample)
        covariance = reported_covariance(sample, model, fit, covariance_rule, len(reported))
        residuals = model.target - model.fitted(fit.parameters, fit.coefficients)
        elasticities = elasticities_of(model, fit.parameters, fit.coefficients)
        base = elasticities_of(model, fit.parameters, fit.coefficients, at_base=True)[0]
        returns = model.returns(fit.parameters, fit.coefficients)
        composite = returns * model.composite(fit.parameters, effective=False)
        log_tfp = sample.log_output - composite - sample.log_inputs.mean(axis=0) @ base
        forms = forms_of(model, fit)
        diagnostics = diagnostics_of(sample, model, fit, forms)
        doubts = [
            *form_findings(forms, fit),
            *progress_findings(forms, len(self.augmenting), trend=self.trend),
        ]
        factors = len(sample.factor_names)
        return ProductionEstimate(
            rows=sample.panel.rows,
            terms=tuple(reported),
            estimates=np.array(list(reported.values())),
            covariance=covariance,
            covariance_type=covariance_rule.name,
            factor_names=sample.factor_names,
            elasticity_map=np.eye(factors, len(reported)),
            row_elasticities=tuple(sample.spread(column) for column in elasticities.T),
            log_tfp=sample.spread(log_tfp),
            residuals=sample.spread(residuals),
            output_concept=self.output_concept,
            observed_units=self.observed_units,
            degrees_of_freedom=float(len(sample) - len(fit.parameters) - len(fit.coefficients)),
            converged=fit.converged,
            identified=not any(
                finding.code not in ("no-convergence", "progress-assumed") for finding in doubts
            ),
            diagnostics=diagnostics,
            lost=sample.lost,
            warnings=(*doubts, *sample_cautions(sample, self.output_concept)),
            provenance=Provenance(version=VERSION, method=self.name, options=self._options()),
        )

    def _options(self) -> dict[str, object]:
        return {
            "nests": None if self.nests is None else str(self.nests),
            "error": self.error,
            "constant_returns": self.constant_returns,
            "trend": self.trend,
            "augmenting": list(self.augmenting),
            "region": self.region,
            "normalised_at": "geometric means",
        }


def _nest(members: Any, names: tuple[str, ...]) -> Nest:
    found: list[Any] = []
    for member in members:
        if isinstance(member, str):
            if member not in names:
                raise MethodError("nests-not-inputs", names=list(names))
            found.append(names.index(member))
        else:
            found.append(_nest(member, names))
    labels = [m.name if isinstance(m, Nest) else names[m] for m in found]
    return Nest("+".join(labels), tuple(found))


def _leaves(nest: Nest) -> list[int]:
    return [
        leaf
        for member in nest.members
        for leaf in (_leaves(member) if isinstance(member, Nest) else [member])
    ]
