"""Times as people write them, and the Julian date.

A time is carried as text: `2024-06-21T12:00:00Z` where the zone was said to be UTC (or could be turned into it),
`2024-06-21T12:00:00` where no zone was said, `2024-06-21` where no time of day was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from collegia.errors import OutOfRange, Unclear
from collegia.tools import Found, assume

__all__ = ["find_times", "moment", "written"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{p}month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = (
    r"(?:(?P<iy>[12]\d{3})[-/](?P<im>\d{1,2})[-/](?P<id>\d{1,2})(?!\d)"
    rf"|(?:the\s+)?(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format(p='d')},?\s+(?P<dy>[12]\d{{3}})"
    rf"|(?P<yy>[12]\d{{3}})\s+{_MONTH.format(p='y')}\s+(?P<yd>\d{{1,2}})(?!\d|:)"
    rf"|{_MONTH.format(p='m')}\s+(?P<md>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<my>[12]\d{{3}}))"
)
_CLOCK = (
    r"(?:(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?::(?P<second>\d{2}(?:\.\d+)?))?(?:\s*(?P<half>[ap]\.?m\.?(?![a-z])))?"
    r"|\s*h(?P<hm>\d{2})?(?![a-z])|\s*(?P<alone>[ap]\.?m\.?(?![a-z]))|(?=\s*(?:UTC?|GMT)\b))"
    r"|(?P<word>noon|midday|midnight))"
)
_ZONE = (
    r"(?:\s*\(?(?P<zone>UTC|UT|GMT|Z|[Uu]niversal\s+[Tt]ime|[+\-−]\d{1,2}(?::?\d{2})?(?!\d)|(?!RA|JD|MJD)[A-Z]{2,5}"
    r"|(?:local|summer|winter|solar|sidereal)\s+time)(?![A-Za-z])\)?(?:\s*(?P<offset>[+\-−]\d{1,2}(?::?\d{2})?)(?!\d))?)?"
)
_DATE_FIRST = re.compile(rf"(?<![\w-]){_DATE}(?:(?:T|[\s,]+(?:at\s+)?){_CLOCK}{_ZONE})?(?!\w)")
_CLOCK_FIRST = re.compile(rf"(?<![\w:-]){_CLOCK}{_ZONE}[\s,]+(?:(?:on|of)\s+)?{_DATE}(?!\w)")
_UTC = ("utc", "ut", "gmt", "z", "universal time")


def find_times(text: str) -> Iterable[Found]:
    """Dates with their time of day: `2024-06-21 12:00 UTC`, `June 21, 2024 at noon UTC`, `18:30 UT on 3 May 2025`.

    A time in a zone that is only named (CEST, local time) is left alone, so that the question asks for UTC.
    """
    taken: list[tuple[int, int]] = []
    for pattern in (_CLOCK_FIRST, _DATE_FIRST):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if (value := _read(match)) is not None:
                yield Found(match.start(), match.end(), value)


def _read(match: re.Match[str]) -> str | None:
    try:
        day = _day(match)
        if match["hour"] is None and match["word"] is None:
            return day.strftime("%Y-%m-%d")
        when = day + _time_of_day(match)
    except ValueError:
        return None
    if not match["zone"]:
        return when.isoformat()
    shift = _shift(match["zone"], match["offset"])
    return None if shift is None else (when - shift).isoformat() + "Z"


def _day(match: re.Match[str]) -> datetime:
    if match["iy"]:
        return datetime(int(match["iy"]), int(match["im"]), int(match["id"]))
    kind = next(form for form in "dmy" if match[f"{form}y"])
    month = _MONTHS.index(match[f"{kind}month"][:3].lower()) + 1
    return datetime(int(match[f"{kind}y"]), month, int(match[f"{kind}d"]))


def _time_of_day(match: re.Match[str]) -> timedelta:
    if match["word"]:
        return timedelta(hours=0 if match["word"] == "midnight" else 12)
    hour, minute = int(match["hour"]), int(match["minute"] or match["hm"] or 0)
    second = float(match["second"] or 0)
    half = (match["half"] or match["alone"] or "").replace(".", "")
    if half and not 1 <= hour <= 12:
        raise ValueError(match.group())
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    if hour > 23 or minute > 59 or second >= 60:
        raise ValueError(match.group())
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _shift(zone: str, offset: str | None) -> timedelta | None:
    """How far the zone is ahead of UTC; None for a zone that is only named."""
    if (signed := offset or (zone if zone[0] in "+-−" else None)) is None:
        return timedelta(0) if re.sub(r"\s+", " ", zone.lower()) in _UTC else None
    if offset and zone.lower() not in _UTC:
        return None
    digits = signed[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        return None
    ahead = timedelta(hours=hours, minutes=minutes)
    return ahead if signed[0] == "+" else -ahead


def moment(time: str, *, of_day: bool) -> datetime:
    """The time as an aware datetime in UTC; what the text left open is assumed aloud.

    Args:
        time: as `find_times` carries it.
        of_day: whether the time of day matters too much to assume it.

    Raises:
        OutOfRange: no such date, or one before the Gregorian calendar (15 October 1582).
        Unclear: a time of day is needed and none was said.
    """
    try:
        when = datetime.fromisoformat(time.replace("Z", "+00:00"))
    except ValueError as error:
        raise OutOfRange(f"{time!r} is no date and time; write it as 2024-06-21 12:00 UTC") from error
    if len(time) <= 10:
        if of_day:
            raise Unclear(f"At what time of day (UTC) on {time}?")
        assume(f"0 h UTC on {time}")
    elif when.tzinfo is None:
        assume("the time is in UTC")
    when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    if when < datetime(1582, 10, 15, tzinfo=UTC):
        raise OutOfRange("dates before 15 October 1582 are counted by the Julian calendar, which is not supported")
    return when


def written(when: datetime) -> str:
    """A time as `find_times` carries it, to the millisecond."""
    rounded = when.astimezone(UTC) + timedelta(microseconds=500)
    text = rounded.replace(microsecond=rounded.microsecond // 1000 * 1000).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "").removesuffix(".000") + "Z"
