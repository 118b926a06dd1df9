"""The formulas of a run: as presentation MathML, which needs no other file, and as text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tfp.report.document import Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.results.decomposition import PeriodAverage
    from tfp.results.growth_accounts import GrowthAccounts

# The letters of the field; other inputs stand with their own names.
_LETTERS = {"capital": "K", "labour": "L", "output": "Y", "tfp": "A", "hours_per_worker": "h"}


def growth_formula(accounts: GrowthAccounts) -> Formula:
    r"""Return :math:`g_A = g_Y - \sum_i w_i g_i` with the inputs of the accounts."""
    parts = [_growth("tfp"), _mo("="), _growth("output")]
    words = ["g_A", "=", "g_Y"]
    for name in accounts.factor_names:
        letter = _letter(name)
        parts += [_mo("−"), _sub(_mi("w"), name), _mo("·"), _growth(name)]
        words += ["−", f"w_{letter} · g_{letter}"]
    if "returns_to_scale" in accounts.term_names:
        inputs = [
            part
            for name in accounts.factor_names
            for part in (_mo("+"), _sub(_mi("w"), name), _growth(name))
        ][1:]
        parts += [
            _mo("−"),
            _mo("("),
            _mi("S"),
            _mo("−"),
            _mn("1"),
            _mo(")"),
            _mo("("),
            *inputs,
            _mo(")"),
        ]
        words += ["−", "(S − 1) · Σ w_i · g_i"]
    return Formula(mathml=_math(parts), text=" ".join(words))


def share_formula(average: PeriodAverage) -> Formula:
    """Return the TFP share of growth of a period by one method of averaging."""
    level = [_msub(_mi("Y"), _row([_mi("t"), _mo("−"), _mn("1")]))]
    weight = level if average == "increments" else []
    symbol = {"log": "ln"}.get(average, "")
    sums = []
    for name in ("tfp", "output"):
        growth = _msub(_mi("g"), _row([_mi(_letter(name)), _mo(","), _mi("t")]))
        sums.append(_row([_munder(_mo("∑"), _mi("t")), growth, *weight]))
    suffix = " · Y_{t−1}" if weight else ""
    logged = f" ({symbol})" if symbol else ""
    return Formula(
        mathml=_math([_sub(_mi("s"), "tfp"), _mo("="), _mn("100"), _mo("·"), _frac(*sums)]),
        text=f"s_A = 100 · Σ g_A,t{suffix} / Σ g_Y,t{suffix}{logged}",
    )


def capital_formula(*, mid_year: bool) -> Formula:
    r"""Return the perpetual inventory, :math:`K_t = (1 - \delta) K_{t-1} + I_t`."""
    before = _msub(_mi("K"), _row([_mi("t"), _mo("−"), _mn("1")]))
    added = _msub(_mi("I"), _mi("t"))
    half = [_mo("("), _mn("1"), _mo("−"), _frac(_mi("δ"), _mn("2")), _mo(")")] if mid_year else []
    return Formula(
        mathml=_math(
            [
                _msub(_mi("K"), _mi("t")),
                _mo("="),
                _mo("("),
                _mn("1"),
                _mo("−"),
                _mi("δ"),
                _mo(")"),
                before,
                _mo("+"),
                *half,
                added,
            ]
        ),
        text=f"K_t = (1 − δ) · K_{{t−1}} + {'(1 − δ/2) · ' if mid_year else ''}I_t",
    )


def _letter(name: str) -> str:
    return _LETTERS.get(name, name)


def _growth(name: str) -> str:
    return _sub(_mi("g"), name)


def _sub(base: str, name: str) -> str:
    letter = _letter(name)
    return _msub(base, _mi(letter) if len(letter) == 1 else f"<mtext>{escape(letter)}</mtext>")


def _math(parts: Sequence[str]) -> str:
    return f'<math display="block">{_row(parts)}</math>'


def _row(parts: Sequence[str]) -> str:
    return f"<mrow>{''.join(parts)}</mrow>"


def _mi(letter: str) -> str:
    return f"<mi>{letter}</mi>"


def _mn(number: str) -> str:
    return f"<mn>{number}</mn>"


def _mo(sign: str) -> str:
    return f"<mo>{sign}</mo>"


def _msub(base: str, below: str) -> str:
    return f"<msub>{base}{below}</msub>"


def _munder(base: str, below: str) -> str:
    return f"<munder>{base}{below}</munder>"


def _frac(above: str, below: str) -> str:
    return f"<mfrac>{above}{below}</mfrac>"
