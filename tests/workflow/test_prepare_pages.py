"""The pages on preparing data hold one plan and one computation, in both languages."""

from __future__ import annotations

import doctest
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from tfp.workflow.plans.plan_reading import read_plan
from tfp.workflow.run import prepare, run_plan

if TYPE_CHECKING:
    from tfp.workflow.plans.plan import Plan

PAGES = Path(__file__).parents[2] / "docs"
NAMES = ("prepare_your_data", "prepare_your_data_vi")
OTHER = [f"{name}.md" for name in NAMES]
FILES = ("figures.csv", "nation.csv")
TEXTS = {"title", "name", "source", "reason", "language", "output_name", "area", "units"}


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.+?)^```$", page(name), re.DOTALL | re.MULTILINE)


def pieces(name: str) -> list[str]:
    """Return the pieces of the plan of Hoa An; areas are of another plan."""
    return [piece for piece in blocks(name, "toml") if not piece.startswith("[boundaries]")]


def python(name: str) -> dict[str, Any]:
    """Run the Python of a page and return its names."""
    test = doctest.DocTestParser().get_doctest("\n".join(blocks(name, "python")), {}, name, None, 0)
    results = doctest.DocTestRunner(verbose=False).run(test, clear_globs=False)
    assert results.attempted > 0
    assert not results.failed
    return test.globs


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def folder(name: str, tmp_path: Path) -> Path:
    """Return a folder with the files of a page."""
    for file, text in zip(FILES, blocks(name, "text"), strict=True):
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def plan(name: str) -> Plan:
    """Return the plan of a page."""
    return read_plan("\n".join(pieces(name)).encode())


def test_the_pieces_make_a_plan_in_which_nothing_is_left_to_settle(
    plan: Plan, folder: Path
) -> None:
    found = prepare(plan, folder).findings
    assert {finding.code for finding in found} == {"link-assumed", "data-preliminary"}
    assert {answer.code for answer in plan.answers} == {"link-assumed"}


def test_without_its_remedies_the_plan_is_stopped(name: str, folder: Path) -> None:
    raw = [
        piece
        for piece in pieces(name)
        if not piece.startswith(("[[correct", "[[fill", "[output", "[[splice", "[periods"))
    ]
    found = prepare(read_plan("\n".join(raw).encode()), folder).findings
    assert {finding.code for finding in found.blocking} == {
        "definition-change",
        "decimal-misplaced",
        "level-of-another-vintage",
    }
    told = {finding.code for finding in found}
    assert {"missing-values", "data-preliminary"} <= told


def test_the_plan_and_the_python_of_a_page_give_the_same_accounts(
    name: str, plan: Plan, folder: Path
) -> None:
    content = run_plan(plan, folder).content
    stated = python(name)["accounts"].contributions
    np.testing.assert_allclose(content.accounts.contributions, stated, rtol=1e-12, atol=1e-12)
    assert len(content.sensitivities) == 3
    shares = [one.periods.share_of_growth["tfp"].tolist() for one in content.sensitivities]
    assert len({round(one[-1], 6) for one in shares}) == 3


def test_both_pages_say_the_same() -> None:
    english, vietnamese = NAMES
    for kind in ("text", "python"):
        assert blocks(english, kind) == blocks(vietnamese, kind)
    for one, other in zip(blocks(english, "toml"), blocks(vietnamese, "toml"), strict=True):
        assert without_texts(tomllib.loads(one)) == without_texts(tomllib.loads(other))
    for mark in (r"^#{1,3} ", r"^- \[ \] ", r"^\| ", r"^\d\. "):
        counts = [len(re.findall(mark, page(which), re.MULTILINE)) for which in NAMES]
        assert counts[0] == counts[1], mark
    for code in (r"`[a-z]+(?:-[a-z]+)+`", r"\]\((\w+\.md)\)"):
        told = [set(re.findall(code, page(which))) for which in NAMES]
        assert told[0] - set(OTHER) == told[1] - set(OTHER), code


def test_every_finding_that_is_explained_can_be_met(name: str) -> None:
    codes = re.findall(r"^\| `([a-z-]+)`(?:, `([a-z-]+)`)? \|", page(name), re.MULTILINE)
    told = {code for row in codes for code in row if "-" in code or code in ("gap", "outlier")}
    catalogue = files("tfp.language").joinpath("en", "findings.toml").read_text(encoding="utf-8")
    assert len(told) > 20
    assert told <= set(tomllib.loads(catalogue))


def without_texts(table: Any) -> Any:
    """Leave out what is in the words of the reader."""
    if isinstance(table, dict):
        return {key: without_texts(value) for key, value in table.items() if key not in TEXTS}
    return [without_texts(item) for item in table] if isinstance(table, list) else table
