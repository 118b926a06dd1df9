"""Official targets for the share of TFP in growth, as records that can be compared with.

A sentence such as "about 45 per cent on average in 2021-2025" holds several things that
a bare number loses: whether the bound itself suffices, whether a year or a period is
meant, when it falls due, how exact the wording is and whether a later document has set
another value.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, get_args

from tfp.errors import MethodError, Place
from tfp.panel.columns import is_number, show_value

if TYPE_CHECKING:
    from tfp.language.catalogue import Language

Operator = Literal["at_least", "over"]
Basis = Literal["year", "period_average"]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A target for the share of TFP in growth.

    Parameters
    ----------
    area
        Nation or province.
    document, document_vi
        The document that sets it, in English and under its Vietnamese name.
    operator
        ``"at_least"``: reached at `lower`; ``"over"``: reached only above it.
    lower, upper
        Per cent of growth. A range such as 30-35 has both; it is reached at its lower
        end, and its upper end is the better outcome.
    basis
        ``"year"``, or ``"period_average"`` over the years from `first_year` to `last_year`.
    first_year, last_year
        The period; equal where `basis` is ``"year"``.
    due_year
        When it falls due.
    source
        Where the target was read.
    approximate
        Whether the document hedges ("about 45 per cent").
    superseded_by
        The later document of the same area that sets another value, or None.
    method
        The method the document prescribes; None stands for the formula of the national
        indicator, ``"national"``.
    status
        ``"confirmed"``: read in the source named.
    note
        What a reader must know besides.

    Raises
    ------
    MethodError
        ``target-bound-not-a-number``; ``target-as-fraction`` for a bound between 0 and 1;
        ``target-option``, ``target-range`` or ``target-period``, where the parts contradict
        each other.

    Examples
    --------
    >>> Target(
    ...     area="Hung Yen",
    ...     document="Plan",
    ...     document_vi="Kế hoạch",
    ...     operator="over",
    ...     lower=50.0,
    ...     basis="year",
    ...     first_year=2030,
    ...     last_year=2030,
    ...     due_year=2030,
    ...     source="own plan",
    ... ).upper is None
    True
    """

    area: str
    document: str
    document_vi: str
    operator: Operator
    lower: float
    upper: float | None = None
    basis: Basis
    first_year: int
    last_year: int
    due_year: int
    source: str
    approximate: bool = False
    superseded_by: str | None = None
    method: str | None = None
    status: str = "confirmed"
    note: str = ""

    def __post_init__(self) -> None:
        places = [Place(entity=self.area, key=self.document)]
        for option, known in (("operator", get_args(Operator)), ("basis", get_args(Basis))):
            value = getattr(self, option)
            if value not in known:
                raise MethodError(
                    "target-option", places=places, option=option, value=value, known=known
                )
        self._check_bounds(places)
        years = (self.first_year, self.last_year, self.due_year)
        single = self.basis == "year"
        if list(years) != sorted(years) or single != (self.first_year == self.last_year):
            raise MethodError(
                "target-period",
                places=places,
                basis=self.basis,
                first_year=self.first_year,
                last_year=self.last_year,
                due_year=self.due_year,
            )

    def _check_bounds(self, places: list[Place]) -> None:
        upper = self.lower if self.upper is None else self.upper
        if not (is_number(self.lower) and is_number(upper)):
            raise MethodError(
                "target-bound-not-a-number",
                places=places,
                lower=show_value(self.lower),
                upper="" if self.upper is None else show_value(self.upper),
            )
        for bound, value in (("lower", self.lower), ("upper", upper)):
            # A share of TFP in growth below one per cent is nobody's target.
            if 0.0 < value < 1.0:
                raise MethodError(
                    "target-as-fraction",
                    places=places,
                    bound=bound,
                    value=float(value),
                    per_cent=f"{100.0 * value:.6g}",
                )
        # Written so that NaN fails too.
        if not all(low <= high for low, high in pairwise((0.0, self.lower, upper, 100.0))):
            shown = "" if self.upper is None else upper
            raise MethodError("target-range", places=places, lower=self.lower, upper=shown)


@cache
def targets() -> tuple[Target, ...]:
    """Return the official targets of Viet Nam and its provinces, by area and due year.

    Decision 1322/QĐ-TTg of 31 August 2020 asks to raise the share of TFP without a
    number; it is no target here.

    Returns
    -------
    tuple of Target
        Read-only records.

    Examples
    --------
    >>> [(target.operator, target.lower) for target in targets() if target.due_year == 2020]
    [('at_least', 35.0), ('at_least', 30.0)]
    >>> {target.area for target in targets()} == {"Viet Nam", "Hung Yen", "Quang Ninh"}
    True
    """
    return tuple(Target(**entry) for entry in _content()["target"])


def short_name(target: Target, language: Language) -> str:
    """Return what tables call the document of a target: its kind, number and year.

    The full name where none shorter is known.

    Examples
    --------
    >>> short_name(targets()[0], "vi")
    'QĐ 712/QĐ-TTg (2010)'
    """
    full = target.document_vi if language == "vi" else target.document
    return known_document(target.document, language) or full


def known_document(document: str, language: Language) -> str:
    """Return the short name of a document by its English one; empty where none is known.

    Examples
    --------
    >>> known_document("Decision 36/QD-TTg, 11 January 2021", "vi")
    'QĐ 36/QĐ-TTg (2021)'
    """
    return str(_content()["short"].get(document, {}).get(language, ""))


def area_name(area: str, language: Language) -> str:
    """Return the name of an area with bundled targets; others as they are written.

    Examples
    --------
    >>> area_name("Hung Yen", "vi"), area_name("Hung Yen", "en")
    ('Hưng Yên', 'Hung Yen')
    """
    return str(_content()["area"].get(area, area)) if language == "vi" else area


@cache
def _content() -> dict[str, Any]:
    written = (files("tfp.datasets") / "data" / "targets.toml").read_text(encoding="utf-8")
    return tomllib.loads(written)
