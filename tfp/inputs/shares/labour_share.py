r"""Labour's share of income, under a declared treatment of mixed income and taxes.

.. math:: s_L = \frac{N + \theta T}{Y - T_{out} - M_{rest}}

with labour's income :math:`N` as :mod:`tfp.inputs.shares.treatments` has it, taxes less
subsidies on products and production :math:`T`, of which :math:`T_{out}` is taken out of
income and the part :math:`\theta` is counted as labour's, and mixed income :math:`M_{rest}`
where it is split as the rest. What is not labour's is capital's: :math:`s_K = 1 - s_L`.

No statistic decides between the treatments. Each is declared, and
:func:`tfp.labour_share_range` puts them side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.inputs.shares.holding import carried_marks, carried_share, held_share
from tfp.inputs.shares.treatments import TREATMENTS, Treatment, labour_income, roles_needed
from tfp.panel.agreement import check_agreement
from tfp.panel.columns import show_value
from tfp.panel.deriving import marks_of
from tfp.panel.ledger import LedgerEntry
from tfp.panel.panel import require_panel
from tfp.panel.roles import Column
from tfp.panel.units import units_differ

if TYPE_CHECKING:
    from tfp.inputs.shares.household_survey import HouseholdSurvey
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel

ProductionTaxes = Literal["in", "out", "split"]
TAX_ROLES = ("product_taxes", "production_taxes")
# Money of one account, which must be of one unit and one publication.
MONEY_ROLES = (
    "income",
    "labour_income",
    "compensation",
    "mixed_income",
    "output_current_by_part",
    *TAX_ROLES,
)


@dataclass(frozen=True, eq=False, kw_only=True)
class LabourShare:
    """A way to labour's share: options only; :meth:`add_to` puts the shares on a panel.

    Parameters
    ----------
    treatment : str
        ``"mixed_to_labour"``, ``"mixed_as_rest"``, ``"average_wage"``,
        ``"agriculture_to_labour"``, ``"household_survey"`` or ``"compensation_only"``;
        see :mod:`tfp.inputs.shares.treatments`. There is no default.
    production_taxes : {"in", "out", "split"}
        Taxes less subsidies on products and on production: left in income, and so
        counted as capital's; taken out of it (factor cost); or left in, a stated part of
        them counted as labour's.
    source : str
        Where the figures come from; required.
    taxes_to_labour : float, optional
        That part, between 0 and 1, for ``"split"``.
    agriculture : str, optional
        Name of agriculture among ``output_current_by_part``, for its treatment.
    survey : HouseholdSurvey, optional
        How the survey's columns are read, for its treatment.
    hold : int, str or "mean", optional
        The year whose share is kept for all years, or the mean over the years that have
        one. Each year has its own if None.

    Raises
    ------
    MethodError
        ``share-source-missing``, ``option-unknown``, ``hold-unknown``,
        ``labour-share-option`` where an option that the treatment needs is missing.

    Examples
    --------
    Gollin's second adjustment for Viet Nam in 2016, in billion VND; that labour and
    mixed income are 54 per cent of GDP is a figure of 2022 and an assumption here:

    >>> from tfp.panel.panel import Panel
    >>> gdp, taxes, wages = 5639401.0, 519503.1, 21958.4 * 4985.0 * 12 / 1000
    >>> panel = Panel(
    ...     {"year": [2016], "gdp": [gdp], "taxes": [taxes], "wages": [wages],
    ...      "mixed": [0.54 * gdp - wages]},
    ...     time="year", area="Viet Nam", income="gdp", product_taxes="taxes",
    ...     compensation="wages", mixed_income="mixed",
    ... )
    >>> share = LabourShare(
    ...     treatment="mixed_as_rest", production_taxes="out", source="own estimate"
    ... )
    >>> round(float(share.add_to(panel).values("capital_share")[0]), 4)
    0.6123
    """

    treatment: Treatment
    production_taxes: ProductionTaxes
    source: str
    taxes_to_labour: float | None = None
    agriculture: str | None = None
    survey: HouseholdSurvey | None = None
    hold: int | str | None = None

    def __post_init__(self) -> None:
        check_choice("treatment", self.treatment, TREATMENTS)
        check_choice("production_taxes", self.production_taxes, get_args(ProductionTaxes))
        if not self.source.strip():
            raise MethodError("share-source-missing")
        needs = {
            "taxes_to_labour": self.production_taxes == "split",
            "agriculture": self.treatment == "agriculture_to_labour",
            "survey": self.treatment == "household_survey",
        }
        for option, needed in needs.items():
            if needed != (getattr(self, option) is not None):
                raise MethodError(
                    "labour-share-option",
                    option=option,
                    treatment=self.treatment,
                    production_taxes=self.production_taxes,
                )
        hold = self.hold
        if isinstance(hold, str) and hold != "mean" and not any(map(str.isdigit, hold)):
            raise MethodError("hold-unknown", found=show_value(hold))
        if self.taxes_to_labour is not None and not 0.0 <= self.taxes_to_labour <= 1.0:
            raise MethodError("taxes-to-labour-outside", part=float(self.taxes_to_labour))

    @property
    def code(self) -> str:
        """The variant in a word or two: ``"mixed_as_rest, taxes out"``."""
        part = "" if self.taxes_to_labour is None else f" {self.taxes_to_labour:.0%} to labour"
        return f"{self.treatment}, taxes {self.production_taxes}{part}"

    def options(self) -> dict[str, object]:
        """Return the options as plain values."""
        return {
            "treatment": self.treatment,
            "production_taxes": self.production_taxes,
            "taxes_to_labour": self.taxes_to_labour,
            "agriculture": self.agriculture,
            "survey": None if self.survey is None else self.survey.options(),
            "hold": self.hold,
            "source": self.source,
        }

    def lacking(self, panel: Panel) -> tuple[str, ...]:
        """Return the roles that this way needs and `panel` does not have."""
        needed = self._roles(panel)
        absent = tuple(role for role in needed if not panel.has(role))
        if self.production_taxes != "in" and not any(panel.has(role) for role in TAX_ROLES):
            absent += TAX_ROLES[:1]
        return absent

    def shares(self, panel: Panel) -> FloatArray:
        """Return labour's share in each row, (n,); NaN where a component is missing.

        Raises
        ------
        PanelError
            ``panel-expected``.
        MethodError
            ``labour-share-components``, ``labour-share-empty``, ``labour-share-units``,
            ``mixed-vintages``, ``mixed-price-bases``, ``labour-share-impossible`` for a share
            outside (0, 1), ``labour-share-after-splice`` where wage workers are set
            against persons employed that a splice has rescaled,
            ``labour-share-year-missing`` where the share to hold is not there.
        """
        require_panel(panel)
        absent = self.lacking(panel)
        if absent:
            raise MethodError(
                "labour-share-components",
                treatment=self.treatment,
                absent=list(absent),
                present=sorted(panel.columns),
            )
        self._check_columns(panel)
        share = self._ratio(panel)
        if bool(np.isnan(share).all()):
            raise MethodError("labour-share-empty", treatment=self.treatment)
        outside = np.flatnonzero((share <= 0.0) | (share >= 1.0))
        if len(outside):
            raise MethodError(
                "labour-share-impossible",
                places=panel.rows.places(outside[:6]),
                treatment=self.treatment,
                share=float(share[outside[0]]),
                count=len(outside),
            )
        return share if self.hold is None else held_share(panel, share, self.hold)

    def add_to(self, panel: Panel, *, incomes: Panel | None = None) -> Panel:
        """Return the panel with the roles ``labour_share`` and ``capital_share``.

        Capital's share is left out where the panel has several kinds of capital, or
        further inputs: what labour leaves is then not one input's.

        Parameters
        ----------
        panel : Panel
        incomes : Panel, optional
            Where the incomes stand, if not in `panel`: of another range of years, or from
            before a splice. Each area takes its own share and no other area's.

        Raises
        ------
        MethodError
            Those of :meth:`shares`; ``share-columns-present`` where shares were given;
            ``labour-share-other-area`` where an area has no incomes.
        """
        require_panel(panel)
        origin = panel if incomes is None else incomes
        share = self.shares(origin)
        marks = marks_of(self._columns(origin))
        if self.hold is not None:  # one year's share, or a mean, has no change of definition
            marks = {**marks, "definition": None, "definitions": (), "accepted": ()}
        if incomes is not None:
            share = carried_share(share, origin, panel, constant=self.hold is not None)
            marks = carried_marks(marks, origin, panel)
        _check_shares_absent(panel)
        known = panel.rows.keys(np.flatnonzero(~np.isnan(share)))
        parts = {"labour_share": share}
        if not panel.several("capital") and not panel.several("further_inputs"):
            parts["capital_share"] = 1.0 - share
        for role, values in parts.items():
            column = Column(role=role, name=role, values=values, **marks)
            panel = panel.with_column(column, *self._entries(origin, role, known))
        return panel

    def _roles(self, panel: Panel) -> tuple[str, ...]:
        return roles_needed(self.treatment, panel, agriculture=self.agriculture, survey=self.survey)

    def _taxes(self, panel: Panel) -> list[Column]:
        return [panel.column(role) for role in TAX_ROLES if role in panel.columns]

    def _ratio(self, panel: Panel) -> FloatArray:
        numerator = labour_income(
            self.treatment, panel, agriculture=self.agriculture, survey=self.survey
        )
        whole = panel.values("income")
        if self.production_taxes != "in":
            taxes = np.sum([column.values for column in self._taxes(panel)], axis=0)
            if self.production_taxes == "out":
                whole = whole - taxes
            else:
                numerator = numerator + (self.taxes_to_labour or 0.0) * taxes
        if self.treatment == "mixed_as_rest":
            whole = whole - panel.values("mixed_income")
        share: FloatArray = np.divide(
            numerator, whole, out=np.full(len(panel), np.inf), where=whole > 0.0
        )
        share[np.isnan(numerator) | np.isnan(whole)] = np.nan
        return share

    def _columns(self, panel: Panel) -> list[Column]:
        """Return the columns that the share is made of."""
        columns = [panel.column(role) for role in self._roles(panel)]
        return columns if self.production_taxes == "in" else [*columns, *self._taxes(panel)]

    def _check_columns(self, panel: Panel) -> None:
        columns = self._columns(panel)
        money = [c for c in columns if c.role.partition(":")[0] in MONEY_ROLES]
        check_agreement(money, "vintage", "mixed-vintages")
        check_agreement(money, "price_base", "mixed-price-bases")
        _check_units(money)
        if self.treatment != "average_wage":
            return
        bases = ("labour", "labour_by_group", "employees")
        persons = [c for c in columns if c.role.partition(":")[0] in bases]
        _check_units(persons)
        roles = {column.role for column in persons}
        for entry in panel.ledger:
            if entry.role in roles and entry.action in {"spliced", "assumed"}:
                raise MethodError("labour-share-after-splice", role=entry.role)

    def _entries(
        self, origin: Panel, role: str, rows: tuple[tuple[str, int | str], ...]
    ) -> list[LedgerEntry]:
        taken_out = [column.name for column in self._taxes(origin)]
        entry = LedgerEntry(
            action="derived",
            role=role,
            rows=rows,
            cause=f"share_{self.treatment}",
            figure=f"taxes_{self.production_taxes}",
            fields={
                "taxes": ", ".join(taken_out),
                "part": 100.0 * (self.taxes_to_labour or 0.0),
            },
            source=self.source,
        )
        if self.hold is None:
            return [entry]
        held = LedgerEntry(
            action="derived",
            role=role,
            rows=rows,
            cause="share_held",
            figure="held_mean" if self.hold == "mean" else "held_year",
            fields={"period": self.hold},
            source=self.source,
        )
        return [entry, held]


def _check_units(columns: list[Column]) -> None:
    stated = [column for column in columns if column.unit is not None]
    for column in stated[1:]:
        if units_differ(stated[0], column):
            raise MethodError(
                "labour-share-units",
                stated=[f"{item.role}: {item.unit}" for item in (stated[0], column)],
            )


def _check_shares_absent(panel: Panel) -> None:
    """Refuse to write over shares that the user gave; derived ones may be derived anew."""
    derived = {entry.role for entry in panel.ledger if entry.action == "derived"}
    given = [
        column.name
        for role, column in panel.columns.items()
        if role.partition(":")[0] in ("labour_share", "capital_share") and role not in derived
    ]
    if given:
        raise MethodError("share-columns-present", columns=given)
