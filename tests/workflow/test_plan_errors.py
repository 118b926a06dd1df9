"""Every slip in a plan has its own answer: code, key, words in both languages, exit code.

Each case is the sound plan below with one edit; nothing else may be wrong with it.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from tfp.cli import main
from tfp.errors import PlanError, TFPError
from tfp.language.catalogue import LANGUAGES, subject, text
from tfp.workflow.demonstration import demo_files
from tfp.workflow.log import LOG_NAME
from tfp.workflow.plans.plan_reading import read_plan
from tfp.workflow.run import run_plan

if TYPE_CHECKING:
    from pathlib import Path

SOUND = """\
[plan]
title = "A nation"
area = "Viet Nam"
language = "en"

[data]
file = "vietnam_2010_2024.csv"
time = "year"
status = "status"

[data.columns]
output = "gdp"
investment = "gfcf"
labour = "employed"

[data.units]
output = "billion VND"

[data.definitions]
labour = "labour_definition"

[[source]]
title = "National accounts"

[[fill]]
role = "labour"
from_column = "employed_quarterly_mean"
years = [2017]
reason = "no figure"

[[splice]]
role = "labour"
at = 2021
previous = 50072.01
source = "office"

[capital]
depreciation = 0.05

[capital.initial]
method = "capital_output_ratio"
ratio = 2.5
year = 2010

[method]
preset = "national"

[method.shares]
capital = 0.40

[periods]
list = ["2011-2015", "2021-2024"]

[targets]
use = "published"

[[sensitivity]]
name = "other share"
method = { shares = { capital = 0.46 } }
"""


def edit(old: str, new: str) -> str:
    assert SOUND.count(old) == 1, old
    return SOUND.replace(old, new)


def with_columns(columns: str) -> str:
    """Return the sound plan with a sensitivity that takes other columns."""
    return edit("method = { shares = { capital = 0.46 } }", f"columns = {{ {columns} }}")


TARGET = """
[[target]]
area = "Viet Nam"
document = "a plan"
operator = "at_least"
lower = 45.0
basis = "period_average"
first_year = 2021
last_year = 2024
due_year = 2024
"""

CORRECTION = """
[[correct]]
role = "labour"
year = 2016
printed = 5330.0
value = 53300.0
reason = "r"
source = "s"
"""
DEFLATION = '[[deflate]]\nrole = "labour"\nbase = 2010\nsource = "s"\n'
TOLERANCE = '[checks]\ngrowth_tolerance = "1.234"\n'
BACKCAST = '"backcast"\ngrowth = 6.0\nyears_before = 40'

# code, key of the plan (None where the plan has no keys yet), the plan
CASES: list[tuple[str, str | None, str | bytes]] = [
    ("plan-empty", None, "# nothing yet\n"),
    ("plan-not-utf8", None, SOUND.replace("A nation", "Québec").encode("cp1252")),
    ("plan-decimal-comma", None, edit("capital = 0.40", "capital = 0,40 or so")),
    ("plan-decimal-comma", None, edit("{ capital = 0.46 }", "{ capital = 0,46 base = 2010 }")),
    ("plan-per-cent-sign", None, edit("capital = 0.40", "capital = 40,5 % of it")),
    ("plan-backslash", None, edit('"vietnam_2010', r'"C:\\Users\Nguyen\vietnam_2010')),
    ("plan-file-name", "data.file", edit("vietnam_2010_2024.csv", r"data\u0001.csv")),
    ("plan-typographic-quotes", None, edit('"A nation"', '“A "nation"”')),
    ("plan-text-without-quotes", None, edit('language = "en"', "language = en")),
    ("plan-key-twice", None, edit("[capital]", "[periods]\n[capital]")),
    ("plan-key-twice", None, edit("ratio = 2.5", "ratio = 2.5\nratio = 2.4")),
    ("plan-not-toml", None, edit("[targets]", "[targets")),
    ("plan-not-toml", None, edit('title = "A nation"', 'title "A nation"')),
    ("plan-key-unknown", "capitol", edit("[capital]", "[capitol]")),
    ("plan-key-unknown", "data.colums", edit("[data.columns]", "[data.colums]")),
    ("plan-key-unknown", "sensitivity[1].metod", edit("method = {", "metod = {")),
    ("plan-key-unknown", "method.shares.capitl", edit("capital = 0.40", "capitl = 0.40")),
    ("plan-key-missing", "plan.language", edit('language = "en"\n', "")),
    (
        "plan-row-missing",
        "data.sheet",
        """
[plan]
title = "t"
area = "a"
language = "en"
[data]
file = "yearbook.xlsx"
[[data.sheet]]
sheet = "39"
rows = { labour = "Lao động" }
[method.shares]
capital = 0.4
source = "s"
""",
    ),
    ("plan-key-missing", "data.file", edit('file = "vietnam_2010_2024.csv"\n', "")),
    ("plan-key-missing", "data.columns.output", edit('output = "gdp"\n', "")),
    ("plan-key-missing", "capital.initial.ratio", edit("ratio = 2.5\n", "")),
    ("plan-key-missing", "splice[1].source", edit('source = "office"\n', "")),
    ("plan-key-missing", "method.shares.capital", edit("capital = 0.40\n", "")),
    ("plan-key-missing", "method.shares", edit("[method.shares]\ncapital = 0.40\n", "")),
    ("plan-not-text", "plan.title", edit('"A nation"', "2024")),
    ("plan-text-empty", "plan.output_name", edit('"A nation"', '"A"\noutput_name = ""')),
    ("plan-text-empty", "fill[1].reason", edit('"no figure"', '" "')),
    ("plan-not-number", "capital.depreciation", edit("= 0.05", '= "five"')),
    ("plan-number-in-quotes", "method.shares.capital", edit("= 0.40", '= "1.234"')),
    ("plan-number-in-quotes", "splice[1].at", edit("at = 2021", 'at = "2.021"')),
    ("plan-not-whole", "splice[1].at", edit("at = 2021", "at = 2021.0")),
    ("plan-out-of-range", "splice[1].at", edit("at = 2021", "at = 21")),
    ("plan-out-of-range", "capital.depreciation", edit("= 0.05", "= -0.05")),
    ("plan-not-positive", "capital.initial.ratio", edit("ratio = 2.5", "ratio = -2.5")),
    ("plan-per-cent", "method.shares.capital", edit("capital = 0.40", "capital = 40")),
    ("plan-not-truth", "target[1].approximate", SOUND + TARGET + 'approximate = "yes"\n'),
    ("plan-not-date", "plan.date", edit('"A nation"', '"A nation"\ndate = "30/11/2026"')),
    ("plan-not-list", "fill[1].years", edit("[2017]", "2017")),
    ("plan-list-empty", "periods.list", edit('["2011-2015", "2021-2024"]', "[]")),
    ("plan-listed-twice", "periods.list", edit('"2011-2015", ', '"2021-2024", ')),
    ("plan-word-unknown", "plan.language", edit('"en"', '"vn"')),
    ("plan-word-unknown", "method.preset", edit('"national"', '"nation"')),
    ("plan-word-unknown", "capital.initial.method", edit('"capital_output_ratio"', '"ratio"')),
    (
        "plan-preset-rule",
        "method.shares.rule",
        edit("0.40", '0.40\nrule = "labour_equivalents"\nbase = 2010'),
    ),
    (
        "plan-not-table",
        "capital.initial",
        edit(
            '[capital.initial]\nmethod = "capital_output_ratio"\nratio = 2.5\nyear = 2010',
            "initial = 2.5",
        ),
    ),
    ("plan-one-table", "periods", edit("[periods]", "[[periods]]")),
    ("plan-several-tables", "splice", edit("[[splice]]", "[splice]")),
    (
        "plan-choose-one",
        "splice[1].growth",
        edit("previous = 50072.01", "previous = 50072.01\ngrowth = 0.0"),
    ),
    ("plan-choose-one", "fill[1].values", edit('from_column = "employed_quarterly_mean"\n', "")),
    (
        "plan-key-not-with",
        "fill[1].years",
        edit('from_column = "employed_quarterly_mean"', "values = { 2017 = 53646.9 }"),
    ),
    (
        "plan-key-needs",
        "capital.discount_rate",
        edit("depreciation = 0.05", "depreciation = 0.05\ndiscount_rate = 0.04"),
    ),
    (
        "plan-not-a-year",
        "fill[1].values.17",
        edit(
            'from_column = "employed_quarterly_mean"\nyears = [2017]', "values = { 17 = 53646.9 }"
        ),
    ),
    (
        "plan-key-not-of-method",
        "capital.initial.value",
        edit("ratio = 2.5", "ratio = 2.5\nvalue = 1.0"),
    ),
    (
        "plan-key-not-of-method",
        "method.shares.capital",
        edit("capital = 0.40", 'capital = 0.40\nrule = "income"'),
    ),
    ("plan-role-unknown", "data.columns.labor", edit('labour = "employed"', 'labor = "employed"')),
    (
        "plan-role-unknown",
        "splice[1].role",
        edit('[[splice]]\nrole = "labour"', '[[splice]]\nrole = "employment"'),
    ),
    (
        "plan-role-without-column",
        "data.units.capital",
        edit('[data.units]\noutput = "billion VND"', '[data.units]\ncapital = "billion VND"'),
    ),
    (
        "plan-one-column-only",
        "data.columns.output",
        edit('output = "gdp"', 'output = { a = "gdp" }'),
    ),
    (
        "plan-name-twice",
        "sensitivity[2].name",
        SOUND + '[[sensitivity]]\nname = "other share"\nsplice = []\n',
    ),
    ("plan-sensitivity-same", "sensitivity[2].name", SOUND + '[[sensitivity]]\nname = "same"\n'),
    ("plan-sensitivity-same", "sensitivity[1].name", with_columns('output = "gdp"')),
    ("plan-role-unknown", "sensitivity[1].columns.outptu", with_columns('outptu = "gcf"')),
    ("plan-role-without-column", "sensitivity[1].columns.capital", with_columns('capital = "gcf"')),
    (
        "plan-role-without-column",
        "sensitivity[1].columns.capital",
        with_columns('capital = { machines = "gcf" }'),
    ),
    (
        "plan-one-column-only",
        "sensitivity[1].columns.output",
        with_columns('output = { a = "gcf" }'),
    ),
    ("plan-not-text", "sensitivity[1].columns.output", with_columns("output = 2010")),
    (
        "plan-capital-missing",
        "capital",
        edit(
            "[capital]\ndepreciation = 0.05\n\n[capital.initial]\n"
            'method = "capital_output_ratio"\nratio = 2.5\nyear = 2010\n',
            "",
        ),
    ),
    (
        "plan-capital-twice",
        "capital",
        edit('investment = "gfcf"', 'investment = "gfcf"\ncapital = "gcf"'),
    ),
    ("plan-investment-missing", "data.columns.investment", edit('investment = "gfcf"\n', "")),
    ("plan-fill-nothing", "fill[1].years", edit("[2017]", "[2010]")),
    ("plan-targets-none", "targets.use", edit('area = "Viet Nam"', 'area = "Atlantis"')),
    (
        "plan-targets-area",
        "targets.area",
        edit('use = "published"', 'use = "published"\narea = "Atlantis"'),
    ),
    ("target-period", "target[1]", SOUND + TARGET.replace("2021", "2031")),
    ("span-not-understood", "periods.list", edit('"2011-2015"', '"2015-2011"')),
    # From raw statistics to inputs; the other slips of these tables stand in test_plan_inputs_*.
    ("plan-key-missing", "correct[1].source", SOUND + CORRECTION.replace('source = "s"\n', "")),
    ("plan-choose-one", "correct[1].value", SOUND + CORRECTION + "unknown = true\n"),
    ("plan-key-unknown", "boundaries.vintag", SOUND + '[boundaries]\nvintag = "63"\n'),
    ("plan-several-tables", "deflate", SOUND + '[deflate]\nrole = "output"\n'),
    ("plan-one-table", "labour", SOUND + '[[labour]]\nmeasure = "hours"\n'),
    ("plan-key-missing", "link_base[1].data", SOUND + '[[link_base]]\nat = 2012\nsource = "s"\n'),
    ("plan-choose-one", "investment.ratio", SOUND + '[investment]\nsource = "s"\n'),
    (
        "plan-per-cent",
        "capital.initial.growth",
        edit('"capital_output_ratio"\nratio = 2.5\nyear = 2010', BACKCAST),
    ),
    ("plan-word-unknown", "answer[1].code", SOUND + '[[answer]]\ncode = "jumb"\nreason = "r"\n'),
    ("plan-not-table", "output.chained", SOUND + "[output]\nchained = 2012\n"),
    ("plan-number-in-quotes", "checks.growth_tolerance", SOUND + TOLERANCE),
    ("correction-mismatch", "correct[1]", SOUND + CORRECTION),
    ("prices-role", "deflate[1]", SOUND + DEFLATION),
    ("ratio-out-of-range", "investment", SOUND + '[investment]\nratio = 80\nsource = "s"\n'),
    ("area-unknown", "boundaries.vintage", SOUND + "[boundaries]\nvintage = 2024\n"),
    (
        "role-missing",
        "labour",
        SOUND + '[labour]\nmeasure = "hours"\nunit = "h"\nsource = "s"\n',
    ),
    # What the library refuses, with the key of the plan that led there.
    ("file-not-found", "data.file", edit("vietnam_2010_2024.csv", "vietnam_2010_2023.csv")),
    ("file-extension", "data.file", edit("vietnam_2010_2024.csv", "vietnam.ods")),
    ("option-not-for-file", "data.file", edit('time = "year"', 'time = "year"\nsheet = "GDP"')),
    ("table-column-unknown", "data.columns.output", edit('"gdp"', '"GDP"')),
    ("table-column-unknown", "data.time", edit('time = "year"', 'time = "nam"')),
    ("table-column-unknown", "fill[1].from_column", edit("employed_quarterly_mean", "quarterly")),
    (
        "table-column-unknown",
        "sensitivity[1].columns.output",
        with_columns('output = "value_added"'),
    ),
    ("cell-not-a-number", "sensitivity[1].columns.output", with_columns('output = "status"')),
    # The plan's own table does not suit the column: both places are named.
    ("value-present", "sensitivity[1]", with_columns('labour = "employed_quarterly_mean"')),
    ("value-present", "fill[1]", with_columns('labour = "employed_quarterly_mean"')),
    (
        "data-blocked",
        "sensitivity[1]",
        edit("method = { shares = { capital = 0.46 } }", "splice = []"),
    ),
    ("cell-not-a-number", "data.columns.labour", edit('"employed"', '"labour_definition"')),
    ("status-unknown", "data", edit('status = "status"', 'status = "labour_definition"')),
    ("value-present", "fill[1]", edit("[2017]", "[2018]")),
    ("break-at-start", "splice[1]", edit("at = 2021", "at = 2010")),
    ("year-missing", "splice[1]", edit("at = 2021", "at = 2031")),
    ("year-missing", "capital", edit("year = 2010", "year = 2009")),
    ("share-outside-unit-interval", "method.shares", edit("capital = 0.40", "capital = 1.0")),
    (
        "quotient-needs-simple-rates",
        "method",
        edit('preset = "national"', 'index_form = "quotient"\nrates = "log"'),
    ),
    ("period-not-covered", "periods.list", edit('"2011-2015"', '"2009-2015"')),
]
NAMES = [f"{code}-{number}" for number, (code, _, _) in enumerate(CASES)]


def written(case: str | bytes, language: str = "en") -> bytes:
    if isinstance(case, bytes):
        return case
    return case.replace('language = "en"', f'language = "{language}"').encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the national figures, without a plan."""
    folder = tmp_path / "office"
    folder.mkdir()
    for name, data in demo_files("en").items():
        if name != "tfp.toml":
            (folder / name).write_bytes(data)
    return folder


def test_the_sound_plan_is_sound(folder: Path) -> None:
    accounts = run_plan(read_plan(SOUND.encode()), folder).content.accounts
    assert accounts.contributions["tfp"].notna().all()


@pytest.mark.parametrize(("code", "key", "case"), CASES, ids=NAMES)
def test_a_slip_has_its_own_code_and_names_its_key(
    code: str, key: str | None, case: str | bytes, folder: Path
) -> None:
    with pytest.raises(TFPError) as raised:
        run_plan(read_plan(written(case)), folder)
    error = raised.value
    assert error.code == code
    assert key is None or key in [place.key for place in error.places]
    for language in LANGUAGES:
        assert "{" not in error.message(language).replace("values = {", "").replace("{...}", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("code", "key", "case"), CASES, ids=NAMES)
def test_the_command_answers_in_the_language_of_the_plan_and_writes_nothing(
    code: str, key: str | None, case: str | bytes, language: str, folder: Path
) -> None:
    (folder / "tfp.toml").write_bytes(written(case, language))
    before = {path.name for path in folder.iterdir()}
    done = CliRunner().invoke(main, ["run", str(folder)])
    assert done.exit_code == 2
    assert done.stdout == ""
    assert code in done.stderr
    assert "Traceback" not in done.stderr
    assert key is None or key in done.stderr
    names_language = isinstance(case, str) and f'language = "{language}"' in case.replace(
        'language = "en"', f'language = "{language}"'
    )
    if names_language:
        words = subject("errors", language)[code]
        remedy = words.get("plan", words["remedy"]).partition("{")[0]
        assert remedy in done.stderr
    assert {path.name for path in folder.iterdir()} == {*before, LOG_NAME}


def test_every_kind_of_error_of_a_plan_has_a_case() -> None:
    by_the_command = {"plan-folder-not-found", "plan-not-found", "plan-unreadable"}
    # Beside [approved] and [[reported]] in test_approval.py and test_reported.py.
    by_the_command |= {"plan-approved-differs", "plan-approved-hash", "plan-approved-file"}
    by_the_command |= {"plan-reported-entity"}
    kinds = {code for code in subject("errors", "en") if code.startswith("plan-")}
    assert kinds - by_the_command == {code for code, _, _ in CASES if code.startswith("plan-")}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_and_windows_line_ends_change_nothing(ending: str, mark: bytes) -> None:
    data = mark + SOUND.replace("\n", ending).encode()
    assert read_plan(data).normalised() == read_plan(SOUND.encode()).normalised()


def test_a_key_that_is_nearly_right_is_answered_with_the_right_one() -> None:
    with pytest.raises(TFPError) as raised:
        read_plan(edit("depreciation", "depriciation").encode())
    assert raised.value.fields["nearest"] == "depreciation"
    assert raised.value.places[0].key == "capital.depriciation"


def test_a_line_that_is_no_toml_is_named_by_its_number() -> None:
    case = edit("capital = 0.40", "capital = 0,40 or so")
    with pytest.raises(TFPError) as raised:
        read_plan(case.encode())
    line = raised.value.fields["line"]
    assert case.splitlines()[line - 1] == "capital = 0,40 or so"
    assert raised.value.fields["point"] == "0.40"


def test_the_plan_of_the_normalised_values_does_not_depend_on_how_it_is_written() -> None:
    other = SOUND.replace("0.40", "0.4").replace("[data.units]", "# remark\n[data.units]")
    assert read_plan(other.encode()).normalised() == read_plan(SOUND.encode()).normalised()
    assert tomllib.loads(other) != {}


def test_a_share_with_a_per_cent_sign_is_answered_with_the_fraction() -> None:
    for written, fraction in (("42% of it", "0.42"), ("40,5 % of it", "0.405")):
        with pytest.raises(TFPError) as raised:
            read_plan(edit("capital = 0.40", f"capital = {written}").encode())
        assert raised.value.fields["fraction"] == fraction


def test_an_area_without_targets_is_not_offered_those_of_another() -> None:
    for language in LANGUAGES:
        words = PlanError("plan-targets-none", area="Quảng Ninh").message(language)
        assert 'use = "none"' in words
        assert "[[target]]" in words
        assert "Viet Nam" not in words


@pytest.mark.parametrize("case", [b"", b"\xd5[plan]", b"[plan]"])
def test_before_the_language_of_a_plan_is_known_both_are_spoken(case: bytes, folder: Path) -> None:
    (folder / "tfp.toml").write_bytes(case)
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert done.exit_code == 2
    for language in LANGUAGES:
        assert text("command.label.error", language) in done.stderr


@pytest.mark.parametrize("broken", ["title = ", "area = 40%"])
def test_a_plan_that_is_no_toml_is_answered_in_its_language(broken: str, folder: Path) -> None:
    case = SOUND.replace('language = "en"', f"language = 'vi'\n{broken}")
    (folder / "tfp.toml").write_text(case, encoding="utf-8")
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert text("command.label.error", "vi") in done.stderr
    assert text("command.label.error", "en") not in done.stderr
