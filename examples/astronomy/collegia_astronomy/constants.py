"""Constants in SI units: CODATA 2018, and the nominal solar values of IAU 2015 resolution B3."""

from __future__ import annotations

import math

__all__ = [
    "ARCSECOND", "AU", "GRAVITATION", "PARSEC", "SOLAR_LUMINOSITY", "SOLAR_MASS", "SOLAR_RADIUS", "STEFAN_BOLTZMANN",
    "WIEN", "YEAR",
]  # fmt: skip

AU = 149_597_870_700.0
PARSEC = AU * 648_000 / math.pi
ARCSECOND = math.pi / 648_000
YEAR = 365.25 * 86400.0

GRAVITATION = 6.67430e-11
SOLAR_MASS = 1.3271244e20 / GRAVITATION
"""The nominal solar GM divided by G: GM is what is known to ten digits."""
SOLAR_RADIUS = 6.957e8
SOLAR_LUMINOSITY = 3.828e26

STEFAN_BOLTZMANN = 5.670374419e-8
WIEN = 2.897771955e-3
