"""The line below a table or chart that says where its figures come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tfp.report.content import RunContent

INVENTORY = ("investment", "depreciation_rate")
# Of these the weights are made; which of them a rule has used, the panel tells.
_WEIGHTS = (
    "capital_share",
    "labour_share",
    "capital_income",
    "labour_income",
    "further_incomes",
    "income",
)


def source_line(content: RunContent, roles: Iterable[str] | None = None) -> str:
    """Return the publishers and vintages behind some figures.

    Parameters
    ----------
    content : RunContent
    roles : iterable of str, optional
        What the figures are or are computed from; those of the accounts if None. A
        source without roles counts for all figures.
    """
    wanted = {_base(role) for role in (accounts_roles(content) if roles is None else roles)}
    return "; ".join(
        dict.fromkeys(
            ", ".join(part for part in (source.publisher or source.title, source.vintage) if part)
            for source in content.sources
            if not source.roles or wanted & {_base(role) for role in source.roles}
        )
    )


def accounts_roles(content: RunContent) -> tuple[str, ...]:
    """Return the roles that the accounts rest on: levels, weights, and investment."""
    used = [str(column["role"]) for column in content.accounts.provenance.columns]
    if content.panel is not None:
        used += [role for role in content.panel.columns if _base(role) in _WEIGHTS]
    return (*used, *(INVENTORY if content.capital is not None else ()))


def capital_roles(content: RunContent) -> tuple[str, ...]:
    """Return the roles that the stock of capital rests on."""
    return (*INVENTORY, "capital", "output" if _from_output(content) else "investment")


def _from_output(content: RunContent) -> bool:
    """Whether the initial stock was taken from output."""
    options = {} if content.capital is None else content.capital.options.get("initial_stock", {})
    return options.get("rule") in ("capital-output ratio", "ICOR")


def _base(role: str) -> str:
    return role.partition(":")[0]
