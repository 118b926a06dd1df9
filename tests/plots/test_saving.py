"""The same chart gives the same bytes, whatever the machine's settings."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from matplotlib import rc_context, rcParams

import tfp
from tfp.plots.saving import chart_bytes, save_chart

if TYPE_CHECKING:
    from pathlib import Path

SIGNATURE = {"png": b"\x89PNG", "svg": b"<?xml"}
DRAW = """
import hashlib, tfp
from tfp.plots.saving import chart_bytes
panel = tfp.Panel({"t": [2000, 2001], "y": [1.0, 1.1], "k": [1.0, 1.2], "l": [1.0, 0.9]},
                  time="t", output="y", capital="k", labour="l")
ax = tfp.growth_accounts(panel, capital_share=0.4).plot(language="vi")
for kind in ("png", "svg"):
    print(hashlib.sha256(chart_bytes(ax, kind)).hexdigest())
"""


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_drawing_twice_gives_the_same_bytes(national, areas, kind):
    assert chart_bytes(national.plot(), kind) == chart_bytes(national.plot(), kind)
    twice = [chart_bytes(areas.plot.small_multiples(), kind) for _ in range(2)]
    assert twice[0] == twice[1]
    assert twice[0].startswith(SIGNATURE[kind])


def test_two_processes_give_the_same_bytes():
    runs = [
        subprocess.run([sys.executable, "-c", DRAW], capture_output=True, check=True).stdout
        for _ in range(2)
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].split()) == 2


def test_files_hold_no_date_and_no_font(national):
    svg = chart_bytes(national.plot(language="vi"), "svg").decode()
    assert "<dc:date>" not in svg
    assert "<text" not in svg, "letters are outlines"


def test_the_users_settings_neither_change_a_chart_nor_are_changed(national):
    plain = chart_bytes(national.plot(), "png")
    with rc_context({"font.family": "serif", "axes.grid": True, "xtick.direction": "in"}):
        before = dict(rcParams)
        assert chart_bytes(national.plot(), "png") == plain
        assert dict(rcParams) == before


def test_pyplot_is_not_needed():
    code = DRAW + "\nimport sys\nassert 'matplotlib.pyplot' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)


def test_the_extension_decides(national, tmp_path: Path):
    ax = national.plot()
    for kind, signature in SIGNATURE.items():
        path = tmp_path / f"Biểu đồ 1.{kind.upper()}"
        save_chart(ax, path)
        assert path.read_bytes().startswith(signature)
    assert (tmp_path / "Biểu đồ 1.PNG").read_bytes() == chart_bytes(ax.figure, "png")
    with pytest.raises(tfp.OutputError) as raised:
        save_chart(ax, tmp_path / "chart.gif")
    assert raised.value.code == "chart-format"
    assert not (tmp_path / "chart.gif").exists()


def test_a_notebook_shows_charts(national):
    assert national.plot()._repr_png_().startswith(SIGNATURE["png"])
    assert national.plot().figure._repr_png_().startswith(SIGNATURE["png"])
