"""What methods write into the ledger themselves is said in the language of the report."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tfp.accounts.growth import growth_accounts
from tfp.inputs.borrowing import borrow_growth
from tfp.inputs.breaks.splicing import AssumedGrowth, PublishedOverlap, splice
from tfp.inputs.capital.initial_stock import GivenStock
from tfp.inputs.capital.inventory import PerpetualInventory
from tfp.inputs.filling import interpolate
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import Panel
from tfp.report.data_tables import ledger_table

NAN = float("nan")


def frame(**columns):
    return {
        "year": [2020, 2021, 2022, 2023],
        "y": [100.0, 105.0, 110.0, 116.0],
        "k": [300.0, 310.0, 320.0, 330.0],
        "l": [50.0, 51.0, 52.0, 53.0],
        "d": ["old", "old", "new", "new"],
        "i": [30.0, 31.0, 32.0, 33.0],
        **columns,
    }


def panel_of(**columns):
    return Panel(
        frame(**columns),
        time="year",
        output="y",
        capital="k",
        labour="l",
        investment="i",
        definitions={"labour": "d"},
    )


def entries():
    """Return one entry of every method that writes its own words."""
    broken = panel_of()
    found = [
        splice(broken, "labour", 2022, PublishedOverlap(49.0, source="lý do")).ledger,
        splice(broken, "labour", 2022, AssumedGrowth(0.0, name="không đổi")).ledger,
        PerpetualInventory(depreciation=0.05, initial_stock=GivenStock(300.0, 2020))
        .fit(Panel(frame(), time="year", output="y", investment="i"))
        .panel.ledger,
        interpolate(
            panel_of(k=[300.0, NAN, 320.0, 330.0]), "capital", [2021], reason="lý do"
        ).ledger,
        interpolate(
            panel_of(k=[300.0, NAN, 320.0, 330.0]),
            "capital",
            [2021],
            reason="lý do",
            method="geometric",
        ).ledger,
    ]
    two = Panel(
        {
            "a": ["A", "A", "B", "B"],
            "year": [2020, 2021, 2020, 2021],
            "y": [1.0, 2, 3, 4],
            "l": [1.0, 2.0, 1.5, NAN],
        },
        time="year",
        entity="a",
        output="y",
        labour="l",
    )
    found.append(borrow_growth(two, "labour", lender="A", reason="lý do").ledger)
    gap = {name: np.array(values)[[0, 1, 3]] for name, values in frame().items()}
    gappy = Panel(gap, time="year", output="y", capital="k", labour="l")
    found.append(growth_accounts(gappy, capital_share=0.4).lost)
    missing = Panel(
        frame(k=[300.0, NAN, 320.0, 330.0]), time="year", output="y", capital="k", labour="l"
    )
    found.append(growth_accounts(missing, capital_share=0.4).lost)
    return [entry for ledger in found for entry in ledger]


def test_no_english_is_left_in_a_vietnamese_ledger():
    ledger = entries()
    assert len(ledger) >= 8
    for entry in ledger:
        for said, meant in (
            (entry.why("vi"), entry.why()),
            (entry.detail("vi"), entry.detail()),
        ):
            known = {"A", "i", "lý do", "không", "đổi"}
            english = set(re.findall(r"[A-Za-z]{3,}", said)) & set(
                re.findall(r"[A-Za-z]{3,}", meant)
            )
            assert english - known == set(), (said, meant)


def test_figures_of_a_splice_are_shown_as_readers_write_them():
    entry = splice(panel_of(), "labour", 2022, PublishedOverlap(49.25, source="s")).ledger[0]
    assert "49,25" in entry.detail("vi")
    assert "0,965686" in entry.detail("vi")
    assert "49.25" in entry.detail("en")


@pytest.mark.parametrize("words", ["their own reason", "nội suy theo sở", "growth"])
def test_words_of_the_user_stand_as_they_are(words):
    ledger = interpolate(
        panel_of(k=[300.0, NAN, 320.0, 330.0]), "capital", [2021], reason=words
    ).ledger
    assert ledger[0].why("vi") == words


def test_the_table_groups_years():
    table = ledger_table(entries(), "vi")
    assert any("2020–2021" in str(row[2]) for row in table.rows)


def test_figures_and_roles_are_written_as_the_language_writes_them() -> None:
    printed = {"2018": (473245.0, 47324.5), "2019": (0.8, None)}
    corrected = LedgerEntry(
        action="corrected", role="labour", rows=(), figure="correction", fields={"figures": printed}
    )
    assert corrected.detail("vi") == "2018: 473.245 → 47.324,5; 2019: 0,8 → –"
    made = LedgerEntry(
        action="derived",
        role="capital",
        rows=(),
        cause="inventory",
        fields={"series": "investment"},
    )
    assert made.why("vi") == "kiểm kê liên tiếp từ đầu tư, bắt đầu từ vốn ban đầu"
