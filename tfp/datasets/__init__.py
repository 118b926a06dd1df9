"""Bundled tables with their sources, official targets, and panels with known truth."""

from tfp.datasets.administrative import provinces
from tfp.datasets.catalogue import list_datasets
from tfp.datasets.classics import solow_1957
from tfp.datasets.generated import GeneratedPanel, generate_provinces
from tfp.datasets.generated_firms import GeneratedFirms, generate_firms
from tfp.datasets.national import vietnam, vietnam_household_income, vietnam_old_vintage
from tfp.datasets.published import published_tfp
from tfp.datasets.source import Column, Dataset, Source
from tfp.datasets.target import Target, targets
from tfp.datasets.yearbooks import yearbook_figures

__all__ = [
    "Column",
    "Dataset",
    "GeneratedFirms",
    "GeneratedPanel",
    "Source",
    "Target",
    "generate_firms",
    "generate_provinces",
    "list_datasets",
    "provinces",
    "published_tfp",
    "solow_1957",
    "targets",
    "vietnam",
    "vietnam_household_income",
    "vietnam_old_vintage",
    "yearbook_figures",
]
