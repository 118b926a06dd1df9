"""Which lags of a variable are instruments: named timings, or a window of lags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tfp.errors import MethodError, check_choice

if TYPE_CHECKING:
    from collections.abc import Mapping

Timing = Literal["endogenous", "predetermined", "exogenous"]
TIMINGS: tuple[Timing, ...] = ("endogenous", "predetermined", "exogenous")


@dataclass(frozen=True)
class InstrumentLags:
    """A window of lags whose levels are instruments of an equation in changes.

    Parameters
    ----------
    first : int
        Nearest lag: 2 for a variable that answers to the shock of its own period, 1 for
        one that answers to it a period later, 3 with errors of measurement beside it.
    last : int, optional
        Farthest lag; all unless stated.
    """

    first: int = 2
    last: int | None = None

    def __post_init__(self) -> None:
        if self.first < 1 or (self.last is not None and self.last < self.first):
            raise MethodError(
                "instrument-lags", first=self.first, last="" if self.last is None else self.last
            )

    def __str__(self) -> str:
        return f"{self.first}-{'' if self.last is None else self.last}"


def windows_of(
    timing: Timing | InstrumentLags | Mapping[str, Timing | InstrumentLags],
    names: tuple[str, ...],
) -> dict[str, InstrumentLags | None]:
    """Return the window of each input; None for one that is its own instrument.

    Raises
    ------
    MethodError
        ``option-unknown`` for a name that is no input, and for a timing.
    """
    if isinstance(timing, (str, InstrumentLags)):
        return {name: _window(timing) for name in names}
    for name in timing:
        check_choice("input_timing", name, names)
    return {name: _window(timing.get(name, "endogenous")) for name in names}


def _window(timing: Timing | InstrumentLags) -> InstrumentLags | None:
    if isinstance(timing, InstrumentLags):
        return timing
    check_choice("timing", timing, TIMINGS)
    return {
        "endogenous": InstrumentLags(2),
        "predetermined": InstrumentLags(1),
        "exogenous": None,
    }[timing]
