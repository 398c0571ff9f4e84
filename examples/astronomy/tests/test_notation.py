from __future__ import annotations

import pytest
from collegia_astronomy import kinds
from collegia_astronomy.constants import SOLAR_LUMINOSITY, SOLAR_MASS, SOLAR_RADIUS

from collegia.tools import Kind


def found(kind: Kind, text: str) -> list[tuple[object, str]]:
    assert kind.find is not None
    return [(one.value, text[one.start : one.end]) for one in kind.find(text)]


BETELGEUSE = (88.792916667, 7.406944444)


@pytest.mark.parametrize(
    "text",
    [
        "RA 05h55m10.3s Dec +07°24'25\"",
        "RA 5h55m10.3s, Dec 7°24'25\"",
        "α = 5h 55m 10.3s, δ = +7° 24′ 25″",
        "right ascension 5h 55m 10.3s and declination +7° 24' 25\"",
        "R.A. 05:55:10.3, Dec. +07:24:25",
        "RA (J2000) = 05:55:10.3, Dec (J2000) = +07:24:25",
        "RA 05 55 10.3 Dec +07 24 25",
        "05h55m10.3s +07d24m25s",
        "05:55:10.3 +07:24:25",
    ],
)
def test_a_position_is_read_however_it_is_written(text: str) -> None:
    ((value, span),) = found(kinds.sky_position, f"Where is {text}, please?")
    assert value == BETELGEUSE
    assert span == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("RA 10.6847°, Dec 41.269°", (10.6847, 41.269)),
        ("RA = 88.79 deg, Dec = -7.41 deg", (88.79, -7.41)),
        ("RA 5.92h, Dec -7.4°", (88.8, -7.4)),
        ("10h00m −02°12'", (150.0, -2.2)),
        ("RA 00h00m00s Dec -00°30'00\"", (0.0, -0.5)),
    ],
)
def test_degrees_and_southern_declinations_are_read(text: str, value: tuple[float, float]) -> None:
    assert [one for one, _ in found(kinds.sky_position, text)] == [value]


def test_two_positions_of_one_sentence_are_two() -> None:
    text = "between RA 05h55m10.3s Dec +07°24'25\" and RA 05h14m32.3s Dec -08°12'06\", in degrees"
    assert [one for one, _ in found(kinds.sky_position, text)] == [BETELGEUSE, (78.634583333, -8.201666667)]


@pytest.mark.parametrize(
    "text",
    [
        "RA 88.79 Dec 7.4",
        "B1950 RA 05h55m10.3s Dec +07°24'25\"",
        "RA 25h00m00s Dec +07°00'00\"",
        "RA 05h65m00s Dec +07°00'00\"",
        "RA 05h55m10.3s Dec +97°24'25\"",
        "2024-06-21 12:00:00 +02:00",
        "05:55:10 07:24:25",
        "a pressure of 3 bar and 20 °C",
    ],
)
def test_what_may_be_something_else_is_no_position(text: str) -> None:
    assert found(kinds.sky_position, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Paris (48.85 N, 2.35 E)", (48.85, 2.35)),
        ("48.85° N 2.35° E", (48.85, 2.35)),
        ("48°51'N 2°21'E", (48.85, 2.35)),
        ("latitude 48.85, longitude 2.35", (48.85, 2.35)),
        ("latitude 40.4° N and longitude 3.7° W", (40.4, -3.7)),
        ("latitude 40.4 degrees north and longitude 3.7 degrees west", (40.4, -3.7)),
        ("lat -33.9°, lon 18.4°", (-33.9, 18.4)),
        ("lat. 33.86 S, long. 151.2 E", (-33.86, 151.2)),
    ],
)
def test_a_place_on_earth_is_read_however_it_is_written(text: str, value: tuple[float, float]) -> None:
    assert [one for one, _ in found(kinds.geographic_position, text)] == [value]


@pytest.mark.parametrize("text", ["95 N, 20 E", "40 N and 5 m", "48.85 N", "3 bar, 20 °C"])
def test_what_is_no_place_is_not_read_as_one(text: str) -> None:
    assert found(kinds.geographic_position, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-06-21 12:00 UTC", "2024-06-21T12:00:00Z"),
        ("2024-06-21 at 12:00 UTC", "2024-06-21T12:00:00Z"),
        ("2024-06-21T12:00:00Z", "2024-06-21T12:00:00Z"),
        ("12:00 UTC on 21 June 2024", "2024-06-21T12:00:00Z"),
        ("June 21, 2024 at noon UTC", "2024-06-21T12:00:00Z"),
        ("2024 June 21 12:00 UT", "2024-06-21T12:00:00Z"),
        ("2024/06/21 12:00 GMT", "2024-06-21T12:00:00Z"),
        ("2024-06-21 14:00 +02:00", "2024-06-21T12:00:00Z"),
        ("2024-06-21 14:00 UTC+2", "2024-06-21T12:00:00Z"),
        ("6:30 pm UTC on May 3rd, 2025", "2025-05-03T18:30:00Z"),
        ("22h UT on 12 August 2024", "2024-08-12T22:00:00Z"),
        ("12 am UTC on 1 January 2000", "2000-01-01T00:00:00Z"),
        ("2024-06-21 14:30:15.5 UTC", "2024-06-21T14:30:15.500000Z"),
        ("2024-06-21 12:00", "2024-06-21T12:00:00"),
        ("2024-06-21", "2024-06-21"),
    ],
)
def test_a_time_is_read_however_it_is_written(text: str, value: str) -> None:
    assert found(kinds.utc_time, f"on {text}, seen from 48.85 N, 2.35 E") == [(value, text)]


@pytest.mark.parametrize(
    "text",
    [
        "2024-06-21 14:00 CEST",
        "2024-06-21 14:00 MSK",
        "2024-06-21 12:00 local time",
        "2024-06-21 12:00 TT",
        "2024-13-45 12:00 UTC",
        "2024-06-21 25:00 UTC",
        "13 pm UTC on 3 May 2025",
        "8760 h at 2000 m",
        "03/04/2024 12:00 UTC",
    ],
)
def test_a_time_that_is_not_surely_utc_is_left_alone(text: str) -> None:
    assert found(kinds.utc_time, text) == []


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (kinds.stellar_radius, "1.8 solar radii", 1.8 * SOLAR_RADIUS),
        (kinds.stellar_radius, "25 R_sun", 25 * SOLAR_RADIUS),
        (kinds.stellar_radius, "2 R☉", 2 * SOLAR_RADIUS),
        (kinds.stellar_radius, "one solar radius", SOLAR_RADIUS),
        (kinds.central_mass, "0.5 solar masses", 0.5 * SOLAR_MASS),
        (kinds.central_mass, "1.1 M_sun", 1.1 * SOLAR_MASS),
        (kinds.luminosity, "1e4 solar luminosities", 1e4 * SOLAR_LUMINOSITY),
        (kinds.luminosity, "3 L⊙", 3 * SOLAR_LUMINOSITY),
    ],
)
def test_multiples_of_the_sun_are_read(kind: Kind, text: str, value: float) -> None:
    ((number, span),) = found(kind, f"a star of {text} there")
    assert number == pytest.approx(value)
    assert span == text


def test_everyday_words_are_stars_only_where_the_sky_is_spoken_of() -> None:
    assert found(kinds.star, "How far apart on the sky are Castor and Pollux?") == [("Castor", "Castor")]
    assert found(kinds.star, "Castor oil of 960 kg/m3 at 20 °C") == []
    assert found(kinds.star, "the sky over the castor oil mill, Castor oil tank") == []


def test_mercury_is_a_planet_only_where_the_sky_is_spoken_of() -> None:
    assert found(kinds.body, "Altitude of Mercury in the sky, azimuth") == [("mercury", "Mercury")]
    assert found(kinds.body, "Mercury at 20 °C: density?") == []
