"""A plan's file: bytes to tables, and what to say where they are not TOML.

People write plans in Notepad and Word, with decimal commas, backslashes in paths and
curly quotation marks. Each of these habits is recognised on the line where the reader
of TOML stopped: what it can only mean is read so and said, anything else is answered with
what to write instead.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tfp.errors import Place, PlanError, nearest
from tfp.workflow.plans.plan_mending import Mend, decoded, mended

if TYPE_CHECKING:
    from pathlib import Path

PLAN_NAME = "tfp.toml"
FORM_NAME = "plan.xlsx"

_WORKBOOK = b"PK\x03\x04"
_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_DECIMAL_COMMA = re.compile(r"(?<![\w.,])-?\d+,\d+(?![\w,])")
_PER_CENT = re.compile(r"=\s*([-+]?\d+(?:[.,]\d+)?)\s*%")
_UNQUOTED_TEXT = re.compile(r"^[^#\"'=]+=\s*(?!true\b|false\b|inf\b|nan\b)([^\W\d][^#,\]}]*)")
_CURLY_QUOTES = re.compile("[\u201c\u201d\u201e\u2018\u2019]")


def read_plan_bytes(folder: Path) -> bytes:
    """Return the content of ``tfp.toml`` in `folder`.

    Raises
    ------
    PlanError
        ``plan-folder-not-found``, ``plan-not-found``, ``plan-unreadable``.
    """
    check_folder(folder)
    try:
        return (folder / PLAN_NAME).read_bytes()
    except FileNotFoundError as error:
        names = [each.name for each in folder.iterdir()]
        raise PlanError(
            "plan-not-found",
            folder=folder.name or str(folder),
            plan=PLAN_NAME,
            nearest=nearest(PLAN_NAME, names),
        ) from error
    except OSError as error:
        raise PlanError(
            "plan-unreadable", places=[Place(file=PLAN_NAME)], reason=error.strerror or str(error)
        ) from error


def check_folder(folder: Path) -> None:
    """Refuse a folder that does not exist.

    Raises
    ------
    PlanError
        ``plan-folder-not-found``.
    """
    if not _is_folder(folder):
        raise PlanError("plan-folder-not-found", folder=str(folder), nearest=_beside(folder))


def parse_plan(data: bytes) -> dict[str, Any]:
    r"""Return the tables that the bytes of a plan write.

    Raises
    ------
    PlanError
        ``plan-not-utf8``, ``plan-empty``, ``plan-decimal-comma``, ``plan-backslash``,
        ``plan-per-cent-sign``, ``plan-typographic-quotes``, ``plan-text-without-quotes``,
        ``plan-key-twice``, ``plan-not-toml``.

    Examples
    --------
    >>> parse_plan("\ufeff[plan]\r\ntitle = 'Hưng Yên'\r\n".encode())
    {'plan': {'title': 'Hưng Yên'}}
    """
    return parse_mended(data)[0]


def parse_mended(data: bytes) -> tuple[dict[str, Any], tuple[Mend, ...]]:
    """Return the tables that a plan writes, and the lines that had to be mended.

    A plan may also be an Excel form.

    Raises
    ------
    PlanError
        As :func:`parse_plan`.
    """
    if data.startswith(_WORKBOOK):
        from tfp.workflow.forms.excel_plan import read_form

        return read_form(data, FORM_NAME).tables, ()
    try:
        lines = decoded(data).split("\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _on_line("plan-not-utf8", line) from error
    written = list(lines)
    tables = None
    while tables is None:
        try:
            tables = tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError as error:
            stopped = _line_of(str(error), lines)
            changed = mended(lines[stopped - 1])
            if changed is None:
                raise _explain(str(error), written) from error
            lines[stopped - 1] = changed
    if not tables:
        raise PlanError("plan-empty", places=[Place(file=PLAN_NAME)])
    mends = tuple(
        Mend(number, before.strip(), after.strip())
        for number, (before, after) in enumerate(zip(written, lines, strict=True), start=1)
        if before != after
    )
    return tables, mends


def _explain(reason: str, lines: list[str]) -> PlanError:
    """Return the error for what stands on the line where reading stopped."""
    number = _line_of(reason, lines)
    line = lines[number - 1]
    unquoted = _UNQUOTED_TEXT.search(line)
    if _CURLY_QUOTES.search(line):
        return _on_line("plan-typographic-quotes", number, text=line.strip())
    if miswritten := _explain_number(line, number):
        return miswritten
    if "\\" in line:
        return _on_line("plan-backslash", number, text=line.strip())
    if "overwrite" in reason or "twice" in reason or "redefine" in reason:
        return _on_line("plan-key-twice", number, text=line.strip())
    if unquoted:
        return _on_line("plan-text-without-quotes", number, written=unquoted[1].strip())
    said = reason.partition(" (at ")[0]
    return _on_line("plan-not-toml", number, text=line.strip(), reason=said)


def _line_of(reason: str, lines: list[str]) -> int:
    """Return the line where the reader of TOML stopped, counted from 1."""
    match = _LINE.search(reason)
    return min(int(match[1]), len(lines)) if match else len(lines)


def _explain_number(line: str, number: int) -> PlanError | None:
    """Return the error for a number that is written as in a text, if there is one."""
    if per_cent := _PER_CENT.search(line):
        fraction = float(per_cent[1].replace(",", ".")) / 100
        return _on_line(
            "plan-per-cent-sign", number, written=line.strip(), fraction=f"{fraction:g}"
        )
    if comma := _DECIMAL_COMMA.search(line):
        written = comma.group()
        point = written.replace(",", ".")
        return _on_line("plan-decimal-comma", number, written=written, point=point)
    return None


def _on_line(code: str, line: int, **fields: Any) -> PlanError:
    return PlanError(code, places=[Place(file=PLAN_NAME)], line=line, **fields)


def _is_folder(path: Path) -> bool:
    # No folder can have a name that is too long.
    with suppress(OSError):
        return path.is_dir()
    return False


def _beside(folder: Path) -> str:
    parent = folder.absolute().parent
    if not _is_folder(parent):
        return ""
    names = [each.name for each in parent.iterdir() if each.is_dir()]
    return nearest(folder.name, names)
