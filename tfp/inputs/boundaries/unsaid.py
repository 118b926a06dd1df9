"""Series that run over the change of boundaries and do not say which one they follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import Place
from tfp.inputs.boundaries.viet_nam import viet_nam_concordance
from tfp.panel.findings import MOST_PLACES, Finding
from tfp.panel.time import PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.inputs.boundaries.concordance import Concordance
    from tfp.panel.panel import Panel


def unsaid_boundaries(panel: Panel) -> Iterator[Finding]:
    """Find areas whose name means two territories, in a series that has years of both.

    Viet Nam only: figures of Hưng Yên to 2025 and from 2026 on in one column are one
    province and then two, unless somebody has brought them to one boundary and says so.
    """
    if all(column.boundary is not None for column in panel.columns.values()):
        return
    known = viet_nam_concordance()
    yield from _bare_codes(panel, known)
    first = known.new.boundary.first_day
    if first is None:
        return
    years = panel.rows.times // PER_YEAR[panel.rows.frequency]
    for code, label in enumerate(panel.rows.entities):
        if not _means_two(label, known):
            continue
        mine = np.flatnonzero(panel.rows.codes == code)
        after = mine[years[mine] > first.year]
        if len(after) and len(after) < len(mine):
            yield Finding(
                code="boundary-unsaid",
                severity="block",
                places=panel.rows.places(after[:1].tolist()),
                fields={
                    "area": label,
                    "first": panel.rows.time_label(int(mine[0])),
                    "last": panel.rows.time_label(int(mine[-1])),
                    "old": known.old.boundary.name,
                    "new": known.new.boundary.name,
                },
            )


def _bare_codes(panel: Panel, known: Concordance) -> Iterator[Finding]:
    """Find areas that are codes of provinces throughout, of which most mean two of them.

    Numbers of plants or industries are no such codes: the lists leave numbers out.
    """
    labels = panel.rows.entities
    if not all(known.old.is_code(label) or known.new.is_code(label) for label in labels):
        return
    if not any(len(label.strip()) > 1 for label in labels):
        return
    yield Finding(
        code="area-codes-unsaid",
        severity="block",
        places=tuple(Place(entity=label) for label in labels[:MOST_PLACES]),
        fields={
            "count": len(labels),
            "areas": ", ".join(labels[:5]),
            "old": known.old.boundary.name,
            "new": known.new.boundary.name,
        },
    )


def _means_two(label: str, known: Concordance) -> bool:
    """Tell whether a label is the name of a unit of both boundaries, larger in the new one."""
    new = [area for area in known.new.members if area.is_called(label)]
    old = [area for area in known.old.members if area.is_called(label)]
    return bool(new and old) and known.parts(new[0]) != tuple(old)
