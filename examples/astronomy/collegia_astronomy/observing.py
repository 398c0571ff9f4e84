"""What an observer sees: altitude and azimuth, airmass, and the count of days."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, NamedTuple

from collegia.errors import NoData, OutOfRange, Unclear
from collegia.tools import Example, Of, Range, assume, caution, expert
from collegia_astronomy import kinds
from collegia_astronomy.library import far_years, offline, sky_coordinates
from collegia_astronomy.times import moment, written

__all__ = [
    "airmass", "altitude_of_zenith_angle", "body_altaz", "body_position", "body_separation",
    "date_of_julian_date", "julian_date", "julian_date_of_modified", "modified_julian_date",
    "position_altaz", "zenith_angle",
]  # fmt: skip

_FIRST, _LAST = datetime(1962, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)
_EPOCH_DATE = 2451545.0
_MODIFIED = 2400000.5
_NEARLY_HORIZON = 20.0


class Direction(NamedTuple):
    """Where an observer has to look."""

    altitude: Annotated[float, kinds.altitude]
    azimuth: Annotated[float, kinds.azimuth]


Place = Annotated[tuple[float, float], kinds.geographic_position]
When = Annotated[str, kinds.utc_time]


def _instant(time: str) -> Any:
    """The time as astropy's, within the years that the built-in ephemerides and UTC are good for."""
    from astropy.time import Time

    offline()
    when = moment(time, of_day=True)
    if not _FIRST <= when < _LAST:
        raise OutOfRange(f"the built-in ephemerides serve 1962 to 2100, not {when.year}")
    found = Time(when.replace(tzinfo=None), scale="utc")
    from astropy.utils import iers

    table = iers.earth_orientation_table.get()
    if not table["MJD"][0].value <= found.mjd <= table["MJD"][-1].value:
        caution("Earth's rotation is not tabulated for this date: angles may be off by up to 15″")
    return found


def _frame(time: str, place: tuple[float, float]) -> Any:
    import astropy.units as u
    from astropy.coordinates import AltAz, EarthLocation

    latitude, longitude = place
    if not -90 <= latitude <= 90 or not -360 <= longitude <= 360:
        raise OutOfRange(f"there is no place at latitude {latitude:g}°, longitude {longitude:g}°")
    instant = _instant(time)
    return AltAz(obstime=instant, location=EarthLocation.from_geodetic(longitude * u.deg, latitude * u.deg, 0 * u.m))


def _direction(seen: Any) -> Direction:
    assume("geometric altitude at sea level, without refraction")
    if seen.alt.deg < 0:
        caution("it stands below the horizon")
    return Direction(float(seen.alt.deg), float(seen.az.deg))


@expert(
    source="astropy get_body with the built-in ephemeris (ERFA), AltAz",
    requires=("astropy",),
    extra="collegia-astronomy",
    seconds=1.5,
    examples=[
        Example(
            {"body": "sun", "time": "2024-06-21T12:00:00Z", "place": (48.85, 2.35)},
            {"altitude": 64.543, "azimuth": 184.0},
            source="declination 23.44°, hour angle 1.88° (equation of time −1.9 min): spherical triangle",
        )
    ],
)
def body_altaz(body: Annotated[str, kinds.body], time: When, place: Place) -> Direction:
    """Altitude and azimuth of the Sun, the Moon or a planet for an observer (azimuth from north through east).

    Raises:
        OutOfRange: before 1962 or after 2099; no such place.
        Unclear: the time of day is not said.
    """
    from astropy.coordinates import get_body

    with far_years():
        frame = _frame(time, place)
        return _direction(get_body(_known(body), frame.obstime, frame.location).transform_to(frame))


@expert(
    source="astropy AltAz (ERFA)",
    requires=("astropy",),
    extra="collegia-astronomy",
    seconds=1.5,
    examples=[
        Example(
            {"position": (37.954561, 89.264109), "time": "2024-06-21T22:00:00Z", "place": (48.85, 2.35)},
            {"altitude": 48.3},
            tolerance=0.02,
            source="Polaris stands within 0.8° of the pole, whose altitude is the latitude",
        )
    ],
)
def position_altaz(position: Annotated[tuple[float, float], kinds.sky_position], time: When, place: Place) -> Direction:
    """Altitude and azimuth of a position on the sky (ICRS, J2000) for an observer (azimuth from north through east).

    Raises:
        OutOfRange: before 1962 or after 2099; no such place.
        Unclear: the time of day is not said.
    """
    with far_years():
        return _direction(sky_coordinates(position).transform_to(_frame(time, place)))


@expert(
    source="astropy get_body with the built-in ephemeris (ERFA)",
    requires=("astropy",),
    extra="collegia-astronomy",
    seconds=1.5,
    examples=[
        Example(
            {"body": "sun", "time": "2000-01-01T12:00:00Z"},
            {"sky_position": (281.283, -23.034)},
            source="low-precision Sun of the Astronomical Almanac: 281.284, −23.033",
        )
    ],
)
def body_position(body: Annotated[str, kinds.body], time: When) -> Annotated[tuple[float, float], kinds.sky_position]:
    """Position of the Sun, the Moon or a planet on the sky as seen from Earth's centre, to a thousandth of a degree.

    Raises:
        OutOfRange: before 1962 or after 2099.
        Unclear: the time of day is not said.
    """
    from astropy.coordinates import get_body

    assume("the position is the apparent one from Earth's centre; from the ground the Moon may stand 1° off")
    with far_years():
        seen = get_body(_known(body), _instant(time))
    return round(float(seen.ra.deg), 3), round(float(seen.dec.deg), 3)


@expert(
    source="astropy get_body with the built-in ephemeris (ERFA)",
    requires=("astropy",),
    extra="collegia-astronomy",
    seconds=1.5,
    examples=[
        Example(
            {"first": "jupiter", "second": "saturn", "time": "2020-12-21T18:20:00Z"},
            {"angular_separation": math.radians(6.1 / 60)},
            tolerance=0.02,
            source="the great conjunction of 2020: 6.1′",
        )
    ],
)
def body_separation(
    first: Annotated[str, kinds.body, Of("first")], second: Annotated[str, kinds.body, Of("second")], time: When
) -> Annotated[float, kinds.angular_separation]:
    """Angle between two bodies of the solar system as seen from Earth's centre.

    Raises:
        OutOfRange: before 1962 or after 2099.
        Unclear: both bodies are the same, or the time of day is not said.
    """
    from astropy.coordinates import get_body

    if first == second:
        raise Unclear("Both bodies are the same. Which two are meant?")
    assume("seen from Earth's centre; from the ground the Moon may stand 1° off")
    with far_years():
        instant = _instant(time)
        first_seen, second_seen = (get_body(_known(one), instant) for one in (first, second))
    return float(first_seen.separation(second_seen, origin_mismatch="ignore").rad)


def _known(body: str) -> str:
    from astropy.coordinates import solar_system_ephemeris

    if body not in solar_system_ephemeris.bodies:
        raise NoData(f"the built-in ephemeris has no {body!r}")
    return body


@expert(
    source="plane-parallel atmosphere: X = sec z",
    examples=[
        Example({"altitude": 64.5429}, {"airmass": 1.107530}),
        Example({"altitude": 90.0}, {"airmass": 1.0}),
        Example({"altitude": 30.0}, {"airmass": 2.0}),
    ],
)
def airmass(altitude: Annotated[float, kinds.altitude, Range(gt=0, le=90)]) -> Annotated[float, kinds.airmass]:
    """Relative airmass at an altitude: sec z = 1 / sin(altitude). Near the horizon it is too large, which is said."""
    if altitude < _NEARLY_HORIZON:
        caution("below 20° of altitude sec z overstates the airmass: at 10° by 3 %, at the horizon without bound")
    return 1.0 / math.sin(math.radians(altitude))


@expert(examples=[Example({"altitude": 64.5429}, {"zenith_angle": 25.4571})])
def zenith_angle(
    altitude: Annotated[float, kinds.altitude, Range(ge=-90, le=90)],
) -> Annotated[float, kinds.zenith_angle]:
    """Angle from the zenith: 90° less the altitude."""
    return 90.0 - altitude


@expert(examples=[Example({"zenith_angle": 60.0}, {"altitude": 30.0})])
def altitude_of_zenith_angle(
    zenith_angle: Annotated[float, kinds.zenith_angle, Range(ge=0, le=180)],
) -> Annotated[float, kinds.altitude]:
    """Altitude: 90° less the angle from the zenith."""
    return 90.0 - zenith_angle


@expert(
    source="J2000.0, 2000-01-01 12 h, is Julian date 2451545.0",
    examples=[
        Example({"time": "2024-06-21T12:00:00Z"}, {"julian_date": 2460483.0}, tolerance=1e-12),
        Example(
            {"time": "1858-11-17T00:00:00Z"}, {"julian_date": 2400000.5}, tolerance=1e-12, source="origin of the MJD"
        ),
    ],
)
def julian_date(time: When) -> Annotated[float, kinds.julian_date]:
    """Julian date of a UTC time, in days of 86 400 s (leap seconds are not counted).

    Raises:
        OutOfRange: no such date, or one before 15 October 1582.
    """
    return _EPOCH_DATE + (moment(time, of_day=False) - _EPOCH) / timedelta(days=1)


@expert(
    source="MJD = JD − 2400000.5",
    examples=[Example({"julian_date": 2460483.0}, {"modified_julian_date": 60482.5}, tolerance=1e-12)],
)
def modified_julian_date(
    julian_date: Annotated[float, kinds.julian_date, Range(gt=0)],
) -> Annotated[float, kinds.modified_julian_date]:
    """Modified Julian date: JD − 2400000.5."""
    return julian_date - _MODIFIED


@expert(
    source="MJD = JD − 2400000.5",
    examples=[Example({"modified": 60482.5}, {"julian_date": 2460483.0}, tolerance=1e-12)],
)
def julian_date_of_modified(
    modified: Annotated[float, kinds.modified_julian_date],
) -> Annotated[float, kinds.julian_date]:
    """Julian date of a modified one: MJD + 2400000.5."""
    return modified + _MODIFIED


@expert(
    source="J2000.0, 2000-01-01 12 h, is Julian date 2451545.0",
    examples=[Example({"julian_date": 2460483.0}, {"utc_time": "2024-06-21T12:00:00Z"})],
)
def date_of_julian_date(
    julian_date: Annotated[float, kinds.julian_date, Range(ge=2299160.5, lt=5373484.5)],
) -> Annotated[str, kinds.utc_time]:
    """UTC date and time of a Julian date (from 15 October 1582 to the year 9999), to the millisecond."""
    return written(_EPOCH + timedelta(days=julian_date - _EPOCH_DATE))
