"""A document of one result alone, for ``result.to_html`` and ``result.to_excel``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.inputs.capital.inventory import CapitalStocks
from tfp.language.catalogue import text
from tfp.language.terms import average_name
from tfp.report.building import build_document, contributions_figures, finding_texts
from tfp.report.content import RunContent
from tfp.report.data_tables import capital_table
from tfp.report.document import Document, FindingsBlock, Heading, Paragraph, Table
from tfp.report.method import capital_blocks
from tfp.report.result_tables import period_table, yearly_table
from tfp.report.target_table import target_table
from tfp.report.tidy_table import tidy_table
from tfp.results.comparison import TargetComparison
from tfp.results.decomposition import Decomposition
from tfp.results.growth_accounts import GrowthAccounts
from tfp.results.periods import PeriodAccounts

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.report.document import Block
    from tfp.results.result import Result


def document_of_result(result: Result, language: Language) -> Document:
    """Return what one result says; growth accounts come with their method and chart."""
    if isinstance(result, GrowthAccounts):
        entities = result.rows.entities
        area = entities[0] if len(entities) == 1 else ""
        title = text("report.summary.growth_accounts", language)
        return build_document(
            RunContent(
                area=area,
                language=language,
                accounts=result,
                findings=result.findings,
                title=f"{title}: {area}" if area else title,
            )
        )
    title = title_of(result, language)
    blocks: list[Block] = [Heading(text=title, name=result.kind)]
    if isinstance(result, CapitalStocks):
        blocks += capital_blocks(result, language)
    table = table_of_result(result, language)
    blocks += [table] if table.rows else [Paragraph(text=note) for _, note in table.notes]
    if isinstance(result, Decomposition):
        blocks += contributions_figures(result, language)
    remarks = getattr(result, "warnings", ())
    if remarks:
        blocks.append(FindingsBlock(findings=finding_texts(remarks, language)))
    return Document(title=title, subtitle="", language=language, area="", blocks=tuple(blocks))


def table_of_result(result: Result, language: Language) -> Table:
    """Return the one table that shows a result."""
    if isinstance(result, Decomposition):
        return yearly_table(result, language)
    if isinstance(result, PeriodAccounts):
        return period_table(result, language)
    if isinstance(result, TargetComparison):
        return target_table(result, language)
    if isinstance(result, CapitalStocks):
        return capital_table(result, language)
    return tidy_table(result, title_of(result, language), language)


def title_of(result: Result, language: Language) -> str:
    """Return what a result is called."""
    if isinstance(result, PeriodAccounts):
        average = average_name(result.average, language)
        return text("report.summary.period_accounts", language, average=average)
    return text(f"report.summary.{result.kind}", language)
