"""A printed number set for reading: in prose, in a formula, in another format."""

from __future__ import annotations

import re

from loopbook.errors import BookError
from loopbook.numbers import value

_SCIENTIFIC = re.compile(r"(?P<mantissa>[-+]?[\d.]+)e(?P<exponent>[-+]?\d+)", re.IGNORECASE)
_FORMAT = re.compile(r"\+?,?(?:\.\d{1,2})?[defg%]")
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def formatted(text: str, form: str) -> str:
    """A printed number in another format.

    Raises:
        BookError: the format is not one for numbers.
    """
    if not form:
        return text
    if not _FORMAT.fullmatch(form):
        raise BookError(
            f"“{form}” is not a format for a number", cure="write one such as .2f, .3g, .1e or ,d"
        )
    number = value(text)
    if form.endswith("d"):
        if not number.is_integer():
            raise BookError(f"{text} is not whole, so “{form}” does not fit", cure="write .0f")
        return format(int(number), form)
    return format(number, form)


def for_prose(text: str) -> str:
    """With a real minus sign, and powers of ten written as such."""
    text = text.replace("\N{MINUS SIGN}", "-")
    match = _SCIENTIFIC.fullmatch(text)
    if match is None:
        return text.replace("-", "\N{MINUS SIGN}")
    exponent = str(int(match["exponent"])).translate(_RAISED)
    return f"{_times(match['mantissa'], '·')}10{exponent}".replace("-", "\N{MINUS SIGN}")


def for_math(text: str) -> str:
    """As TeX."""
    text = text.replace("\N{MINUS SIGN}", "-")
    match = _SCIENTIFIC.fullmatch(text)
    if match:
        mantissa = _times(match["mantissa"], r"\cdot")
        return f"{mantissa}10^{{{int(match['exponent'])}}}"
    for word, tex in (("nan", r"\mathrm{NaN}"), ("inf", r"\infty")):
        text = text.replace(word, tex)
    return text.replace(",", "{,}").replace("%", r"\%")


def _times(mantissa: str, sign: str) -> str:
    """The mantissa and a multiplication sign; a mantissa of 1 is left out."""
    if mantissa.lstrip("+-") in ("1", "1."):
        return mantissa.replace("1", "").replace(".", "").replace("+", "")
    return mantissa + sign
