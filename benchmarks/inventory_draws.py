"""How fast capital is accumulated for ten thousand draws of its parameters, as ratios.

The floor is what no program can avoid that hands every draw on: writing the stocks of
all entities, years and draws, and one logarithm of each, as any growth rate of them
takes. Candidates run once in each round, in turn; what is shown is the median over the
rounds of the ratio within a round. Before anything is timed the answers are compared.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from growth_core import MEGABYTE, choose_pages, extra_memory, ratio, show, time_rounds

from tfp.numerics.inventory_draws import inventory_draws
from tfp.numerics.perpetual_inventory import perpetual_inventory

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray

ENTITIES, YEARS, DRAWS = 63, 30, 10_000
SINGLE_DRAWS = 100  # the loop over draws is timed on so many and multiplied up


@dataclass(frozen=True, eq=False)
class Sample:
    """Investment and output of provinces, and draws of depreciation and initial ratio."""

    investment: FloatArray
    output: FloatArray
    depreciation: FloatArray
    ratio: FloatArray


def make_sample() -> Sample:
    """Draw positive investment and parameters in the ranges that users declare."""
    rng = np.random.default_rng(20_240)
    return Sample(
        np.exp(rng.normal(scale=0.3, size=(ENTITIES, YEARS))),
        np.exp(rng.normal(scale=0.3, size=ENTITIES)) * 3.0,
        rng.uniform(0.04, 0.06, DRAWS),
        rng.uniform(2.1, 2.8, DRAWS),
    )


def floor(sample: Sample) -> tuple[FloatArray]:
    """Write a number for every entity, year and draw, and take one logarithm of each."""
    written = np.empty((ENTITIES, YEARS, DRAWS))
    scratch = np.empty(DRAWS)
    for entity in range(ENTITIES):
        for year in range(YEARS):
            np.copyto(written[entity, year], sample.ratio)
            np.log(written[entity, year], out=scratch)
    return (written,)


def kernel(sample: Sample) -> tuple[FloatArray]:
    """Run our kernel."""
    return (inventory_draws(sample.investment, sample.depreciation, sample.output, sample.ratio),)


def kernel_and_growth(sample: Sample) -> tuple[FloatArray]:
    """Run our kernel for one entity after the other and leave log growth instead of stocks."""
    result = np.empty((ENTITIES, YEARS - 1, DRAWS))
    stocks = np.empty((1, YEARS, DRAWS))
    for entity in range(ENTITIES):
        own = slice(entity, entity + 1)
        inventory_draws(
            sample.investment[own],
            sample.depreciation,
            sample.output[own],
            sample.ratio,
            out=stocks,
        )
        for year in range(1, YEARS):
            growth = result[entity, year - 1]
            np.divide(stocks[0, year], stocks[0, year - 1], out=growth)
            np.log(growth, out=growth)
    return (result,)


def whole_arrays(sample: Sample) -> tuple[FloatArray]:
    """Step through the years with arrays of draws by entities, as one writes it first."""
    stocks = np.empty((YEARS, DRAWS, ENTITIES))
    stocks[0] = sample.ratio[:, np.newaxis] * sample.output
    for year in range(1, YEARS):
        kept = (1.0 - sample.depreciation)[:, np.newaxis]
        stocks[year] = kept * stocks[year - 1] + sample.investment[:, year]
    return (stocks,)


def draw_by_draw(sample: Sample, draws: int) -> tuple[FloatArray]:
    """Call the kernel of a single set of parameters for some draws."""
    stocks = np.empty((draws, ENTITIES * YEARS))
    starts = np.arange(0, ENTITIES * YEARS, YEARS)
    lengths = np.full(ENTITIES, YEARS)
    flat = sample.investment.ravel()
    for draw in range(draws):
        initial = sample.ratio[draw] * sample.output
        stocks[draw] = perpetual_inventory(
            flat, float(sample.depreciation[draw]), initial, starts, starts, lengths
        ).end_of_year
    return (stocks,)


def check_answers(sample: Sample) -> None:
    """Stop if the candidates differ."""
    (ours,) = kernel(sample)
    (theirs,) = whole_arrays(sample)
    np.testing.assert_array_equal(ours, theirs.transpose(2, 0, 1))
    (single,) = draw_by_draw(sample, SINGLE_DRAWS)
    mine = ours[:, :, :SINGLE_DRAWS].transpose(2, 0, 1).reshape(SINGLE_DRAWS, -1)
    np.testing.assert_array_equal(mine, single)
    (growth,) = kernel_and_growth(sample)
    np.testing.assert_allclose(growth, np.diff(np.log(ours), axis=1), rtol=0, atol=1e-14)


def main() -> None:
    """Read the options, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--recycled-pages", action="store_true", help="as in growth_core.py")
    options = parser.parse_args()
    pages = choose_pages(recycled=options.recycled_pages)
    sample = make_sample()
    check_answers(sample)
    seconds = time_rounds(
        {
            "floor": lambda: floor(sample),
            "kernel": lambda: kernel(sample),
            "kernel and log growth": lambda: kernel_and_growth(sample),
            "whole arrays, year by year": lambda: whole_arrays(sample),
            "draw by draw": lambda: draw_by_draw(sample, SINGLE_DRAWS),
        },
        options.rounds,
    )
    base = seconds["floor"]
    print(f"numpy {np.__version__}; memory pages {pages}; {options.rounds} rounds")
    print(f"{ENTITIES} entities, {YEARS} years, {DRAWS:,} draws")
    show("kernel / floor", ratio(seconds["kernel"], base), "at most 3")
    show("kernel and log growth / floor", ratio(seconds["kernel and log growth"], base))
    show("whole arrays / floor", ratio(seconds["whole arrays, year by year"], base))
    many = DRAWS / SINGLE_DRAWS
    show("draw by draw / floor (scaled)", many * ratio(seconds["draw by draw"], base))
    show("kernel's memory beyond its result, MB", extra_memory(lambda: kernel(sample)), "at most 2")
    show("result, MB", ENTITIES * YEARS * DRAWS * 8 / MEGABYTE)


if __name__ == "__main__":
    main()
