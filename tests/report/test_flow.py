"""Which pages lie, what they take along, and how tables go onto paper."""

from __future__ import annotations

from tfp.report.document import Column, Document, Figure, Heading, Paragraph, Table
from tfp.report.flow import on_paper
from tfp.report.paper import fits_a_page, fitted, text_width
from tfp.report.widths import balanced_widths, parts_within


def table(columns, rows=3, **options):
    heads = tuple(Column(label=f"Heading {n}", digits=1) for n in range(columns))
    cells = tuple(tuple(1234567.8 for _ in heads) for _ in range(rows))
    return Table(name="t", title="T", columns=heads, rows=cells, **options)


def lying(*blocks):
    document = Document(title="D", subtitle="", language="en", area="", blocks=blocks)
    return [placed.lying for placed in on_paper(document)]


NARROW, WIDE = table(4), table(12)
FIGURE = Figure(name="f", draw=lambda: None, alternative="", caption="")


def test_a_heading_and_a_chart_go_with_the_lying_table_below_them():
    assert lying(Paragraph(text="p"), FIGURE, Heading(text="h"), WIDE, NARROW) == [
        False, True, True, True, False
    ]  # fmt: skip


def test_little_between_two_lying_tables_does_not_turn_paper():
    short, long = Paragraph(text="p"), Paragraph(text="p" * 2000)
    assert lying(WIDE, Heading(text="h"), short, WIDE) == [True, True, True, True]
    assert lying(WIDE, long, WIDE) == [True, False, True]


def test_the_annex_does_not_begin_on_a_lying_page_with_the_report():
    annex = Heading(text="Annex", annex=True)
    document = Document(
        title="D", subtitle="", language="en", area="", blocks=(WIDE, annex, NARROW, NARROW)
    )
    placed = on_paper(document)
    assert [each.in_annex for each in placed] == [False, True, True, True]
    assert not placed[1].lying


def test_a_table_fills_its_paper_and_never_more():
    for content in (NARROW, WIDE, table(40)):
        for fit in fitted(content, "en"):
            assert sum(fit.widths) <= text_width(lying=fit.lying)
            assert sum(fit.widths) >= 0.99 * text_width(lying=fit.lying)
    assert not fits_a_page(fitted(table(4, rows=90), "en")[0], "en")
    assert fits_a_page(fitted(table(4, rows=30), "en")[0], "en")


def test_parts_hold_every_column_once_after_the_first():
    whole = table(40)
    parts = parts_within(whole, "en", 150)
    heads = [column.label for part in parts for column in part.columns[1:]]
    assert heads == [column.label for column in whole.columns[1:]]
    assert {part.columns[0].label for part in parts} == {"Heading 0"}


def test_room_goes_to_the_text_that_needs_it():
    columns = (Column(label="Name", style="text"), Column(label="Reason", style="text"))
    content = Table(name="t", title="T", columns=columns, rows=(("short name", "words " * 60),))
    name, reason = balanced_widths(content, "en", 90)
    assert reason > 3 * name
    assert round(name + reason, 6) == 90
