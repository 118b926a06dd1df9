"""The reference of the plan lists what the reader of plans knows, and its example runs."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from tfp.datasets.target import Target
from tfp.report.answers import Answer
from tfp.workflow import approval, checking, copies, nation, office, relations, reported, revisions
from tfp.workflow.plans import plan
from tfp.workflow.plans.plan_reading import PLAN_KEYS, plan_of, read_plan
from tfp.workflow.run import prepare, run_plan
from tfp.workflow.treatments import (
    boundaries,
    breaks,
    capital,
    cohorts,
    corrections,
    dated_shares,
    estimates,
    gaps,
    initial_stock,
    investment,
    labour,
    labour_share,
    prices,
    services,
    weights,
)
from tfp.workflow.treatments.treatment import TREATMENT_KEYS
from tfp.workflow.yearbooks import yearbook_form

PAGES = Path(__file__).parents[2] / "docs"
PAGE = (PAGES / "plan.md").read_text(encoding="utf-8")
TABLES: dict[str, set[str]] = {
    heading: {field.name for field in fields(record)}
    for heading, record in {
        "[plan]": plan.Heading,
        "[data]": plan.Data,
        "[data.long]": plan.Long,
        "[[data.sheet]]": yearbook_form.Sheet,
        "[[source]]": plan.Source,
        "[boundaries]": boundaries.Boundaries,
        "[boundaries.table]": boundaries.UnitTable,
        "[boundaries.table.old]": boundaries.Units,
        "[boundaries.published]": boundaries.Continuation,
        "[[correct]]": corrections.Correction,
        "[[estimate]]": estimates.Estimate,
        "[[fill]]": gaps.Fill,
        "[[interpolate]]": gaps.Interpolation,
        "[[deflate]]": prices.Deflation,
        "[output]": prices.Output,
        "[output.from_growth]": prices.FromGrowth,
        "[output.chained]": prices.Chained,
        "[[link_base]]": prices.BaseLink,
        "[[rebase]]": prices.Rebasing,
        "[[splice]]": breaks.Splice,
        "[splice.national]": breaks.National,
        "[[accept_break]]": breaks.AcceptedBreak,
        "[labour]": labour.Labour,
        "[labour.composition]": labour.Composition,
        "[labour.human_capital]": labour.Schooling,
        "[investment]": investment.Investment,
        "[investment.research]": investment.Research,
        "[capital]": capital.Capital,
        "[capital.assets.NAME]": capital.Inventory,
        "[capital.efficiency]": cohorts.Efficiency,
        "[capital.retirement]": cohorts.Retirement,
        "[capital.services]": services.Services,
        "[capital.initial]": initial_stock.InitialStock,
        "[method]": weights.Method,
        "[method.shares]": weights.Shares,
        "[method.shares.table]": dated_shares.ShareTable,
        "[method.shares.labour_share]": labour_share.LabourIncome,
        "[method.shares.labour_share.survey]": labour_share.Survey,
        "[checks]": checking.Checks,
        "[[checks.relation]]": relations.DeclaredRelation,
        "[[answer]]": Answer,
        "[periods]": plan.Periods,
        "[approved]": approval.Approved,
        "[[reported]]": reported.Reported,
        "[[nation]]": nation.Nation,
        "[copies]": copies.Copies,
        "[revisions]": revisions.PreviousRun,
        "[[copies.hidden]]": copies.Hidden,
        "[[target]]": Target,
    }.items()
} | {
    "[targets]": {"use", "area", "entity"},
    "[[sensitivity]]": {"name", "name_vi", "columns", *TREATMENT_KEYS},
    "[office]": {field.name for field in fields(office.Office)},
    "[office.signatures]": set(office.ROLES),
    "[report]": {"accept_status", "charts", "formats", "ranges"},
}
ROW = re.compile(r"^\| `(\w+)` \| .+ \| .+ \| .+ \| .+ \|$", re.MULTILINE)


def sections() -> dict[str, str]:
    parts = re.split(r"^## `(.+)`$", PAGE, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def example(language: str) -> str:
    _, _, last = PAGE.partition("## A complete example")
    found = re.search(rf"```{language}\n(.+?)```", last, re.DOTALL)
    assert found
    return found[1]


def test_every_table_of_a_plan_has_its_section() -> None:
    assert set(sections()) == set(TABLES)
    named = {heading.strip("[]").partition(".")[0] for heading in TABLES}
    assert named == set(PLAN_KEYS)


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_of_a_table_is_listed_and_no_other(heading: str) -> None:
    body = sections()[heading].partition("\n## ")[0]
    listed = ROW.findall(body)
    assert len(listed) == len(set(listed))
    assert set(listed) == TABLES[heading]


def test_the_vietnamese_page_names_every_table_and_every_key_of_the_inputs() -> None:
    page = (PAGES / "plan_vi.md").read_text(encoding="utf-8")
    alike = {"[capital.assets.NAME]", "[boundaries.table.old]", "[splice.national]"}
    told = [heading for heading in TABLES if heading.strip("[]").split(".")[0] in TREATMENT_KEYS]
    for heading in told:
        keys = TABLES[heading]
        named = heading in page or heading in alike or heading.endswith(".survey]")
        assert named or heading in ("[method]", "[method.shares]"), heading
        if heading not in ("[method]", "[method.shares]"):
            assert not {key for key in keys if f"`{key}`" not in page}, heading


@pytest.mark.parametrize("name", ["plan", "plan_vi"])
def test_every_piece_of_a_plan_on_the_pages_is_understood(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    complete = tomllib.loads(example("toml"))
    for piece in re.findall(r"```toml\n(.+?)```", page, re.DOTALL):
        tables = tomllib.loads(piece)
        if "plan" in tables:
            continue
        if "assets" in tables.get("capital", {}):
            names = dict.fromkeys(tables["capital"]["assets"], "gfcf")
            columns = {**complete["data"]["columns"], "investment": names}
            tables["data"] = {**complete["data"], "columns": columns}
        assert plan_of({**complete, **tables})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the figures of the example."""
    (tmp_path / "figures.csv").write_text(example("text"), encoding="utf-8")
    return tmp_path


def test_the_complete_example_runs(folder: Path) -> None:
    written = read_plan(example("toml").encode())
    found = {finding.code for finding in prepare(written, folder).findings}
    assert found == {"data-preliminary"}, "nothing in it has to be explained away"
    content = run_plan(written, folder).content
    assert content.output_name == "GRDP"
    assert content.accounts.contributions["tfp"].notna().all()
    assert [sensitivity.name for sensitivity in content.sensitivities] == ["Capital share 0.36"]
    assert content.comparison is not None


def test_the_pages_are_in_the_table_of_contents_and_the_readme_leads_there() -> None:
    contents = (PAGES / "index.md").read_text(encoding="utf-8").splitlines()
    readme = (PAGES.parent / "README.md").read_text(encoding="utf-8")
    for name in ("plan", "plan_vi"):
        assert name in contents
        assert f"(docs/{name}.md)" in readme
