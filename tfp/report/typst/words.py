"""Words as typst takes them: as strings, so that nothing in them is a command."""

from __future__ import annotations


def quoted(words: str) -> str:
    r"""Return words as a string of typst's.

    Examples
    --------
    >>> print(quoted('#let x = "1"'))
    "#let x = \"1\""
    """
    shown = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{shown}"'


def said(words: str, **options: str) -> str:
    """Return words as text of typst's, with options such as ``size="9pt"``."""
    set_to = "".join(f"{name}: {value}, " for name, value in options.items())
    return f"#text({set_to}{quoted(words)})"
