"""The unit that stands at a place of a running text: where it ends, and what it is.

A unit alone may be read generously (`units.parse_unit`); in a sentence "5 bar in the tank" has no inches and in
"L 100 m d 50 mm" no days. Parts joined by a blank make one unit only in the ways engineers write such products. A
unit that goes on in a way that is not understood is no unit at all: half of `kJ/kgX` would be another quantity.
"""

from __future__ import annotations

import re
from functools import lru_cache

from collegia.errors import UnitError
from collegia.tools.scan_words import may_be_unit
from collegia.tools.units import Unit, parse_unit, same_dimension

__all__ = ["CURRENCY", "rate_of", "unit_at", "unit_before"]

CURRENCY = r"(?:US\$|\$|€|£|USD|EUR|GBP)"

_LETTERS = r"[A-Za-zμÅΩ°℃℉$€£%¢]+"
_POWER = r"(?:\s?(?:\^|\*\*)\s?(?:\(\s?[-+]?\d(?:\.\d+)?\s?\)|[-+]?\d(?:\.\d+)?)|-?[1-4](?!\d)|[⁻⁺]?[¹²³⁴])?"
_WORD = (
    r"(?:(?:square|cubic|sq|cu)\.?\s)?"
    rf"(?:[Dd]eg(?:ree)?s?\.?\s?(?:[CFKR]\b|[Cc]elsius|[Ff]ahrenheit|[Kk]elvin)|°\s?[CFKR]\b|{_LETTERS}|\"|'')"
)
_GROUP = r"\([^()\n]{1,40}\)"
_HEAD = re.compile(
    rf"(?P<gap>\s?|-)(?P<head>(?:(?:U\.?S\.?|UK|[Ii]mp(?:erial|\.)?)\s?(?=[gGb])|MM\s(?=B[Tt][Uu])|[Mm]etric\s(?=tons?\b))?(?P<word>{_WORD}){_POWER})"
)
_PART = re.compile(
    rf"(?:(?P<slash>\.?/)|(?P<apart>\s/\s?|/\s)|(?P<per>\sper\s)|\s(?P<article>an?\s)|(?P<dot>\s?[·⋅∙•*×]\s?|\.)"
    r"|(?P<hyphen>-)|(?P<space>[ ])"
    r"|(?P<glued>(?<=[2-4²³⁴])(?=[KshCFR°])))"
    rf"(?:(?P<group>{_GROUP})|(?P<one>1(?=\)))|(?P<word>{_WORD}){_POWER})"
)
_COLUMN = re.compile(
    r"\s?(?:mm|cm|m|in(?:ch(?:es)?)?|ft|feet)\.?\s?"
    r"(?:(?:of\s)?(?:H2O|H₂O|Hg\b|mercury\b)|[Ww]\.?\s?[CGcg]\b|(?:of\s)?water\s(?:column|gauge)\b)"
    r"|\s?(?:mm|in(?:ch(?:es)?)?)\sof\swater\b|\s?[Tt]ons?\s(?:of\s)?refrigeration\b|\s?light[\s-]years?\b"
)
_SHARE = re.compile(
    r"\s?(?:mol(?:e|ar)?|wt|vol(?:ume)?|mass|weight|w|v)\.?[\s-]?(?:%|percent\b)|\s?%\s?\(?(?:mol(?:ar)?|wt|vol|mass|w/w|v/v)\b\)?"
    r"|\s?per\scent\b|\s?(?:%|percent\b|pct\b)(?=\s?(?:/|per)\s?(?:yr|year|a|annum)\b)"
)
_RATE = re.compile(
    r"\s?(?:1\s?/|/)\s?(?:s|sec|min|hr?|d|day|yr|year|K|°C)(?![\w/^°·-])|\sper\s(?:second|minute|hour|day|week|month|year|annum)\b"
)
_SPECIAL = re.compile(r"\s?(?:[mcvwpifl%/1]|[Tt]on)")
"""How all of these begin; most units do not."""
_BRACKET = re.compile(r"\s?[(\[]\s?(?:in\s)?(?P<unit>[^()\[\]\n]{1,20}(?:\([^()\n]{1,20}\))?[^()\[\]\n]{0,8})\s?[)\]]")
_BEFORE = re.compile(
    r"[(\[]\s?(?:in\s)?(?P<unit>[^()\[\]\n]{1,20}(?:\([^()\n]{1,12}\))?[^()\[\]\n]{0,8})\s?[)\]]\s?[:=]\s?$"
)
_MARK = re.compile(
    r"[\s-]?(?:\(\s?(?:gauge|g|absolute|abs\.?|a)\s?\)|(?:gauge|absolute|abs)\b|[ag]\b(?!\s*=|\s+9\.8)(?!\s\d*[a-z]{2}))"
)
_MARK_THEN = re.compile(
    r"[\s-]?[ag]\s(?:and|at|to|with|from|in|of|or|into|is|for|on|by|then|the|when|after|before|through|down|up)\b"
)
_NOT_INCHES = re.compile(
    r"\s+(?:§|(?:a|an|the|this|that|these|those|it|its|my|our|each|which|terms|total|series|parallel|order|all|both|one|two|use|"
    r"operation|service|place|turn|DN|water|air|steel|\d|(?!NPS|OD|ID|SCH|Sch|NPT|BSP)[A-Z]\w+)\b)"
)
_GOES_ON = re.compile(r"\.?/\s?(?P<noun>\(?[A-Za-z°μ]+)|[·⋅^*](?=[A-Za-z(\d°])|(?=[A-Za-z0-9¹²³⁴⁻μ°])")
_NOUN = re.compile(r"[A-Za-z]?[a-z]{3,}")

_ARTICLE = re.compile(r"\s+(?!(?:and|or|to|at|of|with|in|for|from)\b)[a-z]{2}")

_ENERGY = r"(?:[kMGmμ]?(?:J|W|cal)|[Kk][Cc]al|KJ|kj|Kj|KW|kw|(?:MM)?B[Tt][Uu]|(?:mm)?btu)"
_WARM = r"(?:deg(?:rees?)?[._]?)?(?:K|°\s?[CFKR]|[CFR])"
_AREA = r"(?:m|ft|cm)(?:\^|\*\*)?[2²]"
_HOUR = r"(?:s|sec|hr?|min)"
_JOINED = tuple(
    re.compile(pattern)
    for pattern in (
        r".*\s[A-Za-z°μ]+(?:(?:\^|\*\*)?\(?-[1-4]\)?|⁻[¹²³⁴])",  # W m-2 K-1
        r"(?:\S+\s)?(?:[kmμu]?Pa)\s(?:s|sec)",
        r"[kMGT]?[Ww]e?\shr?",
        r"[a-z]*(?:pascal|watt|newton)s?\s(?:second|hour|metre|meter)s?",
        r".*/(?:(?:kilo)?gram|(?:kilo)?mole|pound|square_(?:metre|meter|foot))\s(?:kelvin|degrees?_\w+)",
        r"k?N\sm|ft\slbf?|lbf?\sft|A\sh",
        r"(?:kg|g|t|lb)\s" + _AREA,
        rf"{_ENERGY}\s?(?:/|per)\s?\S+(?:\s\S+)?\s{_WARM}",  # kJ/kg K, Btu/h ft2 F
        rf"{_ENERGY}/{_HOUR}\s{_AREA}|{_ENERGY}/{_AREA}\s{_HOUR}",
        rf"(?:k?g|t|lb|k?mol|[Ll]|m[3³])/{_AREA}\s{_HOUR}",
        rf"{_AREA}\s{_WARM}/{_ENERGY}",
        rf"(?:{_HOUR}\s{_AREA}|{_AREA}\s{_HOUR})\s{_WARM}/{_ENERGY}",
    )
)
_RUN_TOGETHER = re.compile(r"(?:kg|g|t|lb|mol|m|ft|h|s)(?:K|C|F|R|°[CFR]|s|h)")
_GLUED = frozenset({"K", "C", "F", "R", "°C", "°F", "s", "h", "hr"})
"""What follows a power without a mark: `W/m2K`, `kg/m2s`."""
_NO_HYPHEN = frozenset({"C", "F", "P", "R", "A", "V", "a", "d", "y", "t"})
_TIMED = frozenset(
    {"minute", "hour", "day", "week", "month", "year", "tonne", "ton", "kilo", "kilogram", "litre", "liter"}
)
"""What may follow an article: "5 h a day"; "a second" may be the second pump."""


def unit_at(text: str, place: int) -> tuple[Unit | None, int]:
    """The longest unit written from a place on, and where it ends; None, and the place, where there is none."""
    for pattern in (_COLUMN, _SHARE, _RATE) if _SPECIAL.match(text, place) else ():
        if (match := pattern.match(text, place)) is not None:
            unit = _parsed("%" if pattern is _SHARE else match.group())
            if unit is not None:
                return _marked(text, match.end(), unit)
    if (match := _BRACKET.match(text, place)) is not None:
        unit = _whole(match["unit"])
        return (unit, match.end()) if unit is not None else (None, place)
    head = _HEAD.match(text, place)
    if head is None or not _may_begin(text, head):
        return None, place
    return _longest(text, head.start("head"), head.end(), place)


def rate_of(text: str, place: int, currency: str) -> tuple[Unit | None, int]:
    """The unit of an amount whose currency stood before it: the `/kWh` of "$0.12/kWh"."""
    part = _PART.match(text, place)
    if part is None or not (part["slash"] or part["apart"] or part["per"] or part["article"]):
        return None, place
    return _longest(text, place, place, place, lead=currency)


def unit_before(text: str, place: int, floor: int = 0) -> tuple[Unit | None, int]:
    """The unit in brackets before a value, "flow (m3/h): 60", and where the bracket opens."""
    window = max(floor, place - 48)
    match = _BEFORE.search(text[window:place])
    unit = _whole(match["unit"]) if match is not None else None
    return (unit, window + match.start()) if match is not None and unit is not None else (None, place)


def _whole(written: str) -> Unit | None:
    """A text that is a unit from end to end: what a bracket holds."""
    if written == "mol" or (len(written) == 1 and written not in "msh%"):
        return None  # a basis, or a label
    unit, end = unit_at(written, 0)
    return unit if end == len(written) else None


def _longest(text: str, start: int, head_end: int, place: int, lead: str = "") -> tuple[Unit | None, int]:
    """Try the stops after each part, the farthest first."""
    stops = [] if lead else [head_end]
    end = head_end
    for _ in range(7):
        part = _PART.match(text, end)
        if part is None or not _may_follow(text, part):
            break
        end = part.end()
        stops.append(end)
    for stop in reversed(stops):
        written = text[start:stop]
        if " " in written.strip() and not _well_joined(text, (lead + written).strip(), stop):
            continue
        unit = _parsed(lead + written)
        if unit is None or not _ends(text, start, stop):
            continue
        marked, after = _marked(text, stop, unit)
        return (None, place) if after == stop and _goes_on(text, stop) else (marked, after)
    return None, place


def _goes_on(text: str, stop: int) -> bool:
    """Whether more of a unit follows that was not understood; the `/batch` of "2 kg/batch" is none."""
    more = _GOES_ON.match(text, stop)
    if more is None:
        return False
    return not more["noun"] or not _NOUN.fullmatch(more["noun"]) or _parsed(more["noun"]) is not None


def _parsed(written: str) -> Unit | None:
    body = re.sub(r"\s(?:an?)\s(?=\w)", " per ", written.strip())
    try:
        return parse_unit(body)
    except UnitError:
        return None


def _ends(text: str, start: int, stop: int) -> bool:
    """Whether the last power is one: the `-5` of "1 bar-5 bar" is the next value."""
    power = re.search(r"(?<=[A-Za-z])-[1-4]$", text[start:stop])
    head = text[start : stop - 2]
    if power is None or not head.isalpha():
        return True
    return (
        head in ("s", "h", "min", "K", "m", "cm", "mm", "d", "hr")
        and re.match(rf"\s?{head}\b", text[stop : stop + 8]) is None
    )


def _marked(text: str, stop: int, unit: Unit) -> tuple[Unit, int]:
    """Take a following `(g)`, `gauge` or `abs` along with a pressure."""
    mark = _MARK.match(text, stop) or _MARK_THEN.match(text, stop)
    if mark and not unit.reference and same_dimension(unit.text, "pascal"):
        word = mark.group().strip(" -().").lower()
        end = stop + re.match(r"[\s-]?[ag]", text[stop:]).end() if mark.re is _MARK_THEN else mark.end()  # type: ignore[union-attr]  # matched above
        return Unit(unit.text, "gauge" if word.startswith("g") else "absolute"), end
    return unit, stop


def _may_begin(text: str, head: re.Match[str]) -> bool:
    """Whether a word after a number may begin a unit at all."""
    word, end = head["word"], head.end()
    if head["gap"] == "-" and word in _NO_HYPHEN:
        return False
    if word == "in":  # "5 in a pipe" is not inches
        return _NOT_INCHES.match(text, end) is None
    if (
        word == "s"
        and not head["gap"]
        and re.search(r"\b(?:1[89]|20)\d0$", text[max(0, head.start() - 5) : head.start()])
    ):
        return False  # the 1990s
    if word == "a" and _ARTICLE.match(text, end) is not None:
        return False  # "5 a day"
    if word == '"' and re.search(r'"[-+\d.,]*$', text[max(0, head.start() - 16) : head.start()]):
        return False  # a number in quotes
    if len(word) == 1 and re.match(r"\s*=", text[end : end + 8]):
        return False  # the next symbol: "5 bar T = 20 °C"
    return _plausible(word, first=True)


def _plausible(word: str, *, first: bool) -> bool:
    last = re.sub(r"^(?:square|cubic|sq|cu)\.?\s", "", word)
    if re.match(r"[Dd]eg|°|''", last):
        return True
    return may_be_unit(last, first=first)


def _may_follow(text: str, part: re.Match[str]) -> bool:
    """Whether a further part may belong to the unit, by what joins it."""
    word = part["word"] or ""
    if part["slash"]:
        return bool(part["group"] or part["one"]) or _may_be_below(word)
    if part["article"]:
        return (
            word in _TIMED and re.match(r"\s+(?:pipe|pass|pump|tank|one)\b", text[part.end() : part.end() + 8]) is None
        )
    if part["glued"] is not None:
        return word in _GLUED
    if part["group"]:
        return bool(part["dot"] or part["apart"])
    if part["one"]:
        return False
    if part["hyphen"]:
        return word not in ("a", "g") and _plausible(word, first=False)
    return _plausible(word, first=False)


def _may_be_below(word: str) -> bool:
    """Whether a word right behind a slash may be a unit. pint would take any letters for prefixed ones."""
    return 4 <= len(word) <= 14 or _plausible(word, first=False) or _RUN_TOGETHER.fullmatch(word) is not None


@lru_cache(maxsize=4096)
def _fits_a_way(written: str) -> bool:
    bare = re.sub(r"\((?:[^()])*\)", lambda group: group.group().replace(" ", "·"), written)
    bare = re.sub(r"\s?(?:\bper\b|/)\s?", "/", bare)
    bare = re.sub(r"\s?[·⋅∙•*×]\s?", "·", bare)
    bare = re.sub(r"\san?\s(?=\w)", "/", bare)
    bare = re.sub(r"\b(square|cubic|sq|cu|deg|degrees?|U\.?S\.?|UK|[Ii]mp(?:erial)?|MM|[Mm]etric)\.?\s", r"\1_", bare)
    bare = re.sub(r"°\s", "°", bare)
    bare = re.sub(r"\s(?=\^|\*\*)|(?<=\^)\s", "", bare)
    return " " not in bare or any(way.fullmatch(bare) for way in _JOINED)


def _well_joined(text: str, written: str, stop: int) -> bool:
    """Whether parts joined by a blank are a product, and the last is not the next value's symbol."""
    if not _fits_a_way(written):
        return False
    return re.match(r"\s*[=≈]", text[stop : stop + 8]) is None
