"""Growth accounts beside targets: what was to be reached, and what was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

from tfp.results.result import Result

if TYPE_CHECKING:
    import pandas as pd

    from tfp.datasets.target import Target
    from tfp.results.provenance import Provenance

COLUMNS = (
    "area",
    "document",
    "operator",
    "lower",
    "upper",
    "basis",
    "first",
    "last",
    "due",
    "outcome",
    "share",
    "distance",
    "covered",
    "reason",
    "status",
)
Outcome = Literal["reached", "not_reached", "not_yet_due", "not_comparable"]


@dataclass(frozen=True, kw_only=True)
class TargetOutcome:
    """One target and what became of it.

    Attributes
    ----------
    target : Target
    outcome : {"reached", "not_reached", "not_yet_due", "not_comparable"}
    share : float or None
        TFP share of growth over the target's period (or what there is of it yet).
    distance : float or None
        Share less the target's lower bound, in percentage points.
    covered : str
        The years that the share rests on.
    reason : str
        Why there is no comparison: ``""``, ``"method"``, ``"area"``, ``"years"``, or
        one of the reasons why a share is blank.
    status : str
        Weakest status behind the share.
    """

    target: Target
    outcome: Outcome
    share: float | None
    distance: float | None
    covered: str
    reason: str = ""
    status: str = ""


@dataclass(frozen=True, eq=False, kw_only=True, repr=False)
class TargetComparison(Result):
    """The outcomes of several targets for one area."""

    kind: ClassVar[str] = "target_comparison"

    area: str
    outcomes: tuple[TargetOutcome, ...]
    origin: str = "pandas"
    provenance: Provenance

    @property
    def _origin(self) -> str:
        return self.origin

    def __repr__(self) -> str:
        return f"TargetComparison: {len(self.outcomes)} targets beside the accounts of {self.area}"

    def _tidy(self) -> pd.DataFrame:
        import pandas as pd

        frame = pd.DataFrame(
            [
                (
                    item.target.area,
                    item.target.document,
                    item.target.operator,
                    item.target.lower,
                    item.target.upper,
                    item.target.basis,
                    item.target.first_year,
                    item.target.last_year,
                    item.target.due_year,
                    item.outcome,
                    item.share,
                    item.distance,
                    item.covered,
                    item.reason,
                    item.status,
                )
                for item in self.outcomes
            ],
            columns=list(COLUMNS),
        )
        # Bounds and shares are numbers, also where none of them is known.
        return frame.astype(dict.fromkeys(("lower", "upper", "share", "distance"), "float64"))
