"""Distances and times over the expanding universe."""

from __future__ import annotations

from typing import Annotated

from collegia.tools import Example, Range, assume, expert
from collegia_astronomy import kinds
from collegia_astronomy.constants import PARSEC, YEAR
from collegia_astronomy.library import cosmology_named

__all__ = ["angular_diameter_distance", "comoving_distance", "lookback_time", "luminosity_distance"]

_MPC = 1e6 * PARSEC
_SOURCE = "Hogg 1999, arXiv:astro-ph/9905116; astropy.cosmology"
_HIGHEST = 1100.0
_BY_HAND = "own integral of 1/E(z) for Planck18 with its radiation and massive neutrinos"

Redshift = Annotated[float, kinds.redshift, Range(gt=0, le=_HIGHEST)]
Model = Annotated[str, kinds.cosmology]


@expert(
    source=_SOURCE,
    requires=("astropy", "scipy"),
    extra="collegia-astronomy",
    seconds=1.0,
    examples=[Example({"redshift": 1.0}, {"luminosity_distance": 6791.27 * _MPC}, source=_BY_HAND)],
)
def luminosity_distance(redshift: Redshift, model: Model = "Planck18") -> Annotated[float, kinds.luminosity_distance]:
    """Luminosity distance at a redshift: the distance by which a flux falls with the square.

    Raises:
        NoData: no cosmology of that name.
    """
    return float(cosmology_named(model).luminosity_distance(redshift).to_value("m"))


@expert(
    source=_SOURCE,
    requires=("astropy", "scipy"),
    extra="collegia-astronomy",
    seconds=1.0,
    examples=[Example({"redshift": 1.0}, {"angular_diameter_distance": 6791.27 / 4 * _MPC}, source=_BY_HAND)],
)
def angular_diameter_distance(
    redshift: Redshift, model: Model = "Planck18"
) -> Annotated[float, kinds.angular_diameter_distance]:
    """Angular diameter distance at a redshift: size divided by angular size.

    Raises:
        NoData: no cosmology of that name.
    """
    return float(cosmology_named(model).angular_diameter_distance(redshift).to_value("m"))


@expert(
    source=_SOURCE,
    requires=("astropy", "scipy"),
    extra="collegia-astronomy",
    seconds=1.0,
    examples=[Example({"redshift": 1.0}, {"comoving_distance": 6791.27 / 2 * _MPC}, source=_BY_HAND)],
)
def comoving_distance(redshift: Redshift, model: Model = "Planck18") -> Annotated[float, kinds.comoving_distance]:
    """Comoving distance along the line of sight at a redshift: the proper distance today.

    Raises:
        NoData: no cosmology of that name.
    """
    assume("the distance is the comoving one along the line of sight, which is the proper distance today")
    return float(cosmology_named(model).comoving_distance(redshift).to_value("m"))


@expert(
    source=_SOURCE,
    requires=("astropy", "scipy"),
    extra="collegia-astronomy",
    seconds=1.0,
    examples=[Example({"redshift": 1.0}, {"lookback_time": 7.935e9 * YEAR}, source=_BY_HAND)],
)
def lookback_time(redshift: Redshift, model: Model = "Planck18") -> Annotated[float, kinds.lookback_time]:
    """Time that light from a redshift has travelled.

    Raises:
        NoData: no cosmology of that name.
    """
    return float(cosmology_named(model).lookback_time(redshift).to_value("s"))
