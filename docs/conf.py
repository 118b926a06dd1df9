"""How the documentation is built: offline, from the docstrings and these pages."""

import sys
from pathlib import Path

from tfp.version import VERSION

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "tfp"
author = "The tfp developers"
copyright = author  # noqa: A001  (Sphinx's name for it)
version = release = VERSION
language = "en"

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "myst_nb",
    "api_pages",
    "docstrings",
    "error_list",
    "mathml",
]
templates_path = ["_templates"]
exclude_patterns = ["_build", "_templates"]
smartquotes = False  # the quotes of an option's values are part of them
nitpicky = True
# Other libraries' pages would have to be fetched to link to them: only our own names
# must be found.
nitpick_ignore_regex = [(r"py:.*", r"(?!tfp\.).*")]

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
autosummary_generate = True
numpydoc_class_members_toctree = False
numpydoc_show_class_members = False
# What a public docstring may not leave out; the codes are those of `numpydoc validate`.
numpydoc_validation_checks = {
    "GL06",  # unknown section
    "GL08",  # no docstring
    "PR02",  # a parameter that does not exist
    "PR10",  # a parameter's type set off wrongly
    "SS01",  # no summary
}

myst_enable_extensions = ["amsmath", "colon_fence", "dollarmath", "tasklist"]
myst_enable_checkboxes = True
myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_raise_on_error = True
html_math_renderer = "mathml"

html_theme = "pydata_sphinx_theme"
html_title = "tfp"
html_copy_source = False
html_show_sourcelink = False
html_static_path = ["_static"]
html_css_files = ["tfp.css"]
# Only the API and the modules have pages below them.
html_sidebars = {"[!agm]*": [], "get_started": []}
html_theme_options = {
    "header_links_before_dropdown": 8,
    "navbar_end": ["theme-switcher"],
    "show_prev_next": False,
    "footer_start": ["copyright"],
    "footer_end": [],
}
