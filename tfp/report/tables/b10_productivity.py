r"""B10: labour productivity and the capital that growth takes (ICOR).

Growth of labour productivity is the sum of what deepening of the other inputs and TFP
contribute (:func:`tfp.accounts.forms.productivity_form`).

.. math:: \mathrm{ICOR}_t = \frac{I_t / Y_t}{g_t}

with investment and output both at current prices where the plan has them, else both at
constant prices; :math:`g` is growth at constant prices. It is not given where growth is
negative or below the threshold of the shares: a ratio to almost nothing says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError
from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.panel.keys import bare_spelling
from tfp.report.document import Blank, Column
from tfp.report.footnotes import DIGITS
from tfp.report.source_lines import accounts_roles, source_line
from tfp.report.tables.yearly import Missing, Series, columns_in, title, year_table
from tfp.report.words import phrase
from tfp.results.shares import REASONS, blank_reasons

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.report.content import RunContent
    from tfp.report.document import Cell, Table
    from tfp.results.decomposition import Decomposition

# A billion a thousand persons is a million a person, which is how it is read.
_BILLIONS = ("billionvnd", "tydong", "tidong")
_THOUSANDS = ("thousandpersons", "thousandpeople", "nghinnguoi", "1000nguoi")


def productivity_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return B10, or what it lacks."""
    accounts, language, panel = content.accounts, content.language, content.panel
    if "labour" not in accounts.factor_names:
        return Missing(("labour",))
    if panel is None or not _investment(panel):
        return Missing(("investment",))
    try:
        form = accounts.productivity_form()
    except MethodError:
        return Missing(("constant_returns",))
    persons = accounts.inputs[accounts.factor_names.index("labour")]
    level = Column(
        label=text("tables.word.productivity", language),
        unit=_unit(panel, language),
        digits=2,
    )
    icor, marks = icor_cells(content, panel)
    with_icor = text("tables.word.icor", language)
    share, current = investment_share(panel)
    share_head = Column(
        label=text("tables.word.investment_share", language),
        unit="%",
        group=with_icor,
        digits=1,
    )
    prices = text(f"tables.word.{'current' if current else 'constant'}", language)
    notes = [
        *(
            (
                mark,
                text(f"tables.icor.{reason}", language, threshold=float(accounts.share_threshold)),
            )
            for mark, reason in marks.items()
        ),
        ("", text("tables.note.productivity", language)),
        ("", text("tables.note.icor", language, prices=prices.lower())),
    ]
    return (
        year_table(
            accounts.rows,
            [
                Series.of(level, accounts.output / persons),
                *_identity(form, language),
                Series.of(share_head, 100.0 * share),
                Series(Column(label="ICOR", group=with_icor, digits=DIGITS), icor),
            ],
            language,
            name="productivity",
            number="B10",
            title=title("B10", content),
            statuses=accounts.statuses,
            notes=notes,
            source=source_line(content, (*accounts_roles(content), "investment")),
            note_missing=True,
        ),
    )


def investment_share(panel: Panel) -> tuple[FloatArray, bool]:
    """Return investment over output, and whether both are at current prices."""
    current = panel.has("output_current") and bool(columns_in(panel, "investment_current"))
    roles = ("investment_current", "output_current") if current else ("investment", "output")
    investment = np.sum([column.values for column in columns_in(panel, roles[0])], axis=0)
    return investment / panel.values(roles[1]), current


def icor_cells(content: RunContent, panel: Panel) -> tuple[list[Cell], dict[str, str]]:
    """Return ICOR of each row, and the reason behind each mark of those withheld."""
    accounts = content.accounts
    share, _ = investment_share(panel)
    growth = 100.0 * accounts.total
    reasons = blank_reasons(growth, accounts.share_threshold)
    marks: dict[str, str] = {}
    cells: list[Cell] = []
    for row, reason in enumerate(np.array(REASONS, dtype=object)[reasons].tolist()):
        if reason == "not_available" or np.isnan(share[row]):
            cells.append(None)
        elif reason:
            mark = next((m for m, r in marks.items() if r == reason), "abc"[len(marks)])
            marks[mark] = reason
            cells.append(Blank(mark))
        else:
            cells.append(float(100.0 * share[row] / growth[row]))
    return cells, marks


def _identity(form: Decomposition, language: Language) -> list[Series]:
    """Return the growth of labour productivity and its terms."""
    points = text("report.unit.points", language)
    group = f"{text('tables.word.of_which', language)} ({points})"
    head = Column(label=text("tables.word.productivity_growth", language), unit="%", digits=DIGITS)
    return [
        Series.of(head, 100.0 * form.total),
        *(
            Series.of(
                Column(label=term_name(name, language), group=group, digits=DIGITS), 100.0 * term
            )
            for name, term in zip(form.term_names, form.terms, strict=True)
        ),
    ]


def _investment(panel: Panel) -> bool:
    return any(np.isfinite(column.values).any() for column in columns_in(panel, "investment"))


def _unit(panel: Panel, language: Language) -> str:
    output, labour = panel.column("output").unit, panel.column("labour").unit
    if output is None or labour is None:
        return ""
    if bare_spelling(output) in _BILLIONS and bare_spelling(labour) in _THOUSANDS:
        return text("tables.unit.million_a_person", language)
    return f"{phrase('unit', output, language)} / {phrase('unit', labour, language)}"
