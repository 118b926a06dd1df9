"""The same accounts at the other kind of growth rate, from the same levels and weights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tfp.accounts.terms import terms_with_returns
from tfp.numerics.growth import growth_terms

if TYPE_CHECKING:
    from tfp.results.decomposition import Rates
    from tfp.results.growth_accounts import GrowthAccounts


def restate(accounts: GrowthAccounts, rates: Rates) -> GrowthAccounts:
    """Return the accounts with simple or log rates; the same object if they have them."""
    if accounts.rates == rates:
        return accounts
    terms = growth_terms(
        accounts.output,
        accounts.inputs,
        accounts.weights,
        accounts.rows.breaks,
        rates=rates,
        share_timing=accounts.share_timing,
    )
    names, values = terms_with_returns(
        accounts.factor_names, terms.contributions, terms.residual, accounts.elasticity_sum
    )
    return replace(
        accounts,
        rates=rates,
        index_form="additive",
        total=terms.output_growth,
        term_names=names,
        terms=values,
    )
