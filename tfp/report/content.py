"""Everything that one run has to say, as one record: what reports and workbooks are made of.

The workflow fills a :class:`RunContent`;
:func:`tfp.report.building.build_document` makes it a document for readers,
:func:`tfp.report.workbook.build_workbook` a workbook for auditors. Whatever is left
out is left out of both: a section without its data is not printed half filled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tfp.errors import Place
    from tfp.inputs.capital.inventory import CapitalStocks
    from tfp.language.catalogue import Language
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel
    from tfp.report.answers import Answer
    from tfp.report.approval import Approval
    from tfp.report.front_matter import FrontMatter
    from tfp.report.reconciled import Reconciled
    from tfp.report.revision_tables import Revisions
    from tfp.report.tables.b09_branches import BranchAccounts
    from tfp.report.tables.b11_targets import NationalFigure
    from tfp.report.tables.b12_innovation import Innovation
    from tfp.results.comparison import TargetComparison
    from tfp.results.growth_accounts import GrowthAccounts
    from tfp.results.periods import PeriodAccounts
    from tfp.results.result import Result


@dataclass(frozen=True, kw_only=True)
class SourceNote:
    """Where some of the figures come from.

    Attributes
    ----------
    title : str
        What was read.
    publisher, vintage, licence : str
        Who answers for the figures, which edition they are, on what terms they may be
        passed on; empty where not known.
    reference : str
        Address or full citation. It is printed as text and never loaded.
    roles : tuple of str
        Roles of the columns taken from it.
    sha256 : str
        Checksum of the file read.
    notes : tuple of str
        Known problems, a sentence or two each.
    """

    title: str
    publisher: str = ""
    vintage: str = ""
    licence: str = ""
    reference: str = ""
    roles: tuple[str, ...] = ()
    sha256: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Sensitivity:
    """The same accounts under another assumption.

    Attributes
    ----------
    name : str
        ``"main"``, ``"unspliced"``, ``"zero_growth"``, or any other key of the table
        ``sensitivity`` in ``language/*/report.toml``; any other text is printed as it is.
    periods : PeriodAccounts
        Averages over the same periods as the main accounts, by the same average.
    fields : dict
        What fills the sentence of the catalogue.
    changes : dict
        What the plan says instead, by key.
    sources : tuple of str
        Where that comes from, and why it is assumed.
    """

    name: str
    periods: PeriodAccounts
    fields: dict[str, float | str] = field(default_factory=dict)
    changes: dict[str, Any] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class RunContent:
    """What a run has, in one language.

    Attributes
    ----------
    area : str
        Name of the nation, province or industry, as it is to be printed.
    language : {"en", "vi"}
    accounts : GrowthAccounts
        The main accounts.
    title : str
        Title of the report; a ready one is used if empty.
    output_name : str
        What output is called in sentences and tables: ``"GDP"``, ``"GRDP"``.
    periods : tuple of PeriodAccounts
        One for each average that is shown; the first one is the main one.
    comparison : TargetComparison or None
        The main accounts against targets.
    findings : sequence of Finding
        What the check of the data found; ``accounts.warnings`` are added to them.
    answers : tuple of Answer
        What was learnt about findings that somebody has looked into.
    sensitivities : tuple of Sensitivity
        Other assumptions beside the main one.
    panel : Panel or None
        The data that the accounts rest on, after filling and splicing.
    raw_panel : Panel or None
        The data as they were read.
    capital : CapitalStocks or None
        The perpetual inventory that the capital in `panel` comes from.
    further_results : tuple of Result
        What else capital comes from: stocks by cohort or by asset, capital services.
    ranges : tuple of Result
        Assumptions side by side, and merged areas against their parts.
    sources : tuple of SourceNote
    prepared_on : date or None
        Date of the report, from the plan. Nothing is taken from the clock: the same
        input gives the same bytes.
    plan_hash : str
        Sha256 of the normalised plan; empty where there is no plan.
    origins : dict
        By role, where each figure of `raw_panel` was read: file, sheet and cell, or None.
    draft_reasons : tuple of str
        Why this is a draft, in words; a final report has none.
    approval : Approval or None
        The options of the run beside those approved; None where there is no plan.
    reconciled : tuple of Reconciled
        Figures already reported beside those of this run.
    nation : tuple of NationalFigure
        Figures of the nation beside those of the area.
    branches : tuple of BranchAccounts
        Accounts by sector and by ownership.
    innovation : tuple of Innovation
        TFP growth by drivers.
    revisions : Revisions or None
        What changed since an earlier run.
    front : FrontMatter or None
        Letterhead, recipients, signatures.
    audience : {"internal", "public"}
        For whom the copy is made.
    """

    area: str
    language: Language
    accounts: GrowthAccounts
    title: str = ""
    output_name: str = ""
    periods: tuple[PeriodAccounts, ...] = ()
    comparison: TargetComparison | None = None
    findings: tuple[Finding, ...] = ()
    answers: tuple[Answer, ...] = ()
    sensitivities: tuple[Sensitivity, ...] = ()
    panel: Panel | None = None
    raw_panel: Panel | None = None
    capital: CapitalStocks | None = None
    further_results: tuple[Result, ...] = ()
    ranges: tuple[Result, ...] = ()
    sources: tuple[SourceNote, ...] = ()
    prepared_on: date | None = None
    plan_hash: str = ""
    origins: Mapping[str, tuple[Place | None, ...]] = field(default_factory=dict)
    draft_reasons: tuple[str, ...] = ()
    approval: Approval | None = None
    reconciled: tuple[Reconciled, ...] = ()
    nation: tuple[NationalFigure, ...] = ()
    branches: tuple[BranchAccounts, ...] = ()
    innovation: tuple[Innovation, ...] = ()
    revisions: Revisions | None = None
    front: FrontMatter | None = None
    audience: Literal["internal", "public"] = "internal"
