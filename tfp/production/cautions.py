"""What has to be said of a sample before anything is estimated on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.production.sample import LogSample
    from tfp.results.weights import OutputConcept

FEW_YEARS = 20


def sample_cautions(sample: LogSample, output_concept: OutputConcept) -> Iterator[Finding]:
    """Yield what is doubtful whatever the estimator.

    Materials that a panel carries as the proxy of a control function are an input of all
    estimators that take every input of the panel. That of value added has none of them; but
    land, or public capital, has the same role, so that only the user can tell. A function of
    nothing else is one whose inputs have no names here.
    """
    if len(sample.starts) == 1 and len(sample) <= FEW_YEARS:
        yield Finding(code="few-years", severity="warn", fields={"years": len(sample)})
    further = tuple(sample.panel.several("further_inputs"))
    if output_concept == "value_added" and further and set(further) < set(sample.factor_names):
        yield Finding(code="inputs-of-value-added", severity="warn", fields={"terms": further})
