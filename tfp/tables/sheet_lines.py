"""The line of a sheet that a label means; a label that fits none, or several, is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import Place, TableError
from tfp.tables.line_labels import alike, folded, readings, same_label
from tfp.tables.references import cell_reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.tables.wide_table import Heading, Line, WideTable

BELOW = ">"


def lines_in_section(table: WideTable, section: str | None) -> tuple[Line, ...]:
    """Return the lines of a part of the sheet; all if `section` is None.

    A part begins at the heading that holds the words of `section`. It ends at the next
    heading that begins a part, or, where the one named does not, at the next heading.

    Raises
    ------
    TableError
        ``section-unknown``, ``section-several``.
    """
    if section is None:
        return table.lines
    wanted = folded(section)
    found = [heading for heading in table.headings if wanted in folded(heading.text)]
    exact = [heading for heading in found if same_label(section) in readings(heading.text)]
    found = exact or found
    if len(found) != 1:
        names = {heading.text: _at(table, heading) for heading in found or table.headings}
        known = list(names)
        raise TableError(
            "section-several" if found else "section-unknown",
            places=[names[name] for name in known] or [Place(file=table.file, sheet=table.sheet)],
            section=section,
            known=known if found else alike(section, known) or known,
        )
    begin = found[0]
    ends = [
        heading.line
        for heading in table.headings
        if heading.line > begin.line and (heading.begins_part or not begin.begins_part)
    ]
    ends += [header.first for header in table.headers if header.first > begin.line]
    end = min(ends, default=None)
    return tuple(
        line
        for line in table.lines
        if line.number > begin.line and (end is None or line.number < end)
    )


def lines_called(
    table: WideTable, lines: Sequence[Line], label: str, variable: str
) -> tuple[Line, ...]:
    """Return the line that has a label; its lines where the table is continued by further years.

    Raises
    ------
    TableError
        As :func:`line_called`.
    """
    wanted = frozenset(readings(label))
    found = [line for line in lines if line.is_called(wanted)]
    years = [column.year for line in found for column in line.header.years]
    headers = {id(line.header) for line in found}
    if 1 < len(found) == len(headers) and len(set(years)) == len(years):
        return tuple(found)
    return (line_called(table, lines, label, variable),)


def line_called(table: WideTable, lines: Sequence[Line], label: str, variable: str) -> Line:
    """Return the one line that has a label.

    Parameters
    ----------
    table
    lines
        Those to look among.
    label
        As the sheet prints it, in one of its languages; ``"A > B"`` is the first B below A.
    variable
        What the line is wanted for, for messages.

    Raises
    ------
    TableError
        ``label-unknown`` with the labels that are alike, ``label-several``.
    """
    above, _, last = label.rpartition(BELOW)
    if above.strip():
        upper = _line_or_heading(table, lines, above.strip(), variable)
        below = [line for line in lines if line.number > upper]
        named = [line for line in below if line.is_called(frozenset(readings(last.strip())))]
        return named[0] if named else _one(table, below, last.strip(), variable)
    return _one(table, lines, label, variable)


def _line_or_heading(table: WideTable, lines: Sequence[Line], label: str, variable: str) -> int:
    wanted = frozenset(readings(label))
    first = lines[0].number if lines else 0
    headings = [each for each in table.headings if wanted.intersection(readings(each.text))]
    inside = [each.line for each in headings if not lines or each.line >= first - 1]
    if len(inside) == 1 and not any(line.is_called(wanted) for line in lines):
        return inside[0]
    return _one(table, lines, label, variable).number


def _one(table: WideTable, lines: Sequence[Line], label: str, variable: str) -> Line:
    wanted = frozenset(readings(label))
    found = [line for line in lines if line.is_called(wanted)]
    # The whole label before a half of another one: "Nhà nước", not "Vốn - Nhà nước".
    whole = [line for line in found if any(same_label(each.text) in wanted for each in line.labels)]
    found = whole if len(whole) == 1 else found
    if len(found) == 1:
        return found[0]
    if found:
        parts = [line.part.text if line.part is not None else "" for line in found]
        raise TableError(
            "label-several",
            places=[table.place(line) for line in found],
            label=label,
            variable=variable,
            count=len(found),
            sections=list(dict.fromkeys(part for part in parts if part)),
        )
    shown = {line.shown: line for line in reversed(lines) if line.shown}
    near = alike(label, shown)
    raise TableError(
        "label-unknown",
        places=[table.place(shown[name]) for name in near]
        or [Place(file=table.file, sheet=table.sheet)],
        label=label,
        variable=variable,
        known=near or list(shown)[::-1],
    )


def _at(table: WideTable, heading: Heading) -> Place:
    position = min(table.lattice.lines[heading.line])
    place = table.lattice.place(heading.line, position)
    return place if place.cell else Place(cell=cell_reference(heading.line, position))
