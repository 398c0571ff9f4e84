"""Magnitudes, distance moduli and parallaxes."""

from __future__ import annotations

import math
from typing import Annotated

from collegia.tools import Example, Of, Range, assume, expert
from collegia_astronomy import kinds
from collegia_astronomy.constants import ARCSECOND, AU, PARSEC

__all__ = [
    "absolute_magnitude", "apparent_magnitude", "brightness_ratio", "distance_from_modulus", "distance_modulus",
    "distance_modulus_of_luminosity_distance", "flux_ratio_of_modulus", "luminosity_distance_from_modulus",
    "modulus_of_magnitudes", "parallax_distance", "parallax_of_distance",
]  # fmt: skip

_DEFINITION = "m − M = 5 log10(d / 10 pc)"
_TEN_PARSEC = 10.0 * PARSEC
_CLEAR = "no interstellar extinction and no K correction"


@expert(
    source="IAU 2015 resolution B2: 1 pc is 1 au over one arcsecond",
    examples=[
        Example({"parallax": 0.1302}, {"distance": 7.680492 * PARSEC}, source="1 / 0.1302 pc"),
        Example({"parallax": 0.76813}, {"distance": 1.301863 * PARSEC}, source="Proxima Centauri, Gaia"),
    ],
)
def parallax_distance(
    parallax: Annotated[float, kinds.parallax, Range(gt=0, le=1.0)],
) -> Annotated[float, kinds.distance]:
    """Distance of a star from its annual parallax: d = 1 pc · 1″ / p.

    The nearest star shows 0.77″; a larger value is refused.
    """
    return AU / (parallax * ARCSECOND)


@expert(
    source="IAU 2015 resolution B2: 1 pc is 1 au over one arcsecond",
    examples=[Example({"distance": 10 * PARSEC}, {"parallax": 0.1})],
)
def parallax_of_distance(
    distance: Annotated[float, kinds.distance, Range(ge=PARSEC)],
) -> Annotated[float, kinds.parallax]:
    """Annual parallax of a star at a distance: p = 1″ · 1 pc / d."""
    return AU / distance / ARCSECOND


@expert(
    source=_DEFINITION,
    examples=[
        Example({"distance": 100 * PARSEC}, {"distance_modulus": 5.0}),
        Example({"distance": 770e3 * PARSEC}, {"distance_modulus": 24.43245}, source="Andromeda"),
    ],
)
def distance_modulus(
    distance: Annotated[float, kinds.distance, Range(gt=0)],
) -> Annotated[float, kinds.distance_modulus]:
    """Distance modulus of a distance within the static neighbourhood: 5 log10(d / 10 pc)."""
    return 5.0 * math.log10(distance / _TEN_PARSEC)


@expert(source=_DEFINITION, examples=[Example({"distance": 5164.6e6 * PARSEC}, {"distance_modulus": 43.56518})])
def distance_modulus_of_luminosity_distance(
    distance: Annotated[float, kinds.luminosity_distance, Range(ge=PARSEC)],
) -> Annotated[float, kinds.distance_modulus]:
    """Distance modulus of a luminosity distance: 5 log10(D_L / 10 pc)."""
    return 5.0 * math.log10(distance / _TEN_PARSEC)


@expert(source=_DEFINITION, examples=[Example({"modulus": 5.0}, {"distance": 100 * PARSEC})])
def distance_from_modulus(modulus: Annotated[float, kinds.distance_modulus]) -> Annotated[float, kinds.distance]:
    """Distance of a distance modulus: 10 pc · 10^(μ/5); for remote galaxies it is the luminosity distance."""
    assume(_CLEAR)
    return _TEN_PARSEC * math.exp(modulus / 5.0 * math.log(10.0))


@expert(source=_DEFINITION, examples=[Example({"modulus": 43.56518}, {"luminosity_distance": 5164.6e6 * PARSEC})])
def luminosity_distance_from_modulus(
    modulus: Annotated[float, kinds.distance_modulus],
) -> Annotated[float, kinds.luminosity_distance]:
    """Luminosity distance of a distance modulus: 10 pc · 10^(μ/5)."""
    assume(_CLEAR)
    return _TEN_PARSEC * math.exp(modulus / 5.0 * math.log(10.0))


@expert(source=_DEFINITION, examples=[Example({"apparent": 24.2642, "absolute": -19.3}, {"distance_modulus": 43.5642})])
def modulus_of_magnitudes(
    apparent: Annotated[float, kinds.apparent_magnitude], absolute: Annotated[float, kinds.absolute_magnitude]
) -> Annotated[float, kinds.distance_modulus]:
    """Distance modulus from the two magnitudes of one thing: μ = m − M."""
    return apparent - absolute


@expert(
    source=_DEFINITION, examples=[Example({"modulus": 43.5642, "absolute": -19.3}, {"apparent_magnitude": 24.2642})]
)
def apparent_magnitude(
    modulus: Annotated[float, kinds.distance_modulus], absolute: Annotated[float, kinds.absolute_magnitude]
) -> Annotated[float, kinds.apparent_magnitude]:
    """Apparent magnitude of a thing of known absolute magnitude: m = M + μ."""
    assume(_CLEAR)
    return absolute + modulus


@expert(source=_DEFINITION, examples=[Example({"modulus": -0.5, "apparent": 0.03}, {"absolute_magnitude": 0.53})])
def absolute_magnitude(
    modulus: Annotated[float, kinds.distance_modulus], apparent: Annotated[float, kinds.apparent_magnitude]
) -> Annotated[float, kinds.absolute_magnitude]:
    """Absolute magnitude of a thing of known apparent magnitude: M = m − μ."""
    assume(_CLEAR)
    return apparent - modulus


@expert(
    source="Pogson 1856: five magnitudes are a factor of 100",
    examples=[
        Example({"first": 0.0, "second": 5.0}, {"flux_ratio": 100.0}),
        Example({"first": 2.0, "second": 1.0}, {"flux_ratio": 0.3981072}),
    ],
)
def brightness_ratio(
    first: Annotated[float, kinds.apparent_magnitude, Of("first")],
    second: Annotated[float, kinds.apparent_magnitude, Of("second")],
) -> Annotated[float, kinds.flux_ratio]:
    """Ratio of the flux of the first thing to that of the second: 10^(0.4 (m₂ − m₁))."""
    return float(10.0 ** (0.4 * (second - first)))


@expert(
    source="Pogson 1856: five magnitudes are a factor of 100",
    cost=2.0,
    examples=[Example({"modulus": 5.0}, {"flux_ratio": 0.01})],
)
def flux_ratio_of_modulus(
    modulus: Annotated[float, kinds.distance_modulus],
) -> Annotated[float, kinds.flux_ratio]:
    """Ratio of the flux received to the flux the same thing would give from 10 pc: 10^(−0.4 μ)."""
    return float(10.0 ** (-0.4 * modulus))
