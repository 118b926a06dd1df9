r"""Which of several exact solutions is reported, and on what assumption.

The moments of Ackerberg, Caves and Frazer hold at the true elasticities, and also where
what looks like productivity is the input price read backwards out of the first-order
condition of the flexible input. Data cannot tell the two apart: only an assumption can.

``"largest_persistence"``
    Productivity is more persistent than prices of the flexible inputs.
``"smallest_persistence"``
    Productivity is less persistent than they are.

Without a declared rule the first is used, and the estimate says that it is not identified
wherever another solution is admissible too.

References
----------
Ackerberg, D., Frazer, G., Kim, K. I., Luo, Y. and Su, Y. (2023). Under-identification of
structural models based on timing and information set assumptions. *Journal of
Econometrics* 237(1), 105463. https://doi.org/10.1016/j.jeconom.2023.105463
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.panel.findings import Finding
from tfp.production.returns import returns_findings
from tfp.results.roots import Root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.innovation_moments import InnovationMoments
    from tfp.numerics.innovation_roots import InnovationRoot, RootSearch

RootRule = Literal["largest_persistence", "smallest_persistence"]
ROOT_RULES: tuple[RootRule, ...] = get_args(RootRule)

# By whether solutions are exact, and whether no rule was declared.
SEVERAL = {
    (True, True): "several-admissible-roots",
    (True, False): "root-by-declared-rule",
    (False, True): "several-admissible-minima",
    (False, False): "minimum-by-declared-rule",
}

EXPLOSIVE = 1.05
# From here on the moments hardly tell the elasticities apart.
ILL_CONDITIONED = 1e4
# And from here on not at all: half of the digits of the Jacobian are rounding.
SINGULAR = 1e8


def choose(
    search: RootSearch, inputs: int, rule: RootRule | None
) -> tuple[InnovationRoot | None, tuple[Root, ...]]:
    """Return the solution to report, None if none is admissible, and all of them as data.

    Parameters
    ----------
    search
    inputs
        Number of inputs: their mean elasticities are the first coefficients.
    rule
        None for the largest persistence.
    """
    admissible = [root for root in search.roots if is_admissible(root, inputs)]
    last = rule == "smallest_persistence"
    chosen = admissible[-1 if last else 0] if admissible else None
    return chosen, tuple(
        Root(
            coefficients=root.elasticities,
            elasticities=root.elasticities[:inputs],
            persistence=root.persistence,
            moment_norm=root.norm,
            condition=float(np.linalg.cond(root.jacobian)),
            admissible=root in admissible,
            chosen=root is chosen,
        )
        for root in search.roots
    )


def is_admissible(root: InnovationRoot, inputs: int) -> bool:
    """Tell whether elasticities are not negative, and productivity persists without exploding."""
    return bool((root.elasticities[:inputs] >= 0.0).all() and 0.0 <= root.persistence < EXPLOSIVE)


def is_identified(roots: Sequence[Root], rule: RootRule | None) -> bool:
    """Tell whether the chosen root is the only admissible one, or the one declared.

    A root at which the moments have no slope in some direction identifies nothing.
    """
    chosen = next((root for root in roots if root.chosen), None)
    if chosen is None or not chosen.condition < SINGULAR:
        return False
    return rule is not None or sum(root.admissible for root in roots) == 1


def root_diagnostics(
    search: RootSearch, roots: Sequence[Root], moments: InnovationMoments | None
) -> dict[str, float]:
    """Return the certificate of a solution as numbers; `moments` are those at it, if any."""
    reported = {
        name: float(getattr(root, name))
        for root in roots
        if root.chosen
        for name in ("persistence", "condition")
    }
    return {
        "roots": float(len(roots)),
        "admissible_roots": float(sum(root.admissible for root in roots)),
        "roots_lost": float(search.lost),
        "moment_norm": search.smallest_norm if moments is None else moments.norm,
        **reported,
    }


def findings(
    search: RootSearch,
    roots: Sequence[Root],
    names: Sequence[str],
    rule: RootRule | None,
    *,
    exact: bool = True,
) -> list[Finding]:
    """Return what a reader must know of the solutions before using the chosen one.

    Parameters
    ----------
    search, roots
    names
        Of the inputs.
    rule
    exact
        Whether they are roots; otherwise local minima.
    """
    found = []
    admissible = [root for root in roots if root.admissible]
    chosen = next((root for root in roots if root.chosen), None)
    fields = {"roots": len(roots), "admissible": len(admissible)}
    if chosen is None:
        code = "no-admissible-root" if roots else "no-root"
        if not exact:
            code = "no-admissible-minimum"
        found.append(
            Finding(
                code=code,
                severity="block",
                fields={**fields, "norm": search.smallest_norm},
            )
        )
    elif len(admissible) > 1:
        others = [root for root in admissible if not root.chosen]
        found.append(
            Finding(
                code=SEVERAL[exact, rule is None],
                severity="warn" if rule is None else "note",
                fields={
                    **fields,
                    "terms": list(names),
                    "chosen": chosen.elasticities.tolist(),
                    "persistence": chosen.persistence,
                    "others": [value for root in others for value in root.elasticities.tolist()],
                    "other_persistence": [root.persistence for root in others],
                    "rule": rule or ROOT_RULES[0],
                },
            )
        )
    if search.lost and exact:
        found.append(
            Finding(
                code="roots-lost",
                severity="warn",
                fields={"lost": search.lost, "followed": search.followed},
            )
        )
    if chosen is not None:
        found += _credibility(chosen)
    return found


def _credibility(chosen: Root) -> list[Finding]:
    found = returns_findings(float(chosen.elasticities.sum()))
    if chosen.condition > ILL_CONDITIONED:
        found.append(
            Finding(
                code="moments-ill-conditioned",
                severity="warn",
                fields={"condition": chosen.condition},
            )
        )
    return found
