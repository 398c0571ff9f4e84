"""Positions on the sky: catalogues, separations and other frames."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from collegia.errors import NoData, Unclear
from collegia.tools import Example, Of, Range, expert
from collegia_astronomy import kinds
from collegia_astronomy.library import sky_coordinates

__all__ = [
    "constellation", "ecliptic_coordinates", "galactic_coordinates", "position_from_coordinates", "position_numbers",
    "sky_separation", "star_catalogue",
]  # fmt: skip

Position = tuple[float, float]
SkyPosition = Annotated[Position, kinds.sky_position]


_CORRECTED = {"Chamaleon": "Chamaeleon", "Ophiucus": "Ophiuchus", "Pisces Austrinus": "Piscis Austrinus"}
"""The names that astropy's table misspells, as the IAU writes them."""


class Star(NamedTuple):
    """What the catalogue holds of a star."""

    position: Annotated[Position, kinds.sky_position]
    magnitude: Annotated[float, kinds.apparent_magnitude]


@expert(
    source="Hipparcos catalogue, as ephem.stars holds it; epoch J2000.0",
    requires=("ephem",),
    extra="collegia-astronomy",
    examples=[
        Example(
            {"star": "Vega"},
            {"position": (279.234735, 38.783692), "magnitude": 0.03},
            source="SIMBAD: 18h36m56.336s +38°47′01.28″, V 0.03",
        )
    ],
)
def star_catalogue(star: Annotated[str, kinds.star]) -> Star:
    """Position and V magnitude of a named star.

    The position is that of J2000.0: proper motion since then, some arcseconds at most, is left out.

    Raises:
        NoData: the catalogue has no star of that name.
    """
    import math

    import ephem
    import ephem.stars

    if star not in ephem.stars.stars:
        raise NoData(f"the catalogue has no star named {star!r}")
    entry = ephem.star(star)
    entry.compute("2000/1/1 12:00")
    # `_ra` and `_dec` are ephem's documented names of the catalogue's own position.
    return Star((round(math.degrees(entry._ra), 6), round(math.degrees(entry._dec), 6)), float(entry.mag))


@expert(
    source="spherical geometry; astropy SkyCoord.separation (Vincenty)",
    requires=("astropy",),
    extra="collegia-astronomy",
    seconds=0.5,
    examples=[
        Example(
            {"first": (88.792917, 7.406944), "second": (78.634583, -8.201667)},
            {"angular_separation": 0.3247325},
            source="cosine law by hand: 18.6058°",
        )
    ],
)
def sky_separation(
    first: Annotated[Position, kinds.sky_position, Of("first")],
    second: Annotated[Position, kinds.sky_position, Of("second")],
) -> Annotated[float, kinds.angular_separation]:
    """Angle between two positions on the sky, along the great circle.

    Raises:
        Unclear: both positions are the same.
    """
    if first == second:
        raise Unclear("Both positions are the same. Which two are meant?")
    return float(sky_coordinates(first).separation(sky_coordinates(second)).rad)


class Galactic(NamedTuple):
    """Galactic coordinates."""

    longitude: Annotated[float, kinds.galactic_longitude]
    latitude: Annotated[float, kinds.galactic_latitude]
    coordinates: Annotated[str, kinds.galactic_coordinates]


@expert(
    source="IAU 1958 galactic system; astropy Galactic",
    cost=3.0,
    requires=("astropy",),
    extra="collegia-astronomy",
    seconds=0.5,
    examples=[
        Example(
            {"position": (192.85948, 27.12825)},
            {"latitude": 90.0},
            source="the north galactic pole",
        ),
        Example(
            {"position": (279.234735, 38.783692)},
            {"longitude": 67.4482, "latitude": 19.2373},
            source="SIMBAD: Vega",
        ),
    ],
)
def galactic_coordinates(position: SkyPosition) -> Galactic:
    """Galactic longitude and latitude of a position (ICRS, J2000)."""
    found = sky_coordinates(position).galactic
    longitude, latitude = float(found.l.deg), float(found.b.deg)
    return Galactic(longitude, latitude, f"l = {longitude:.4f}°, b = {latitude:+.4f}°")


class Ecliptic(NamedTuple):
    """Ecliptic coordinates."""

    longitude: Annotated[float, kinds.ecliptic_longitude]
    latitude: Annotated[float, kinds.ecliptic_latitude]
    coordinates: Annotated[str, kinds.ecliptic_coordinates]


@expert(
    source="mean ecliptic and equinox of J2000; astropy BarycentricMeanEcliptic",
    cost=3.0,
    requires=("astropy",),
    extra="collegia-astronomy",
    seconds=0.5,
    examples=[
        Example(
            {"position": (90.0, 23.4392911)},
            {"longitude": 90.0},
            source="the summer solstice point: the obliquity is 23°26′21.448″",
        ),
        Example(
            {"position": (270.0, 66.5607089)},
            {"latitude": 90.0},
            source="the north ecliptic pole",
        ),
    ],
)
def ecliptic_coordinates(position: SkyPosition) -> Ecliptic:
    """Ecliptic longitude and latitude of a position, for the mean ecliptic and equinox of J2000."""
    found = sky_coordinates(position).barycentricmeanecliptic
    longitude, latitude = float(found.lon.deg), float(found.lat.deg)
    return Ecliptic(longitude, latitude, f"λ = {longitude:.4f}°, β = {latitude:+.4f}°")


@expert(
    source="Delporte 1930, Roman 1987; astropy get_constellation",
    requires=("astropy",),
    extra="collegia-astronomy",
    seconds=0.5,
    examples=[
        Example({"position": (88.792917, 7.406944)}, {"constellation": "Orion"}, source="Betelgeuse"),
        Example({"position": (279.234708, 38.783694)}, {"constellation": "Lyra"}, source="Vega"),
    ],
)
def constellation(position: SkyPosition) -> Annotated[str, kinds.constellation]:
    """The constellation that a position lies in, by the boundaries of the IAU."""
    from astropy.coordinates import get_constellation

    name = str(get_constellation(sky_coordinates(position))).strip()
    return _CORRECTED.get(name, name)


class Numbers(NamedTuple):
    """A position as two numbers."""

    right_ascension: Annotated[float, kinds.right_ascension]
    declination: Annotated[float, kinds.declination]
    coordinates: Annotated[str, kinds.equatorial_coordinates]


@expert(cost=3.0, examples=[Example({"position": (88.5, -7.25)}, {"right_ascension": 88.5, "declination": -7.25})])
def position_numbers(position: SkyPosition) -> Numbers:
    """Right ascension and declination of a position, in degrees."""
    return Numbers(*position, f"RA {position[0]:.5f}°, Dec {position[1]:+.5f}°")


@expert(examples=[Example({"right_ascension": 88.5, "declination": -7.25}, {"sky_position": (88.5, -7.25)})])
def position_from_coordinates(
    right_ascension: Annotated[float, kinds.right_ascension, Range(ge=0, lt=360)],
    declination: Annotated[float, kinds.declination, Range(ge=-90, le=90)],
) -> Annotated[Position, kinds.sky_position]:
    """A position from its right ascension and declination (ICRS, J2000), in degrees."""
    return (right_ascension, declination)
