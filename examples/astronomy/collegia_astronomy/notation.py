"""Values in a notation of their own: places on the sky and on Earth, times, and multiples of the Sun."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from collegia.tools import Found

__all__ = ["find_geographic_positions", "find_sky_positions", "in_solar_units"]

_NUMBER = r"\d+(?:\.\d+)?"
_SIGN = r"[+\-−–]"
_DEC = (
    r"(?P<dd>\d{1,3}(?:\.\d+)?)\s*(?:°|deg(?:rees?)?\b|d(?![a-z]))"
    rf"(?:\s*(?P<dm>{_NUMBER})\s*(?:'|′|’|m(?![a-z])|arcmin(?:utes?)?)"
    rf"(?:\s*(?P<ds>{_NUMBER})\s*(?:\"|″|”|''|s(?![a-z])|arcsec(?:onds?)?))?)?"
)
_HOURS = (
    rf"(?P<rh>{_NUMBER})\s*(?:h|ʰ|hours?)(?:\s*(?P<rm>{_NUMBER})\s*(?:m|ᵐ|min(?:utes?)?)"
    rf"(?:\s*(?P<rs>{_NUMBER})\s*(?:s|ˢ|sec(?:onds?)?))?)?(?![a-z])"
)
_HOURS_COLON = r"(?P<ch>\d{1,2}):(?P<cm>\d{2}):(?P<cs>\d{2}(?:\.\d+)?)"
_DEC_COLON = r"(?P<ed>\d{1,2}):(?P<em>\d{2})(?::(?P<es>\d{2}(?:\.\d+)?))?"
_HOURS_SPACED = r"(?P<sh>\d{1,2})\s+(?P<sm>\d{2})\s+(?P<ss>\d{2}(?:\.\d+)?)"
_DEC_SPACED = r"(?P<fd>\d{1,2})\s+(?P<fm>\d{2})(?:\s+(?P<fs>\d{2}(?:\.\d+)?))?"
_RA_DEGREES = r"(?P<rd>\d{1,3}(?:\.\d+)?)\s*(?:°|deg(?:rees?)?\b)"
_JOIN = r"[\s,;/]*(?:\band\s+)?(?:\bits\s+|\ba\s+)?"
_EPOCH = r"(?:\s*\(?J2000(?:\.0)?\)?)?"
_IS = r"\s*(?:[=:≈]|\bof\b|\bis\b)?\s*"
_RA_NAME = rf"(?:\bR\.?A\.?|\b[Rr]ight\s+[Aa]scension|\bα){_EPOCH}{_IS}"
_DEC_NAME = rf"(?:\bD[Ee][Cc](?:[Ll])?\.?|\b[Dd]eclination|\bδ){_EPOCH}{_IS}"

_NAMED = re.compile(
    rf"{_RA_NAME}(?:{_HOURS}|{_HOURS_COLON}|{_HOURS_SPACED}|{_RA_DEGREES}){_JOIN}"
    rf"{_DEC_NAME}(?P<sign>{_SIGN})?\s*(?:{_DEC}|{_DEC_COLON}|{_DEC_SPACED})"
)
_BARE = re.compile(
    rf"(?<![\w:.])(?:(?P<a>{_HOURS})|(?P<b>{_HOURS_COLON})){_JOIN}(?P<sign>{_SIGN})\s*(?:{_DEC}|(?P<colon>{_DEC_COLON}))"
)
_OTHER_FRAME = re.compile(r"\bB\s?1950|\bB\s?1900|\bFK4\b")

_DMS = (
    r"(?P<{p}d>\d{{1,3}}(?:\.\d+)?)\s*(?:°|deg(?:rees?)?\b)?"
    r"(?:\s*(?P<{p}m>\d{{1,2}}(?:\.\d+)?)\s*(?:'|′|’)(?:\s*(?P<{p}s>\d{{1,2}}(?:\.\d+)?)\s*(?:\"|″|”))?)?"
)
_LATITUDE = _DMS.format(p="a")
_LONGITUDE = _DMS.format(p="o")
_HEMISPHERES = re.compile(
    rf"(?<![\w.])(?:\b[Ll]at(?:itude|\.)?{_IS})?{_LATITUDE}\s*(?P<ns>N|S|[Nn]orth|[Ss]outh)\b{_JOIN}"
    rf"(?:\b[Ll]on(?:g|gitude)?\.?{_IS})?{_LONGITUDE}\s*(?P<ew>E|W|[Ee]ast|[Ww]est)\b"
)
_LABELLED = re.compile(
    rf"\b[Ll]at(?:itude|\.)?{_IS}(?P<sa>{_SIGN})?{_LATITUDE}{_JOIN}\b[Ll]on(?:g|gitude)?\.?{_IS}(?P<so>{_SIGN})?{_LONGITUDE}"
    rf"(?!\s*(?:[NSEW]\b|[NnSs]o|[Ee]ast|[Ww]est))"
)


def _sexagesimal(match: re.Match[str], *names: str) -> float | None:
    """Units, minutes and seconds as one number; None where minutes or seconds reach 60."""
    whole, *parts = (float(match[name] or 0) for name in names)
    if any(part >= 60 for part in parts) or (parts and any(parts) and whole != int(whole)):
        return None
    minutes, seconds = (*parts, 0.0, 0.0)[:2]
    return whole + minutes / 60 + seconds / 3600


def _position(match: re.Match[str]) -> tuple[float, float] | None:
    said = match.groupdict()
    hours = next((form for form in "rcs" if said.get(f"{form}h") is not None), None)
    right = float(said.get("rd") or 0)
    if hours is not None:
        read = _sexagesimal(match, f"{hours}h", f"{hours}m", f"{hours}s")
        right = 360.0 if read is None else read * 15
    arc = next(form for form in "def" if said.get(f"{form}d") is not None)
    declination = _sexagesimal(match, f"{arc}d", f"{arc}m", f"{arc}s")
    if declination is None or right >= 360 or declination > 90:
        return None
    below = (match["sign"] or "+") != "+"
    return round(right, 9), round(-declination if below else declination, 9)


def find_sky_positions(text: str) -> Iterable[Found]:
    """Right ascension and declination in degrees: from `RA 05h55m10.3s Dec +07°24'25"`, `05:55:10.3 +07:24:25`.

    Without names the declination must carry its sign. Degrees need their `°`: a bare "RA 5.9" may be hours. Positions
    of an older frame (B1950, FK4) are left alone: read as J2000 they would be off by half a degree.
    """
    if _OTHER_FRAME.search(text):
        return
    taken: list[tuple[int, int]] = []
    for pattern in (_NAMED, _BARE):
        for match in pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            if pattern is _BARE and (match["b"] is None) != (match["colon"] is None):
                continue
            if pattern is _BARE and match["colon"] and match["es"] is None:
                continue  # `12:00:00 +02:00` is a time with its zone
            value = _position(match)
            if value is not None:
                taken.append(match.span())
                yield Found(match.start(), match.end(), value)


def find_geographic_positions(text: str) -> Iterable[Found]:
    """Latitude and longitude in degrees, north and east positive: `48.85 N, 2.35 E`, `lat -33.9, lon 18.4`."""
    for pattern in (_HEMISPHERES, _LABELLED):
        for match in pattern.finditer(text):
            latitude = _sexagesimal(match, "ad", "am", "as")
            longitude = _sexagesimal(match, "od", "om", "os")
            if latitude is None or longitude is None or latitude > 90 or longitude > 360:
                continue
            if pattern is _HEMISPHERES:
                south, west = match["ns"].lower().startswith("s"), match["ew"].lower().startswith("w")
            else:
                south, west = (match["sa"] or "+") != "+", (match["so"] or "+") != "+"
            yield Found(
                match.start(), match.end(), (-latitude if south else latitude, -longitude if west else longitude)
            )


def in_solar_units(noun: str, letter: str, size: float) -> Callable[[str], Iterable[Found]]:
    """A finder of multiples of the Sun's own: `1.8 solar radii`, `1.8 R_sun`, `1.8 R☉`; `size` is the Sun's, in SI.

    Args:
        noun: a pattern for the word after "solar".
        letter: the symbol before the sign of the Sun.
        size: the Sun's value.
    """
    number = r"(?<![\w.])(\d+(?:\.\d+)?)(?:\s?[×x]\s?10\s?\^?\s?(-?\d+)|[eE]([-+]?\d+))?"
    sun = rf"(?:solar[\s-]{noun}|{letter}\s?[_({{]*\s?(?:[Ss]un|[Ss]olar|☉|⊙|\\odot)[)}}]*|{letter}[☉⊙])"
    multiple = re.compile(rf"{number}[\s-]*(?:times\s+(?:the\s+)?)?{sun}")
    same = re.compile(rf"\b(?:one|a|1)\s+solar\s+{noun}|\bsame\s+{noun}\s+as\s+(?:that\s+of\s+)?the\s+Sun\b")

    def find(text: str) -> Iterable[Found]:
        for match in multiple.finditer(text):
            power = int(match[2] or match[3] or 0)
            yield Found(match.start(), match.end(), float(match[1]) * 10.0**power * size)
        for match in same.finditer(text):
            if not multiple.search(match.group()):
                yield Found(match.start(), match.end(), size)

    return find
