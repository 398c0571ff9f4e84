"""The boiling line: saturation temperature, vapour pressure, latent heat and the two densities."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds import saturation as s
from collegia.domains.process_engineering.reference_fluids import correlation, has_equation_of_state, saturation
from collegia.domains.process_engineering.substances import chemicals_id
from collegia.errors import NoData, OutOfRange
from collegia.tools import Example, Range, assume, expert
from collegia.tools import common as k

__all__ = ["EXPERTS", "saturated_enthalpies", "saturation_at_temperature", "saturation_properties", "vapour_pressure"]


class AtPressure(NamedTuple):
    """The boiling line at a pressure."""

    saturation_temperature: Annotated[float, s.saturation_temperature]
    latent_heat: Annotated[float | None, p.latent_heat]
    saturated_liquid_density: Annotated[float | None, s.saturated_liquid_density]
    saturated_vapour_density: Annotated[float | None, s.saturated_vapour_density]


class AtTemperature(NamedTuple):
    """The boiling line at a temperature."""

    latent_heat: Annotated[float | None, p.latent_heat]
    saturated_liquid_density: Annotated[float | None, s.saturated_liquid_density]
    saturated_vapour_density: Annotated[float | None, s.saturated_vapour_density]


class Enthalpies(NamedTuple):
    """Enthalpies of saturated liquid and vapour."""

    saturated_liquid_enthalpy: Annotated[float, s.saturated_liquid_enthalpy]
    saturated_vapour_enthalpy: Annotated[float, s.saturated_vapour_enthalpy]


@expert(
    source="CoolProp (water: IAPWS-95); thermo's correlations for compounds CoolProp does not hold",
    validity="below the critical point",
    examples=[
        Example(
            {"substance": "water", "pressure": 5e5},
            {"saturation_temperature": 424.98, "latent_heat": 2.108e6, "saturated_vapour_density": 2.668},
        ),
        Example({"substance": "water", "pressure": 3e5}, {"saturation_temperature": 406.67}, source="steam tables"),
    ],
    requires=("CoolProp", "thermo"), extra="process", seconds=0.05,
)  # fmt: skip
def saturation_properties(
    substance: Annotated[str, p.substance],
    pressure: Annotated[float, k.pressure, Range(gt=0)],
) -> AtPressure:
    """Boiling temperature, latent heat and saturated densities of a fluid at a pressure.

    The temperature is that of the boiling liquid; a blend condenses at a slightly higher one.

    Raises:
        OutOfRange: above the critical pressure or below the triple point.
        NoData: no model for the substance.
    """
    if not has_equation_of_state(substance):
        return _correlated(substance, pressure)
    fluid = saturation(substance, 0, pressure=pressure)
    temperature, liquid, below = float(fluid.T()), float(fluid.rhomass()), float(fluid.hmass())
    fluid = saturation(substance, 1, pressure=pressure)
    return AtPressure(temperature, float(fluid.hmass()) - below, liquid, float(fluid.rhomass()))


@expert(
    source="CoolProp (water: IAPWS-95); thermo's correlations for compounds CoolProp does not hold",
    validity="below the critical temperature",
    examples=[
        Example(
            {"substance": "water", "temperature": 373.15},
            {"latent_heat": 2.2564e6, "saturated_liquid_density": 958.35, "saturated_vapour_density": 0.59814},
            source="steam tables 100 °C: 2256.4 kJ/kg",
        )
    ],
    requires=("CoolProp", "thermo"), extra="process", seconds=0.05,
)  # fmt: skip
def saturation_at_temperature(
    substance: Annotated[str, p.substance],
    temperature: Annotated[float, k.temperature, Range(gt=0)],
) -> AtTemperature:
    """Latent heat and saturated densities of a fluid at a temperature.

    Raises:
        OutOfRange: above the critical temperature or below the triple point.
        NoData: no model for the substance.
    """
    if not has_equation_of_state(substance):
        latent, liquid = _correlated_latent_heat(substance, temperature), _correlated_density(substance, temperature)
        if latent is None and liquid is None:
            raise NoData(f"the tables hold no saturation data of {substance} at {temperature - 273.15:.4g} °C")
        return AtTemperature(latent, liquid, None)
    fluid = saturation(substance, 0, temperature=temperature)
    liquid, below = float(fluid.rhomass()), float(fluid.hmass())
    fluid = saturation(substance, 1, temperature=temperature)
    return AtTemperature(float(fluid.hmass()) - below, liquid, float(fluid.rhomass()))


@expert(
    source="thermo.VaporPressure (fits to reference equations of state, IAPWS, DIPPR, VDI)",
    validity="from the lowest tabulated temperature to the critical temperature",
    examples=[
        Example({"substance": "ethanol", "temperature": 323.15}, {"vapour_pressure": 29409}),
        Example({"substance": "acetone", "temperature": 313.15}, {"vapour_pressure": 56581.5}),
        Example({"substance": "water", "temperature": 358.15}, {"vapour_pressure": 57867}, source="IAPWS-95"),
    ],
    requires=("thermo",), extra="process", seconds=0.02,
)  # fmt: skip
def vapour_pressure(
    substance: Annotated[str, p.substance],
    temperature: Annotated[float, k.temperature, Range(gt=0)],
) -> Annotated[float, s.vapour_pressure]:
    """Vapour pressure of a pure compound at a temperature (of a blend: its bubble pressure).

    Raises:
        OutOfRange: above the critical temperature, where nothing boils, or below the tables.
        NoData: no vapour pressure is tabulated.
    """
    from chemicals import Tc

    try:
        critical = Tc(chemicals_id(substance))
    except NoData:
        return float(saturation(substance, 0, temperature=temperature).p())  # air and blends
    if critical is not None and temperature >= critical:
        raise OutOfRange(
            f"{substance} has no vapour pressure at {temperature - 273.15:.4g} °C: that is above its "
            f"critical temperature, {critical - 273.15:.4g} °C"
        )
    value = correlation("VaporPressure", substance, temperature)
    if value is None:
        raise OutOfRange(f"no vapour pressure of {substance} is tabulated at {temperature - 273.15:.4g} °C")
    return value


@expert(
    source="CoolProp (water: IAPWS-95)",
    examples=[
        Example(
            {"substance": "water", "pressure": 1e6},
            {"saturated_liquid_enthalpy": 762.5e3, "saturated_vapour_enthalpy": 2777.1e3},
            source="steam tables 10 bar",
        )
    ],
    requires=("CoolProp",), extra="process",
)  # fmt: skip
def saturated_enthalpies(
    substance: Annotated[str, p.substance],
    pressure: Annotated[float, k.pressure, Range(gt=0)],
) -> Enthalpies:
    """Specific enthalpies of saturated liquid and saturated vapour at a pressure.

    Raises:
        OutOfRange: above the critical pressure or below the triple point.
        NoData: CoolProp does not know the substance.
    """
    if substance != "water":
        assume("enthalpies count from CoolProp's reference state for the fluid; only differences mean anything")
    liquid = float(saturation(substance, 0, pressure=pressure).hmass())
    return Enthalpies(liquid, float(saturation(substance, 1, pressure=pressure).hmass()))


def _correlated(substance: str, pressure: float) -> AtPressure:
    from chemicals import Pc
    from thermo import VaporPressure

    cas = chemicals_id(substance)
    critical = Pc(cas)
    if critical is not None and pressure >= critical:
        raise OutOfRange(
            f"{substance} does not boil at {pressure / 1e5:.4g} bar: "
            f"that is above its critical pressure, {critical / 1e5:.4g} bar"
        )
    curve = VaporPressure(CASRN=cas, extrapolation=None)
    if curve.method is None:
        raise NoData(f"no vapour pressure of {substance} is tabulated")
    temperature = curve.solve_property(pressure)
    if temperature is None:
        raise OutOfRange(f"the vapour pressure curve of {substance} does not reach {pressure / 1e5:.4g} bar")
    assume(f"boiling line of {substance} from thermo's correlations")
    boiling = float(temperature)
    return AtPressure(
        boiling, _correlated_latent_heat(substance, boiling), _correlated_density(substance, boiling), None
    )


def _correlated_latent_heat(substance: str, temperature: float) -> float | None:
    from chemicals import MW

    molar = correlation("EnthalpyVaporization", substance, temperature)
    return None if molar is None else molar / (float(MW(chemicals_id(substance))) / 1000.0)


def _correlated_density(substance: str, temperature: float) -> float | None:
    from chemicals import MW

    volume = correlation("VolumeLiquid", substance, temperature)
    return None if volume is None else float(MW(chemicals_id(substance))) / 1000.0 / volume


EXPERTS = (saturation_properties, saturation_at_temperature, vapour_pressure, saturated_enthalpies)
