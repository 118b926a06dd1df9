"""What people write in Notepad and Word, as the TOML that it can only mean.

One mend for the line where the reader of TOML stopped, then it reads again: a decimal
comma, a per cent sign, curly quotation marks, backslashes in the name of a file, blanks
that do not break. Whatever can be meant in two ways is left to the reader's error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Behind an equals sign, and up to what ends a value: nothing else can stand there.
_END = r"(?=\s*(?:[,}\]#]|$))"
_ANOTHER = r"(?!\s*,\s*[-+]?[\d.]+\s*(?:[,}\]#]|$))"
_COMMA = re.compile(rf"(?<==)(\s*)([-+]?\d+),(\d+){_END}{_ANOTHER}")
_PER_CENT = re.compile(rf"(?<==)(\s*)([-+]?\d+(?:[.,]\d+)?)\s*%{_END}")
_CURLY = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'))
_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\u2002\u2003\u2009", " "))
_INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u2060\ufeff"))
_BASIC = re.compile(r'"[^"\n]*"')
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'')


@dataclass(frozen=True)
class Mend:
    """One line that was understood although it is not TOML.

    Attributes
    ----------
    line : int
    written, read : str
        As it stands, and as what it was read.
    """

    line: int
    written: str
    read: str


def decoded(data: bytes) -> str:
    r"""Return the text of a plan's bytes, in UTF-8 or UTF-16, as Windows line ends leave it.

    Raises
    ------
    UnicodeDecodeError
        For any other encoding.

    Examples
    --------
    >>> decoded("a = 1\r\n".encode("utf-16")), decoded(b"\xef\xbb\xbfa = 1\rb = 2")
    ('a = 1\n', 'a = 1\nb = 2')
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16")
    elif b"\x00" in data[:2]:
        # Without a mark of its order; TOML begins with a letter, a bracket or a remark.
        text = data.decode("utf-16-be" if data[:1] == b"\x00" else "utf-16-le")
    else:
        text = data.decode("utf-8-sig")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def mended(line: str) -> str | None:
    r"""Return what a line that is not TOML can only mean, None where nothing is certain.

    Examples
    --------
    >>> mended("capital = 0,40  # of labour"), mended("rate = 5 %")
    ('capital = 0.40  # of labour', 'rate = 0.05')
    >>> print(mended(r'file = "C:\Users\Nguyễn Văn A\so lieu.xlsx"'))
    file = "C:\\Users\\Nguyễn Văn A\\so lieu.xlsx"
    >>> mended("title = “GRDP”"), mended("shares = 0,4,5")
    ('title = "GRDP"', None)
    """
    for mend in _MENDS:
        changed = mend(line)
        if changed != line:
            return changed
    return None


def _straight(line: str) -> str:
    """Make curly quotation marks straight, where no straight ones stand beside them."""
    outside = line.partition("#")[0]
    return line if '"' in outside or "'" in outside else line.translate(_CURLY)


def _doubled(line: str) -> str:
    """Double the backslashes of texts in quotation marks, where none is doubled yet."""
    return _BASIC.sub(
        lambda match: match[0] if "\\\\" in match[0] else match[0].replace("\\", "\\\\"), line
    )


def _outside(change: Callable[[str], str]) -> Callable[[str], str]:
    """Change what stands outside of quotation marks, before a remark."""

    def changed(line: str) -> str:
        kept = _STRING.findall(line)
        # Texts are set aside under a letter that no number has.
        bare = _STRING.sub("\x00", line)
        before, mark, remark = bare.partition("#")
        whole = change(before) + mark + remark
        parts = iter(kept)
        return re.sub("\x00", lambda _: next(parts), whole)

    return changed


def _point(words: str) -> str:
    return _COMMA.sub(r"\1\2.\3", words)


def _fraction(words: str) -> str:
    def share(match: re.Match[str]) -> str:
        return match[1] + str(float(Decimal(match[2].replace(",", ".")) / 100))

    return _PER_CENT.sub(share, words)


_MENDS: tuple[Callable[[str], str], ...] = (
    _outside(lambda words: words.translate(_BLANKS).translate(_INVISIBLE)),
    _straight,
    _outside(_fraction),
    _outside(_point),
    _doubled,
)
