"""Digits that are no value: list marks, references, tags, names of standards and of substances, years, exponents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["silent_spans", "sizes_not_in"]

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_WHOLE = (
    # a link, a mail, a path
    r"https?://\S+|\bdoi:\s?\S+|\bwww\.\S+",
    # the mark of an item or a heading: "1.", "2)", "(3)", "### 4.", "Step 5:"
    r"^[ \t>]*(?:#{1,6}\s)?[-*•]?\s?(?:\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2})*[.):])(?=\s)",
    r"^[ \t]*#{1,6}\s\d{1,2}(?:\.\d{1,2})*(?=\s)",
    # a citation mark: "[1]", "[2, 3]", "[^4]"
    r"\[\^?\d{1,3}(?:\s?[,;-]\s?\d{1,3})*\]",
    # a tag or a code: "E-101", "P-101A/B", "B31.3", "R7-97", "IAPWS-95", "API-521"
    r"\b[A-Z][A-Za-z]{0,6}\d*-\d+[A-Za-z]?(?:[-./]\w+)*",
    # a symbol with its index or its power: "x_1", "Re^0.8", "10^5" is a number and not met here
    r"(?<=[A-Za-zα-ωΑ-Ω)\]])_\{?\d+\}?|(?<=[A-Za-zα-ωΑ-Ω)\]])\s?(?:\^|\*\*)\s?[{(]?[-+]?\d+(?:\.\d+)?(?:/\d+)?[)}]?",
    # a number below a fraction bar: "\\frac{v^2}{2}"
    r"(?<=\})\{\d{1,2}\}",
    # a name of a substance or of a form: "1,2-dichloroethane", "3-way"; "2-fold" is a ratio
    r"(?<![\w.,])\d{1,2}(?:,\d{1,2})*-(?!fold|percent|inch|bar\b|mm\b|hour|minute|second|metre|meter|foot|year|day)[a-z]{3,}",
    # ordinals, and how finely a number is given
    r"\b\d+(?:st|nd|rd|th)\b",
    r"\b\d{1,2}\s(?:significant|decimal|sig\.?)\s?\w*",
    # dates
    rf"\b\d{{1,2}}\.?\s{_MONTH}(?:,?\s{_YEAR})?|\b{_MONTH}\s\d{{1,2}}(?:,\s{_YEAR})?|\b{_YEAR}-\d\d-\d\d\b",
)
_BARE = (
    # a reference: "step 2", "steps 1 and 2", "Eq. (5-12)", "section 4.2", "7th edition", "class 150"
    r"\b(?:steps?|eqs?\.?|equations?|sections?|secs?\.|§|chapters?|tables?|fig(?:ure|s)?\.?|pages?|pp?\.|items?|parts?"
    r"|cases?|options?|methods?|notes?|runs?|refs?\.?|nos?\.|numbers?|question|appendix|annex|vol(?:ume)?\.|issue|type"
    r"|grade|class|sch(?:ed(?:ule)?)?\.?|part|clause|paragraph|edition|version|#|№)\s?"
    r"\(?\d+(?:[.-]\d+)*\)?(?:(?:,\s?|\s(?:and|to|or)\s|-)\d+(?:\.\d+)*)*",
    # a size or a standard: "DN 100", "ISO 5167-2", "API 521"
    r"\b(?:DN|PN|NPS|NB|ISO|API|EN|DIN|VDI|ASME|ASTM|ANSI|IEC|IEEE|NFPA|TEMA|BS|JIS|AGA|GPA|GPSA|CAS|RFC|UN|SS|AISI|EPDM"
    r"|IAPWS|IF|TP|R)[\s-]?\d+(?:[-./:]\w+)*",
    # a year: "(Smith, 2019)", "et al. 2019", "in 2019", "2019 edition"
    rf"\([^()\n]{{0,60}}\b{_YEAR}[a-z]?\b[^()\n]{{0,40}}\)",
    rf"\b(?:al\.,?|[Ii]n|[Ss]ince|[Uu]ntil|[Bb]efore|[Aa]fter|[Dd]uring|year|of edition|edition of)\s{_YEAR}\b",
    rf"\b{_YEAR}(?=\s(?:edition|version|issue)\b)",
)
_SIZE = re.compile(r"\b(DN|NPS|PN)[\s\u00a0-]?(\d+(?:\.\d+)?)(?![\d/])")
_FORMULA = re.compile(
    r"(?<=[A-Za-z²³)\]])\s?[/·*]\s?\d{1,2}(?![\d.,])|(?<![\w.,])\d{1,2}\s?[·*]\s?(?=[A-Za-zα-ωΔ(])"
    r"(?=[A-Za-zα-ωΔ]{0,2}[\s·*/()=)^²])"
)


def silent_spans(text: str, names: Iterable[str] = ()) -> list[tuple[int, int, bool]]:
    """Where the digits of a text are no values.

    Args:
        text: as `collegia.tools.number_text.level` gives it.
        names: names that may be written with their digits.

    Returns:
        spans, each with whether it holds for a number with a unit too.
    """
    found = [(*match.span(), True) for pattern in _SILENT for match in pattern.finditer(text)]
    found += [(*match.span(), False) for pattern in _SILENT_BARE for match in pattern.finditer(text)]
    found += [(*match.span(), False) for match in _FORMULA.finditer(text)]
    low = text.lower()
    for written in _with_digits(names):
        if written.lower() in low:  # names may be thousands
            found += [
                (*match.span(), False) for match in re.finditer(re.escape(written) + r"(?!\d)", text, re.IGNORECASE)
            ]
    return found


def sizes_not_in(text: str, texts: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The spans of the nominal sizes and pressures of a text ("DN 100") that none of these texts has."""
    found = list(_SIZE.finditer(text))
    known = {_size(match) for other in texts for match in _SIZE.finditer(other)} if found else set()
    for match in found:
        if _size(match) not in known:
            yield match.span()


def _size(match: re.Match[str]) -> str:
    return match[1] + match[2].rstrip("0").rstrip(".") if "." in match[2] else match[1] + match[2]


def _with_digits(names: Iterable[str]) -> set[str]:
    """The names that have digits, and their parts that end in some, in a citation too."""
    kept = [name for name in names if any(letter.isdigit() for letter in name)]
    return {part for name in kept for part in (name, *re.findall(r"[A-Za-z][\w.]*,?[\s-]\(?\d+(?:[-.]\d+)*", name))}


_SILENT = tuple(re.compile(pattern, re.MULTILINE) for pattern in _WHOLE)
_SILENT_BARE = tuple(
    re.compile(pattern, re.MULTILINE | (re.IGNORECASE if "steps" in pattern else 0)) for pattern in _BARE
)
