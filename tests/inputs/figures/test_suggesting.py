"""Relations from names."""

from __future__ import annotations

import pytest

import tfp


def suggested(make, *names):
    return tfp.suggest_relations(make(*[(name, 2020, 1.0) for name in names]))


@pytest.mark.parametrize(
    ("names", "relation"),
    [
        (("grdp_2010p", "grdp_2010p_growth"), tfp.GrowthOf("grdp_2010p", "grdp_2010p_growth")),
        (
            ("grdp_2010p_fdi", "grdp_2010p_index_fdi"),
            tfp.IndexOf("grdp_2010p_fdi", "grdp_2010p_index_fdi"),
        ),
        (
            ("grdp_cur", "grdp_cur_agri", "grdp_cur_industry_construction", "grdp_cur_services"),
            tfp.PartsOf(
                "grdp_cur",
                ("grdp_cur_agri", "grdp_cur_industry_construction", "grdp_cur_services"),
                optional=("grdp_cur_product_taxes",),
            ),
        ),
        (
            ("employed_15plus", *(f"employed_15plus_{o}" for o in ("state", "nonstate", "fdi"))),
            tfp.PartsOf(
                "employed_15plus",
                tuple(f"employed_15plus_{o}" for o in ("state", "nonstate", "fdi")),
            ),
        ),
        (
            tuple(f"employed_share_{o}" for o in ("state", "nonstate", "fdi")),
            tfp.PartsOf(100.0, tuple(f"employed_share_{o}" for o in ("state", "nonstate", "fdi"))),
        ),
        (
            ("employed_15plus", "labour_force_15plus"),
            tfp.IncludedIn("employed_15plus", "labour_force_15plus"),
        ),
        (
            ("grdp_cur_industry_only", "grdp_cur_industry_construction"),
            tfp.IncludedIn("grdp_cur_industry_only", "grdp_cur_industry_construction"),
        ),
        (
            ("grdp_cur_agri", "grdp_2010p_agri"),
            tfp.PricesOf("grdp_cur_agri", "grdp_2010p_agri", base_year=2010),
        ),
        (
            ("grdp_2010p_growth", "grdp_2010p_growth_mean_2021_2023"),
            tfp.MeanOf("grdp_2010p_growth_mean_2021_2023", "grdp_2010p_growth", 2021, 2023),
        ),
        (
            (
                "social_investment_cur_fdi",
                "social_investment_cur",
                "social_investment_cur_share_fdi",
            ),
            tfp.RatioOf(
                "social_investment_cur_share_fdi",
                "social_investment_cur_fdi",
                "social_investment_cur",
            ),
        ),
        (("employed_15plus",), tfp.JumpsIn("employed_15plus", "labour", fall=4.0, rise=10.0)),
    ],
)
def test_names_suggest(make, names, relation):
    assert relation in suggested(make, *names)


def test_what_the_names_do_not_say_is_not_suggested(make):
    assert suggested(make, "rainfall", "cows", "grdp_2010p_growth_agri") == ()
    # A total without its parts, parts without their total.
    assert suggested(make, "social_investment_cur_state", "social_investment_cur_nonstate") == ()


def test_every_suggestion_is_made_once(yearbooks):
    relations = tfp.suggest_relations(yearbooks)
    assert len(relations) == len(set(relations)) > 20
