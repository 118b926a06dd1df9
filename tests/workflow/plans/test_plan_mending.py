"""What can only mean one thing is understood and said; anything else is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tfp.errors import PlanError
from tfp.language.catalogue import LANGUAGES
from tfp.workflow.demonstration import demo_files
from tfp.workflow.plans.plan_file import parse_plan
from tfp.workflow.plans.plan_reading import language_of, read_plan
from tfp.workflow.run import prepare

if TYPE_CHECKING:
    from pathlib import Path

PLAN = demo_files("vi")["tfp.toml"].decode()
SOUND = read_plan(PLAN.encode()).normalised()
DEPRECIATION, TITLE = "depreciation = 0.05", 'output_name = "GDP"'


def edit(old: str, new: str) -> str:
    assert PLAN.count(old) == 1
    return PLAN.replace(old, new)


# How it is written, and how many remarks that is worth.
WAYS: dict[str, tuple[bytes, int]] = {
    "with a mark": (b"\xef\xbb\xbf" + PLAN.encode(), 0),
    "Windows lines": (PLAN.replace("\n", "\r\n").encode(), 0),
    "old Macintosh lines": (PLAN.replace("\n", "\r").encode(), 0),
    "UTF-16": (PLAN.encode("utf-16"), 0),
    "UTF-16 of Notepad": (PLAN.replace("\n", "\r\n").encode("utf-16-le"), 0),
    "UTF-16, other order": (PLAN.encode("utf-16-be"), 0),
    "decimal comma": (edit(DEPRECIATION, "depreciation = 0,05").encode(), 1),
    "decimal comma before a remark": (
        edit(DEPRECIATION, "depreciation =0,05 # 5 %, as in 2010").encode(),
        1,
    ),
    "decimal comma in quotes": (edit(DEPRECIATION, 'depreciation = "0,05"').encode(), 1),
    "per cent": (edit(DEPRECIATION, "depreciation = 5%").encode(), 1),
    "per cent and comma": (edit(DEPRECIATION, "depreciation = 5,0 %").encode(), 1),
    "number in quotes": (edit("at = 2021\nprevious", 'at = "2021"\nprevious').encode(), 1),
    "inside of braces": (
        edit("shares = { capital = 0.36, source", "shares = { capital = 0,36, source").encode(),
        1,
    ),
    "curly quotes": (edit(TITLE, "output_name = “GDP”").encode(), 1),
    "low quotes": (edit(TITLE, "output_name = „GDP“").encode(), 1),
    "blank that does not break": (edit(TITLE, 'output_name\u00a0=\u00a0"GDP"').encode(), 1),
    "blank of no width": (edit(TITLE, '\u200boutput_name = "GDP"').encode(), 1),
    "price base as a number": (
        edit('output_by_part = "2010"', "output_by_part = 2010").encode(),
        1,
    ),
    "several at once": (
        edit(DEPRECIATION, "depreciation = 0,05").replace(TITLE, "output_name = “GDP”").encode(),
        2,
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_habit_is_understood_and_said(way: str) -> None:
    written, count = WAYS[way]
    plan = read_plan(written)
    assert plan.normalised() == SOUND
    assert len(plan.written.remarks) == count
    assert {remark.severity for remark in plan.written.remarks} <= {"note"}
    for remark in plan.written.remarks:
        for language in LANGUAGES:
            assert remark.fields["read"] in remark.part("found", language)
    assert language_of(written) == "vi"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"C:\Users\Nguyễn Văn A\so lieu.xlsx", r"C:\Users\Nguyễn Văn A\so lieu.xlsx"),
        (r"data\tables\nam.csv", r"data\tables\nam.csv"),
        (r"\\server\chung\tfp.xlsx", None),
        ("a/b.csv", "a/b.csv"),
    ],
)
def test_backslashes_of_windows_are_names_of_folders(written: str, meant: str | None) -> None:
    text = edit('file = "vietnam_2010_2024.csv"', f'file = "{written}"')
    if meant is None:
        with pytest.raises(PlanError) as raised:
            read_plan(text.encode())
        assert raised.value.code in {"plan-backslash", "plan-file-name"}
    else:
        assert read_plan(text.encode()).data.file == meant


AMBIGUOUS = [
    ("depreciation = 0,05,1", "plan-not-toml"),
    ("depreciation = 1.234,5,6", "plan-not-toml"),
    ('depreciation = "1.234"', "plan-number-in-quotes"),
    ("depreciation = 0,05 or so", "plan-decimal-comma"),
    ('depreciation = “0.05 and "more"”', "plan-typographic-quotes"),
    (r'depreciation = "C:\\a\d"', "plan-backslash"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code"), AMBIGUOUS)
def test_what_can_mean_two_things_is_answered_with_line_and_remedy(line: str, code: str) -> None:
    with pytest.raises(PlanError) as raised:
        read_plan(edit(DEPRECIATION, line).encode())
    error = raised.value
    assert error.code == code
    if code != "plan-number-in-quotes":
        number = error.fields["line"]
        assert edit(DEPRECIATION, line).splitlines()[number - 1].startswith("depreciation")
    for language in LANGUAGES:
        assert error.message(language, in_plan=True).count("\n") >= 2


def test_nothing_inside_of_quotation_marks_or_remarks_is_touched() -> None:
    line = 'title = "Báo cáo “0,40” và 5 %"  # = 0,40 “x”'
    assert parse_plan(f"[a]\n{line}\nrate = 0,4\n".encode())["a"] == {
        "title": "Báo cáo “0,40” và 5 %",
        "rate": 0.4,
    }


def test_the_remarks_stand_among_the_findings_of_the_check(tmp_path: Path) -> None:
    for name, data in demo_files("vi").items():
        (tmp_path / name).write_bytes(data)
    plan = read_plan(WAYS["several at once"][0])
    codes = [finding.code for finding in prepare(plan, tmp_path).findings]
    assert codes.count("plan-line-understood") == 2
