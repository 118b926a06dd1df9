"""Named methods: what a document or a data system prescribes, as options.

A preset is a value: the options of :class:`~tfp.accounts.growth.GrowthAccounting` that
a source fixes, its citation, and what it leaves to the user. No kernel knows a preset.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tfp.accounts.growth import GrowthAccounting
from tfp.accounts.income_shares import IncomeShares
from tfp.errors import MethodError, nearest
from tfp.language.catalogue import text

if TYPE_CHECKING:
    import pandas as pd

    from tfp.language.catalogue import Language
    from tfp.results.weights import FactorWeights


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A named method.

    Attributes
    ----------
    key : str
        Its name; ``language/*/methods.toml`` holds its title, a paragraph, and what it
        leaves to the user.
    options : dict
        The options of GrowthAccounting that it fixes.
    factor_weights : FactorWeights or None
        Its rule for factor weights; None where the user must give one.
    needs : str
        Kind of weights that the user must give: ``""``, ``"FixedShares"``, ...
    citation : str
    """

    key: str
    options: dict[str, Any]
    factor_weights: FactorWeights | None = None
    needs: str = ""
    citation: str

    def part(self, name: str, language: Language = "en") -> str:
        """Return the preset's ``title``, ``paragraph`` or ``leaves``."""
        return text(f"methods.{self.key}.{name}", language)


@dataclass(frozen=True)
class _Citations:
    national: str = (
        "General Statistics Office of Viet Nam, national indicator 'Growth rate of total factor "
        "productivity' (Tốc độ tăng năng suất các nhân tố tổng hợp), metadata of December 2019; "
        "Decree 94/2022/NĐ-CP of 7 November 2022 on the national indicators."
    )
    khien: str = (
        "Tăng Văn Khiên, method of the Institute of Statistical Science for the growth rate of "
        "total factor productivity (phương pháp tính tốc độ tăng năng suất các nhân tố tổng hợp)."
    )
    klems: str = (
        "O'Mahony, M. and Timmer, M. P. (2009). Output, input and productivity measures at the "
        "industry level: the EU KLEMS database. Economic Journal 119(538), F374-F403. "
        "https://doi.org/10.1111/j.1468-0297.2009.02280.x"
    )
    pwt: str = (
        "Feenstra, R. C., Inklaar, R. and Timmer, M. P. (2015). The next generation of the Penn "
        "World Table. American Economic Review 105(10), 3150-3182. "
        "https://doi.org/10.1257/aer.20130954"
    )
    solow: str = (
        "Solow, R. M. (1957). Technical change and the aggregate production function. Review of "
        "Economics and Statistics 39(3), 312-320. https://doi.org/10.2307/1926047"
    )


CITATIONS = _Citations()
_NATIONAL = {
    "share_timing": "current",
    "rates": "simple",
    "period_average": "increments",
    "index_form": "additive",
}
_LOGS = {"share_timing": "average", "rates": "log", "period_average": "log"}

PRESETS: dict[str, Preset] = {
    preset.key: preset
    for preset in (
        Preset(key="national", options=_NATIONAL, needs="FixedShares", citation=CITATIONS.national),
        Preset(
            key="index_rebased",
            options={**_NATIONAL, "index_form": "quotient"},
            needs="FixedShares",
            citation=CITATIONS.khien,
        ),
        Preset(
            key="index_fixed",
            options={**_NATIONAL, "share_timing": "previous", "index_form": "quotient"},
            needs="LabourEquivalents",
            citation=CITATIONS.khien,
        ),
        Preset(key="klems", options=_LOGS, factor_weights=IncomeShares(), citation=CITATIONS.klems),
        Preset(key="pwt", options=_LOGS, factor_weights=IncomeShares(), citation=CITATIONS.pwt),
        Preset(
            key="solow",
            options={"share_timing": "current", "rates": "simple", "period_average": "log"},
            factor_weights=IncomeShares(),
            citation=CITATIONS.solow,
        ),
    )
}


def preset(
    key: str, *, factor_weights: FactorWeights | None = None, **options: Any
) -> GrowthAccounting:
    """Return a named method as a value; vary it by ``dataclasses.replace``.

    Parameters
    ----------
    key : str
        One of :func:`methods`.
    factor_weights : FactorWeights, optional
        Required where the preset leaves the weights to the user.
    **options
        Options of GrowthAccounting that differ from the preset's. The method then
        carries the preset's name with "(varied)", as it does with another kind of factor
        weights than the preset's.

    Raises
    ------
    MethodError
        ``preset-unknown``, ``preset-needs-weights``.

    Examples
    --------
    >>> import tfp
    >>> tfp.preset("national", factor_weights=tfp.FixedShares(capital=0.40)).period_average
    'increments'
    """
    if key not in PRESETS:
        raise MethodError(
            "preset-unknown", name=key, known=list(PRESETS), nearest=nearest(key, PRESETS)
        )
    found = PRESETS[key]
    weights = factor_weights if factor_weights is not None else found.factor_weights
    if weights is None:
        raise MethodError("preset-needs-weights", name=key, needs=found.needs)
    kind = found.needs or type(found.factor_weights).__name__
    varied = type(weights).__name__ != kind or any(
        found.options.get(option, value) != value for option, value in options.items()
    )
    name = f"{key} (varied)" if varied else key
    return GrowthAccounting(factor_weights=weights, **{"name": name, **found.options, **options})


def methods(language: Language = "en") -> pd.DataFrame:
    """Return the presets: name, title, paragraph, what they leave to the user, citation."""
    import pandas as pd

    return pd.DataFrame(
        [
            (
                p.part("title", language),
                p.part("paragraph", language),
                p.part("leaves", language),
                p.citation,
            )
            for p in PRESETS.values()
        ],
        columns=["title", "paragraph", "leaves_to_user", "citation"],
        index=pd.Index(list(PRESETS), name="preset"),
    )
