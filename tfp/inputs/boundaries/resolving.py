"""One label, one unit: a name or a code, and the boundary that gives it its meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import MethodError
from tfp.inputs.boundaries.viet_nam import viet_nam_concordance

if TYPE_CHECKING:
    from datetime import date

    from tfp.inputs.boundaries.areas import Area
    from tfp.inputs.boundaries.boundary import Boundary
    from tfp.inputs.boundaries.concordance import Concordance


def resolve_area(
    label: str | int,
    vintage: Boundary | str | int | date | None = None,
    *,
    concordance: Concordance | None = None,
) -> Area:
    """Return the unit that a code or a name means.

    A code alone means nothing: 15 was Yên Bái and is Lào Cai. Nor does a name that a
    larger unit has kept: Hưng Yên of 2024 and of 2026 are two areas.

    Parameters
    ----------
    label : str or int
        A code; or a name with or without diacritics, in any case, composed or decomposed,
        with or without "tỉnh", "TP.", "Province", or one of the usual abbreviations.
    vintage : Boundary, str, int or date, optional
        The boundary by its name (``"63 provinces"``), or a year or day on which it held.
        It may be left out for a name that means one territory under both.
    concordance : Concordance, optional
        The two boundaries; by default those of Viet Nam before and since 1 July 2025.

    Returns
    -------
    Area

    Raises
    ------
    MethodError
        ``code-without-vintage``, ``area-needs-vintage``, ``boundary-unknown``;
        ``year-of-both-boundaries`` for 2025, in which both held.
    PanelError
        ``area-unknown``, ``area-ambiguous``, ``area-of-another-kind``;
        ``area-of-other-boundary`` for a unit that there is under the other boundary only,
        with what it was merged into or made of.

    Examples
    --------
    >>> import tfp
    >>> tfp.resolve_area(15, 2024).name, tfp.resolve_area(15, "34 units").name
    ('Yên Bái', 'Lào Cai')
    >>> tfp.resolve_area("TP.HCM", 2019).code, tfp.resolve_area("quang ninh").name
    ('79', 'Quảng Ninh')
    """
    known = viet_nam_concordance() if concordance is None else concordance
    if vintage is not None:
        return known.find(label, known.areas(vintage))
    old, new = known.old, known.new
    if old.is_code(label) or new.is_code(label):
        meanings = [side.find(label) for side in (old, new) if side.is_code(label)]
        raise MethodError("code-without-vintage", label=str(label), meanings=_meanings(meanings))
    before, after = old.matching(label), new.matching(label)
    if not after:
        return old.find(label)
    if before and (len(before) > 1 or known.parts(after[0]) != before):
        raise MethodError(
            "area-needs-vintage", name=str(label), meanings=_meanings([*before, *after])
        )
    return new.find(label)


def _meanings(areas: list[Area]) -> list[str]:
    return [f"{area.name}, {area.boundary}" for area in areas]
