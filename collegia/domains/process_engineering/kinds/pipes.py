"""Kinds of pipes: nominal size and schedule as engineers write them, and the diameters they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from collegia.tools import Found, Kind
from collegia.tools import common as k

__all__ = [
    "equivalent_length", "inside_diameter", "nominal_size", "outside_diameter", "pipe_length",
    "pipe_wall_thickness", "schedule",
]  # fmt: skip

_MIXED = r"(?:\d{1,2}[ -]\d/\d|\d/\d|\d{1,2}(?:\.\d+)?)"
_INCH = r"(?:\"|″|''|[ -]?inches\b|[ -]?inch\b|[ -]?in\b\.?)"
_SCHEDULE = r"(?:sch\b|sched\b|schedule\b)"
_VULGAR = str.maketrans({"¼": "1/4", "½": "1/2", "¾": "3/4", "⅛": "1/8", "⅜": "3/8"})
_SIZES = (
    # "DN100", "DN 80", "DN-150"
    ("DN", re.compile(r"(?<![A-Za-z])(?:DN|Dn)[ -]?(?P<size>\d{1,4})(?![\d.,]\d)")),
    # "100 NB", "80 mm nominal bore", "80 mm NB"
    ("DN", re.compile(r"(?<![\d.])(?P<size>\d{1,4}) ?(?:mm)? ?(?:NB\b|nominal bore\b)")),
    # "NPS 6", "NPS 1-1/2", "NPS 2½"
    ("NPS", re.compile(rf"(?<![A-Za-z])NPS[ -]?(?P<size>(?:\d{{1,2}})?[¼½¾⅛⅜]|{_MIXED}){_INCH}?")),
    # "4 inch schedule 80", '3/4 in sch 40', '6" line, sch. 40'
    (
        "NPS",
        re.compile(
            rf"(?<![\d./])(?P<size>(?:\d{{1,2}})?[¼½¾⅛⅜]|{_MIXED}){_INCH}"
            rf"(?=,?\s*(?:(?:nominal|steel|carbon steel|stainless|pipe|line|NPS)\b[\s,(]*){{0,4}}{_SCHEDULE})",
            re.IGNORECASE,
        ),
    ),
    # "sch 40 4-inch pipe"
    ("NPS", re.compile(rf"\b{_SCHEDULE}[. -]{{0,2}}\w{{2,4}},? (?P<at>(?P<size>{_MIXED}){_INCH})", re.IGNORECASE)),
    # '4" nominal', "2 inch NPS"
    ("NPS", re.compile(rf"(?<![\d./])(?P<size>{_MIXED}){_INCH} ?(?:nominal|NPS|NB)\b")),
)
_SCHEDULES = (
    re.compile(rf"\b{_SCHEDULE}[. -]{{0,2}}(?P<value>\d{{1,3}}[sS]?|STD|XXS|XS|std|xxs|xs)\b", re.IGNORECASE),
    re.compile(r"\b(?P<value>STD|XXS|XS)(?=[ -](?:wall|pipe|weight)\b)"),
    re.compile(r"\bS(?P<value>40|80|160|10)(?:S)?\b"),
)


def _inches(text: str) -> float:
    """The inches of "3/4", "1-1/2", "2½" or "4"."""
    total = 0.0
    for part in re.findall(r"\d+/\d+|\d+(?:\.\d+)?", re.sub(r"(?<=\d)(?=[¼½¾⅛⅜])", " ", text).translate(_VULGAR)):
        above, _, below = part.partition("/")
        total += float(above) / float(below or 1)
    return total


def _find_sizes(text: str) -> Iterator[Found]:
    """Nominal sizes: `DN100` or `NPS4` as values."""
    taken: list[tuple[int, int]] = []
    for system, pattern in _SIZES:
        for match in pattern.finditer(text):
            span = match.span("at" if "at" in pattern.groupindex else 0)
            if any(span[0] < end and start < span[1] for start, end in taken):
                continue
            taken.append(span)
            size = match.group("size")
            yield Found(*span, f"DN{int(size)}" if system == "DN" else f"NPS{_inches(size):g}")


def _find_schedules(text: str) -> Iterator[Found]:
    """Schedules: `40`, `80S`, `STD` as values."""
    taken: list[tuple[int, int]] = []
    for pattern in _SCHEDULES:
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            yield Found(*match.span(), match.group("value").upper())


nominal_size = Kind(
    "nominal_size", None, names=("nominal size", "nominal pipe size", "nominal diameter", "pipe size", "NPS", "DN"),
    find=_find_sizes,
)  # fmt: skip
schedule = Kind(
    "schedule", None, names=("schedule", "pipe schedule", "sch", "schedule number"), find=_find_schedules,
    words={
        "standard wall": "STD", "standard weight": "STD", "extra strong": "XS", "extra heavy": "XS",
        "double extra strong": "XXS",
    },
)  # fmt: skip
inside_diameter = Kind(
    "inside_diameter", "m",
    names=("inside diameter", "inside and", "inner and", "internal diameter", "inner diameter", "inside dia", "bore",
           "bore diameter", "pipe bore", "pipe diameter", "pipe inside diameter", "tube inside diameter",
           "tube diameter", "tube bore", "line diameter", "internal dia", "pipe ID", "ID", "I.D.", "i.d.", "id", "Di",
           "Dᵢ", "D", "line size", "required diameter"),
    hints=("pipe", "tube", "tubing", "pipeline", "line", "bore", "duct", "hose", "main", "piping", "penstock"),
    parent=k.diameter, show=("mm",),
)  # fmt: skip
outside_diameter = Kind(
    "outside_diameter", "m",
    names=("outside diameter", "outside and", "outer and", "outer diameter", "external diameter", "outside dia",
           "pipe outside diameter", "pipe OD", "tube outside diameter", "OD", "O.D.", "o.d.", "Do", "Dₒ"),
    show=("mm",),
)  # fmt: skip
pipe_wall_thickness = Kind(
    "pipe_wall_thickness", "m", names=("wall thickness", "pipe wall thickness", "pipe wall", "wall"), show=("mm",)
)
pipe_length = Kind(
    "pipe_length", "m",
    names=("pipe length", "length of pipe", "line length", "pipeline length", "tube length", "straight length",
           "run length", "developed length", "length", "total equivalent length", "equivalent pipe length",
           "equivalent length", "L"),
    hints=("long", "length", "pipe", "straight", "through", "pipeline", "line", "run", "of", "duct", "ducting",
           "tube", "tubing", "hose", "main", "piping"), parent=k.length,
    show=("m",),
)  # fmt: skip
equivalent_length = Kind(
    "equivalent_length", "m",
    names=("equivalent length of fittings", "equivalent length of the fittings", "fittings equivalent length",
           "fitting equivalent length", "equivalent length for fittings"),
    show=("m",),
)  # fmt: skip
