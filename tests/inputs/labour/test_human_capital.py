"""Human capital: the published returns, by hand; and what schooling cannot be."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

YEARS_OF_SCHOOLING = [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 16.0]
# .134 a year to four, .101 to eight, .068 above, added by hand.
LOG_RETURNS = [0.0, 0.268, 0.536, 0.738, 0.940, 1.076, 1.212, 1.484]


def panel_of(schooling, **further):
    frame = {"year": range(2000, 2000 + len(schooling)), "s": schooling, **further}
    return tfp.Panel(
        frame, time="year", area="Huế", schooling="s", **{name: name for name in further}
    )


def levels(**persons):
    frame = {"year": range(2000, 2000 + len(next(iter(persons.values()))))} | persons
    return tfp.Panel(frame, time="year", labour_by_group={name: name for name in persons})


def refusal(code, function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


def test_the_penn_world_tables_function_piece_by_piece():
    panel = tfp.human_capital(panel_of(YEARS_OF_SCHOOLING), returns="pwt", source="census")
    np.testing.assert_allclose(np.log(panel.values("human_capital")), LOG_RETURNS, atol=1e-15)


def test_one_rate_for_all_years():
    rate = tfp.Mincer(0.08, source="labour force survey 2016")
    panel = tfp.human_capital(panel_of(YEARS_OF_SCHOOLING), returns=rate, source="census")
    expected = np.exp(0.08 * np.array(YEARS_OF_SCHOOLING))
    np.testing.assert_allclose(panel.values("human_capital"), expected, rtol=1e-15)
    (entry,) = panel.ledger
    assert entry.source == "census; labour force survey 2016"
    assert "8.00%" in entry.detail("en")


def test_a_missing_year_stays_missing_until_it_is_interpolated_by_a_word():
    bare = panel_of([6.0, np.nan, 7.0])
    panel = tfp.human_capital(bare, returns="pwt", source="census")
    assert np.isnan(panel.values("human_capital")).tolist() == [False, True, False]
    (entry,) = panel.ledger
    assert [year for _, year in entry.rows] == [2000, 2002]
    filled = tfp.interpolate(bare, "schooling", [2001], reason="census every ten years")
    filled = tfp.human_capital(filled, returns="pwt", source="census")
    assert filled.values("human_capital")[1] == pytest.approx(np.exp(0.536 + 0.101 * 2.5))


def test_levels_of_education_compound_each_for_itself():
    panel = levels(primary=[50.0, 40.0], secondary=[30.0, 35.0], tertiary=[20.0, 25.0])
    years = {"primary": 5.0, "secondary": 12.0, "tertiary": 16.0}
    found = tfp.human_capital_by_level(panel, years=years, returns="pwt", source="survey")
    expected = 0.5 * np.exp(0.637) + 0.3 * np.exp(1.212) + 0.2 * np.exp(1.484)
    assert found.values("human_capital")[0] == pytest.approx(expected, rel=1e-15)
    mean = 0.5 * 5.0 + 0.3 * 12.0 + 0.2 * 16.0
    of_mean = tfp.human_capital(panel_of([mean]), returns=tfp.Mincer(0.1, "s"), source="survey")
    by_level = tfp.human_capital_by_level(
        panel, years=years, returns=tfp.Mincer(0.1, "s"), source="survey"
    )
    assert by_level.values("human_capital")[0] > of_mean.values("human_capital")[0]


def test_shares_of_levels_serve_as_persons_do():
    years = {"low": 5.0, "high": 12.0}
    persons, shares = (
        tfp.human_capital_by_level(
            levels(low=[k * 30.0], high=[k * 70.0]), years=years, returns="pwt", source="s"
        ).values("human_capital")[0]
        for k in (1.0, 123.0)
    )
    assert persons == pytest.approx(shares, rel=1e-15)


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("source-required", lambda: tfp.Mincer(0.08, source=" ")),
        ("mincer-rate-outside", lambda: tfp.Mincer(8.0, source="s")),
        ("mincer-rate-outside", lambda: tfp.Mincer(0.0, source="s")),
        ("source-required", lambda: tfp.human_capital(panel_of([5.0]), returns="pwt", source="")),
        ("option-unknown", lambda: tfp.human_capital(panel_of([5.0]), returns="hc", source="s")),
        (
            "mincer-rate-missing",
            lambda: tfp.human_capital(panel_of([5.0]), returns="Mincer(...)", source="s"),
        ),
        (
            "schooling-outside",
            lambda: tfp.human_capital(panel_of([45.0]), returns="pwt", source="s"),
        ),
        (
            "human-capital-present",
            lambda: tfp.human_capital(
                panel_of([5.0], human_capital=[2.0]), returns="pwt", source="s"
            ),
        ),
        (
            "role-missing",
            lambda: tfp.human_capital(levels(low=[1.0]), returns="pwt", source="s"),
        ),
        (
            "groups-missing",
            lambda: tfp.human_capital_by_level(
                panel_of([5.0]), years={}, returns="pwt", source="s"
            ),
        ),
        (
            "level-years-missing",
            lambda: tfp.human_capital_by_level(
                levels(low=[1.0], high=[2.0]), years={"low": 5.0}, returns="pwt", source="s"
            ),
        ),
        (
            "schooling-outside",
            lambda: tfp.human_capital_by_level(
                levels(low=[1.0]), years={"low": np.nan}, returns="pwt", source="s"
            ),
        ),
        (
            "group-cells-missing",
            lambda: tfp.human_capital_by_level(
                levels(low=[1.0], high=[np.nan]),
                years={"low": 5.0, "high": 12.0},
                returns="pwt",
                source="s",
            ),
        ),
    ],
)
def test_what_is_refused(code, call):
    refusal(code, call)


def test_years_of_a_level_that_is_not_there_are_refused():
    years = {"low": 5.0, "high": 12.0, "doctorate": 20.0}
    with pytest.raises(tfp.MethodError) as error:
        tfp.human_capital_by_level(
            levels(low=[30.0], high=[70.0]), years=years, returns="pwt", source="s"
        )
    assert error.value.code == "levels-unknown"
    assert error.value.fields["levels"] == ["doctorate"]
