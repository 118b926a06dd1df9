"""Dated shares from a file: ``[method.shares.table]``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from tfp.accounts.input_output_shares import Input, input_output_shares
from tfp.workflow.data_reading import column_values, read_input
from tfp.workflow.plans.placing import placing

if TYPE_CHECKING:
    from tfp.workflow.plans.plan_keys import Keys
    from tfp.workflow.treatments.state import Around, Treated

KEY = "method.shares.table"


@dataclass(frozen=True, kw_only=True)
class ShareTable:
    """``[method.shares.table]``: a file with one share for each period of validity.

    Attributes
    ----------
    file, sheet : str
    of : {"capital", "labour"}
        Whose share it is.
    share, first, last, source : str
        Columns of the share, of the first and last year in which it holds, and of where
        it is published.
    areas, area : str or None
        Column of areas, and the one whose shares are taken.
    """

    file: str
    of: Input
    share: str
    first: str
    last: str
    source: str
    sheet: str | None = None
    areas: str | None = None
    area: str | None = None


def read_share_table(keys: Keys) -> ShareTable:
    """Return ``[method.shares.table]``."""
    if ("areas" in keys) != ("area" in keys):
        name, other = ("areas", "area") if "areas" in keys else ("area", "areas")
        raise keys.error("plan-key-needs", name, key=keys.key(name), other=other)
    return ShareTable(
        file=keys.file_name("file"),
        sheet=keys.optional("sheet", keys.text),
        of=keys.choice("of", get_args(Input)),
        share=keys.text("share"),
        first=keys.text("first"),
        last=keys.text("last"),
        source=keys.text("source"),
        areas=keys.optional("areas", keys.text),
        area=keys.optional("area", keys.text),
    )


def with_dated_shares(treated: Treated, stated: ShareTable, around: Around) -> Treated:
    """Return the data with the weights that a file of dated shares gives."""
    table, file = read_input(
        around.plan.data, around.folder, stated.file, stated.sheet, f"{KEY}.file"
    )
    columns: dict[str, Any] = {
        getattr(stated, name): column_values(table, getattr(stated, name), f"{KEY}.{name}")
        for name in ("share", "first", "last")
    }
    for name in ("source", "areas"):
        if (column := getattr(stated, name)) is not None:
            with placing(f"{KEY}.{name}"):
                columns[column] = list(table.texts(column))
    with placing(KEY):
        weights = input_output_shares(
            columns,
            share=stated.share,
            of=stated.of,
            first=stated.first,
            last=stated.last,
            source=stated.source,
            area=stated.area,
            areas=stated.areas,
        )
    return replace(treated.with_file(file), weights=weights)
