"""Numbers in a text, as people write them: `25 000`, `1,234.5`, `1.234,5`, `0,65`, `1.8×10⁻⁵`, `10^5`, `1 1/2`, `½`."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Number", "has_decimal_commas", "level", "next_number"]

# One character for one character, so that every place stays where it was; `+/-` becomes `±` and two blanks.
_LEVEL = str.maketrans({
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\u2002": " ", "\u2003": " ", "\t": " ",
    "\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2013": "-", "’": "'", "‘": "'", "µ": "μ", "º": "°", "ᵒ": "°",
    "∆": "Δ", "″": '"', "”": '"', "“": '"',
})  # fmt: skip
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_VULGAR = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8}

_GROUPED = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[' ]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:\.\d{3})+,\d+"
    r"|\d{1,3}(?:\.\d{3}){2,}|\d+(?: 000)+)(?![\d']|[.,]\d)"
)
_LISTED = r"(?:\d+(?=(?:,\d+){2})|(?<=\d,)\d+(?:\.\d+)?)"
"""`3,4,5` is no number; its members are."""
_DIGITS = rf"(?:{_GROUPED}|{_LISTED}|\d+\.(?=[eE][-+]?\d)|\d+(?:[.,]\d+)?|(?<!\.)\.\d+)"
_RAISED = r"(?:\s?(?:\^|\*\*)\s?[({]?[-+]?\d{1,3}[)}]?|[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"
_TIMES = r"\s?[×x*·⋅]\s?"
_FRACTION = (
    r"(?:(?P<whole>\d{1,4})[\s-])?(?P<top>\d{1,2})/(?P<bottom>[1-9]\d?)"
    r"(?=[\s-]?(?:in\b|inch|\"|''|(?:hours?|hrs?|h|miles?|hp|HP)\b))"
)
_NUMBER = re.compile(
    rf"(?<!\w)(?<!\d\.)(?:{_FRACTION}|(?P<units>\d{{1,4}}\s?)?(?P<vulgar>[½¼¾⅓⅔⅛⅜⅝⅞])"
    rf"|(?P<sign>(?<![°%\x22')\]²³€$£])[-+])?(?:10(?P<ten>{_RAISED})|(?P<digits>{_DIGITS})"
    rf"(?P<power>[eE][-+]?\d{{1,3}}(?!\d)|(?:{_TIMES}|\s)10{_RAISED}|{_TIMES}10[-+]\d{{1,2}}(?!\d))?))"
)
_SPACED = re.compile(r"\d{1,3} \d{3}")
_CLASS = re.compile(r"\b(?:sch|sched|schedule|DN|NPS|PN|NB|class|No|number|ISO|API)\.?\s?$", re.IGNORECASE)
"""What a size or a class goes by: in "DN 100 200 m" no number is 100 200."""
_LEADING = re.compile(r"(?:[=(\[:;→>~≈]|\b(?:at|of|to|from|is|was|and|between|by|below|above|about))\s*$")
"""After these a number is expected, so that a dash with a blank behind it is its sign."""
_MINUS = re.compile(r"\b(?:minus|negative)\s$", re.IGNORECASE)
_DECIMAL_COMMA = re.compile(
    r"(?<![\w.,-])\d+,(?:\d{1,2}|\d{4,})(?=\s?(?:°|%|€|\$|[A-Za-zμ]{1,3}(?:\b|[/\d²³])))(?!\s(?:and|or|to)\b)"
)

_DECIMAL_POINT = re.compile(r"\d\.(?!\d{3}(?!\d))\d")


class Number(NamedTuple):
    """A number in a text: its span, and what it is."""

    start: int
    end: int
    value: float


def level(text: str) -> str:
    """Typographic blanks, dashes and quotes brought to plain ones; every place stays where it was."""
    return re.sub(r"\+/[-−]", "±  ", text).translate(_LEVEL)


def has_decimal_commas(text: str) -> bool:
    """Whether a text writes `0,65 bar` and never `0.65`, so that its `1,250` is one and a quarter."""
    return _DECIMAL_POINT.search(text) is None and _DECIMAL_COMMA.search(text) is not None


def next_number(text: str, place: int, *, decimal_commas: bool = False) -> Number | None:
    """The first number of a levelled text from a place on; None where there is none.

    Args:
        text: as `level` gives it.
        place: where to look from.
        decimal_commas: a comma before three digits is a decimal comma, and a point sets thousands off.
    """
    while (match := _NUMBER.search(text, place)) is not None:
        found = _number(text, match, decimal_commas)
        if abs(found.value) != float("inf"):
            return found
        place = found.end
    return None


def _number(text: str, match: re.Match[str], decimal_commas: bool) -> Number:
    start, end = match.span()
    if match["top"]:
        return Number(start, end, float(match["whole"] or 0) + float(match["top"]) / float(match["bottom"]))
    if match["vulgar"]:
        return Number(start, end, float(match["units"] or 0) + _VULGAR[match["vulgar"]])
    sign = match["sign"] or ""
    before = text[max(0, start - 24) : start]
    if not sign and before.endswith("- ") and _LEADING.search(before[:-2]):
        start, sign = start - 2, "-"
    minus = _MINUS.search(before)
    if not sign and minus is not None and _LEADING.search(before[: minus.start()]):
        start, sign = start - len(minus[0]), "-"
    if match["ten"]:
        return Number(start, end, float(f"{sign}1e{_exponent(match['ten'])}"))
    digits, power = match["digits"], match["power"] or ""
    if _SPACED.match(digits) and _CLASS.search(before):
        digits, power = digits.partition(" ")[0], ""
        end = match.start("digits") + len(digits)
    exponent = power[1:] if power[:1] in ("e", "E") else _exponent(power.partition("10")[2]) if power else "0"
    return Number(start, end, float(f"{sign}{_plain(digits, decimal_commas)}e{exponent}"))


def _exponent(raised: str) -> str:
    return re.sub(r"[^-+\d]", "", raised.translate(_POWERS))


def _plain(digits: str, decimal_commas: bool) -> str:
    """The digits with a point for the decimals and no other mark."""
    bare = re.sub(r"[' ]", "", digits)
    if decimal_commas and re.fullmatch(r"\d{1,3},\d{3}", bare):
        return bare.replace(",", ".")
    if decimal_commas and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", bare):
        return bare.replace(".", "")
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", bare):
        return bare.replace(",", "")
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}", bare):
        bare = bare.replace(".", "")
    return bare.replace(",", ".")
