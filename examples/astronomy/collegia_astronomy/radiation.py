"""Black bodies: Wien's displacement law and the Stefan-Boltzmann law."""

from __future__ import annotations

import math
from typing import Annotated

from collegia.tools import Example, Range, expert
from collegia_astronomy import kinds
from collegia_astronomy.constants import AU, SOLAR_LUMINOSITY, SOLAR_RADIUS, STEFAN_BOLTZMANN, WIEN

__all__ = [
    "blackbody_luminosity", "blackbody_peak", "blackbody_radius", "blackbody_surface_flux",
    "blackbody_temperature_of_flux", "blackbody_temperature_of_luminosity", "blackbody_temperature_of_peak",
    "flux_at_distance",
]  # fmt: skip

_WIEN = "Wien's displacement law, CODATA 2018: λT = 2.897771955e-3 m·K (the peak per wavelength)"
_STEFAN = "Stefan-Boltzmann law, CODATA 2018: σ = 5.670374419e-8 W/m²K⁴"

Temperature = Annotated[float, kinds.temperature, Range(gt=0)]
Radius = Annotated[float, kinds.stellar_radius, Range(gt=0)]
Luminosity = Annotated[float, kinds.luminosity, Range(gt=0)]


@expert(
    source=_WIEN,
    methods=("Wien", "Wien's law", "black body", "blackbody"),
    examples=[
        Example({"temperature": 9600.0}, {"peak_wavelength": 301.8512e-9}),
        Example({"temperature": 5772.0}, {"peak_wavelength": 502.04e-9}, source="the Sun"),
    ],
)
def blackbody_peak(temperature: Temperature) -> Annotated[float, kinds.peak_wavelength]:
    """Wavelength at which a black body is brightest, per unit of wavelength: b / T."""
    return WIEN / temperature


@expert(
    source=_WIEN,
    methods=("Wien", "Wien's law"),
    cost=1.5,
    examples=[Example({"peak": 502.04e-9}, {"effective_temperature": 5772.0}, source="the Sun")],
)
def blackbody_temperature_of_peak(
    peak: Annotated[float, kinds.peak_wavelength, Range(gt=0)],
) -> Annotated[float, kinds.temperature]:
    """Temperature of a black body that is brightest at a wavelength: b / λ."""
    return WIEN / peak


@expert(
    source=_STEFAN,
    methods=("Stefan-Boltzmann", "black body", "blackbody"),
    examples=[
        Example({"temperature": 9600.0, "radius": 1.8 * SOLAR_RADIUS}, {"luminosity": 9.49064e27}),
        Example(
            {"temperature": 5772.0, "radius": SOLAR_RADIUS},
            {"luminosity": SOLAR_LUMINOSITY},
            source="IAU 2015 resolution B3: the nominal Sun",
        ),
    ],
)
def blackbody_luminosity(temperature: Temperature, radius: Radius) -> Annotated[float, kinds.luminosity]:
    """Power that a spherical black body radiates: 4π R² σ T⁴."""
    return 4.0 * math.pi * radius**2 * STEFAN_BOLTZMANN * temperature**4


@expert(
    source=_STEFAN,
    methods=("Stefan-Boltzmann", "black body", "blackbody"),
    examples=[Example({"temperature": 5772.0}, {"surface_flux": 6.29e7}, source="the Sun: L / 4πR²")],
)
def blackbody_surface_flux(temperature: Temperature) -> Annotated[float, kinds.surface_flux]:
    """Power that a black body radiates per area of its surface: σ T⁴."""
    return STEFAN_BOLTZMANN * temperature**4


@expert(
    source=_STEFAN,
    methods=("Stefan-Boltzmann",),
    cost=1.5,
    examples=[Example({"flux": 6.29394e7}, {"effective_temperature": 5772.0})],
)
def blackbody_temperature_of_flux(
    flux: Annotated[float, kinds.surface_flux, Range(gt=0)],
) -> Annotated[float, kinds.temperature]:
    """Temperature of a black body that radiates a flux from its surface: (F / σ)^(1/4)."""
    return float((flux / STEFAN_BOLTZMANN) ** 0.25)


@expert(
    source=_STEFAN,
    methods=("Stefan-Boltzmann",),
    cost=1.5,
    examples=[
        Example(
            {"luminosity": SOLAR_LUMINOSITY, "radius": SOLAR_RADIUS},
            {"effective_temperature": 5772.0},
            source="IAU 2015 resolution B3: the nominal Sun",
        )
    ],
)
def blackbody_temperature_of_luminosity(luminosity: Luminosity, radius: Radius) -> Annotated[float, kinds.temperature]:
    """Effective temperature of a star: (L / 4π R² σ)^(1/4)."""
    return float((luminosity / (4.0 * math.pi * radius**2 * STEFAN_BOLTZMANN)) ** 0.25)


@expert(
    source=_STEFAN,
    methods=("Stefan-Boltzmann",),
    cost=1.5,
    examples=[
        Example(
            {"luminosity": SOLAR_LUMINOSITY, "temperature": 5772.0},
            {"stellar_radius": SOLAR_RADIUS},
            source="IAU 2015 resolution B3: the nominal Sun",
        )
    ],
)
def blackbody_radius(luminosity: Luminosity, temperature: Temperature) -> Annotated[float, kinds.stellar_radius]:
    """Radius of a spherical black body that radiates a power: √(L / 4π σ T⁴)."""
    return math.sqrt(luminosity / (4.0 * math.pi * STEFAN_BOLTZMANN * temperature**4))


@expert(
    source="inverse-square law",
    examples=[
        Example(
            {"luminosity": SOLAR_LUMINOSITY, "distance": AU}, {"received_flux": 1361.0}, source="the solar constant"
        )
    ],
)
def flux_at_distance(
    luminosity: Luminosity, distance: Annotated[float, kinds.distance, Range(gt=0)]
) -> Annotated[float, kinds.received_flux]:
    """Flux received from a luminosity at a distance: L / 4π d²."""
    return luminosity / (4.0 * math.pi * distance**2)
