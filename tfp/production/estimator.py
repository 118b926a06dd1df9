"""What an estimator of a production function is.

A new one is one file with a frozen dataclass of options that satisfies the Protocol below,
one line in the registry and one test against a reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from tfp.panel.panel import Panel
    from tfp.results.estimate import ProductionEstimate
    from tfp.results.weights import OutputConcept


class Estimator(Protocol):
    """A method that estimates a production function.

    It holds options only, is never changed by :meth:`fit`, and gives the same answer for
    the same options, data and `rng`.
    """

    @property
    def name(self) -> str:
        """What it is called in tables and reports."""

    @property
    def requires(self) -> tuple[str, ...]:
        """Roles that a panel must have for it."""

    @property
    def output_concept(self) -> OutputConcept:
        """Whether the output column is value added or gross output."""

    def fit(self, panel: Panel, *, rng: Any = None) -> ProductionEstimate:
        """Return the estimate on `panel`."""
