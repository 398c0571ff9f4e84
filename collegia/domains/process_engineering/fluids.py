"""Properties of fluids at a temperature and a pressure."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from collegia.domains.process_engineering.fluid_correlations import correlated_state, low_pressure_transport
from collegia.domains.process_engineering.kinds import gases as g
from collegia.domains.process_engineering.kinds import properties as p
from collegia.domains.process_engineering.kinds import saturation as s
from collegia.domains.process_engineering.reference_fluids import (
    GAS_CONSTANT,
    has_equation_of_state,
    limits,
    saturation,
    say_state,
    state,
)
from collegia.errors import OutOfRange, Unclear
from collegia.tools import STATED, Example, Range, assume, caution, expert
from collegia.tools import common as k

__all__ = ["EXPERTS", "enthalpy_and_entropy", "fluid_properties"]

_ATMOSPHERE = 101325.0
_BOILING_BAND = 0.005
"""How near to its boiling pressure a fluid counts as lying on the boiling line: ±0.14 K for water at 1 atm."""

_SPOKEN = {
    "liquid": "a liquid",
    "gas": "a superheated vapour (gas)",
    "supercritical": "supercritical (neither liquid nor gas)",
}


class FluidProperties(NamedTuple):
    """What a fluid is like at one state; None where no model exists."""

    density: Annotated[float, k.density]
    viscosity: Annotated[float | None, p.viscosity]
    heat_capacity: Annotated[float | None, p.heat_capacity]
    thermal_conductivity: Annotated[float | None, p.thermal_conductivity]
    prandtl: Annotated[float | None, p.prandtl]
    compressibility: Annotated[float | None, g.compressibility]
    heat_capacity_ratio: Annotated[float | None, p.heat_capacity_ratio]
    speed_of_sound: Annotated[float | None, s.speed_of_sound]
    phase: Annotated[str, p.phase]


class Caloric(NamedTuple):
    """Enthalpy and entropy of a fluid."""

    specific_enthalpy: Annotated[float, s.specific_enthalpy]
    specific_entropy: Annotated[float, s.specific_entropy]


@expert(
    source="CoolProp (water: IAPWS-95); thermo's correlations for compounds CoolProp does not hold",
    validity="within the range of each fluid's equation of state; pure fluids, air and refrigerant blends",
    examples=[
        Example(
            {"substance": "water", "temperature": 298.15},
            {"density": 997.05, "viscosity": 0.00089002, "heat_capacity": 4181.3, "thermal_conductivity": 0.60652},
        ),
        Example(
            {"substance": "water", "temperature": 333.15, "pressure": 5e5},
            {"density": 983.4},
            source="steam tables, 983.2 at 1 bar and compressibility",
        ),
        Example(
            {"substance": "air", "temperature": 293.15, "pressure": 101325.0, "expect_phase": "gas"},
            {"density": 1.2046, "viscosity": 1.82e-5, "prandtl": 0.707},
            tolerance=5e-3,
        ),
    ],
    requires=("CoolProp", "thermo"), extra="process", seconds=0.05,
)  # fmt: skip
def fluid_properties(
    substance: Annotated[str, p.substance],
    temperature: Annotated[float, k.temperature, Range(gt=0)],
    pressure: Annotated[float, k.pressure, Range(gt=0), STATED] = _ATMOSPHERE,
    expect_phase: Annotated[str | None, p.phase, STATED] = None,
) -> FluidProperties:
    """Density, viscosity, heat capacity, conductivity and phase of a fluid at a temperature and a pressure.

    Raises:
        OutOfRange: outside the model's range, frozen, or not in the phase that was asked about.
        Unclear: the state lies on the boiling line and nobody said liquid or vapour.
        NoData: no model for the substance.
    """
    if not has_equation_of_state(substance):
        return FluidProperties(*correlated_state(substance, temperature, pressure, expect_phase))
    fluid, phase = _fluid_state(substance, temperature, pressure, expect_phase)
    viscosity, conductivity = _transport(fluid, "viscosity"), _transport(fluid, "conductivity")
    if viscosity is None or conductivity is None:
        viscosity, conductivity = low_pressure_transport(
            substance, temperature, pressure, phase, (viscosity, conductivity)
        )
    heat_capacity = float(fluid.cpmass())
    density = float(fluid.rhomass())
    prandtl = heat_capacity * viscosity / conductivity if viscosity and conductivity else None
    return FluidProperties(
        density=density,
        viscosity=viscosity,
        heat_capacity=heat_capacity,
        thermal_conductivity=conductivity,
        prandtl=prandtl,
        compressibility=float(pressure * fluid.molar_mass() / (density * GAS_CONSTANT * temperature)),
        heat_capacity_ratio=heat_capacity / float(fluid.cvmass()),
        speed_of_sound=_transport(fluid, "speed_sound"),
        phase=phase,
    )


@expert(
    source="CoolProp (water: IAPWS-95)",
    examples=[
        Example(
            {"substance": "water", "temperature": 473.15, "pressure": 1e6},
            {"specific_enthalpy": 2.8285e6, "specific_entropy": 6695.5},
            source="steam tables, 10 bar and 200 °C: 2828.3 kJ/kg, 6.6955 kJ/(kg·K)",
        )
    ],
    requires=("CoolProp",), extra="process",
)  # fmt: skip
def enthalpy_and_entropy(
    substance: Annotated[str, p.substance],
    temperature: Annotated[float, k.temperature, Range(gt=0)],
    pressure: Annotated[float, k.pressure, Range(gt=0), STATED] = _ATMOSPHERE,
    expect_phase: Annotated[str | None, p.phase, STATED] = None,
) -> Caloric:
    """Specific enthalpy and entropy of a fluid at a temperature and a pressure.

    Values count from the equation of state's own zero: for water, liquid at the triple point, as in steam tables.

    Raises:
        OutOfRange, Unclear, NoData: as `fluid_properties`.
    """
    fluid, _ = _fluid_state(substance, temperature, pressure, expect_phase)
    if substance == "water":
        assume("enthalpy and entropy count from liquid water at its triple point (0.01 °C)")
    else:
        assume(
            "enthalpy and entropy count from CoolProp's reference state for the fluid; only differences mean anything"
        )
    return Caloric(float(fluid.hmass()), float(fluid.smass()))


def _fluid_state(substance: str, temperature: float, pressure: float, expected: str | None) -> tuple[Any, str]:
    """CoolProp's state and its phase (`liquid`, `gas`, `supercritical`), checked against the phase that was asked."""
    span = limits(substance)
    if temperature >= span.t_critical:
        phase = "supercritical" if pressure >= span.p_critical else "gas"
    elif pressure >= span.p_critical:
        phase = "liquid"
    else:
        if temperature < span.t_min:
            state(substance, temperature, pressure)  # says why it is refused
        # of a blend, the bubble pressure is above the dew pressure; of a pure fluid both are one
        bubble = float(saturation(substance, 0, temperature=temperature).p())
        dew = float(saturation(substance, 1, temperature=temperature).p())
        if dew * (1 - _BOILING_BAND) <= pressure <= bubble * (1 + _BOILING_BAND):
            return _boiling(substance, temperature, pressure, expected)
        phase = "liquid" if pressure > bubble else "gas"
    _check_phase(substance, temperature, pressure, phase, expected)
    fluid = state(substance, temperature, pressure)
    if phase == "gas" and expected is None and pressure == _ATMOSPHERE and _liquid_in_the_open(substance):
        caution(
            f"at 1 atm {substance} at {temperature - 273.15:.4g} °C is a vapour; "
            "state the pressure if the liquid is meant"
        )
    return fluid, phase


def _boiling(substance: str, temperature: float, pressure: float, expected: str | None) -> tuple[Any, str]:
    if expected not in ("liquid", "gas"):
        raise Unclear(f"{substance} at {say_state(temperature, pressure)} is on its boiling line: liquid or vapour?")
    spoken = "vapour" if expected == "gas" else "liquid"
    assume(f"{substance} at {say_state(temperature, pressure)} is taken as saturated {spoken}")
    return saturation(substance, 1 if expected == "gas" else 0, temperature=temperature), expected


def _check_phase(substance: str, temperature: float, pressure: float, phase: str, expected: str | None) -> None:
    if expected is None or expected == phase:
        return
    if expected == "gas" and phase == "supercritical":
        caution(f"{substance} at {say_state(temperature, pressure)} is supercritical")
        return
    wanted = "a liquid" if expected == "liquid" else f"a {expected}"
    raise OutOfRange(f"{substance} at {say_state(temperature, pressure)} is {_SPOKEN[phase]}, not {wanted}")


def _liquid_in_the_open(substance: str) -> bool:
    """Whether the substance is a liquid at 25 °C and 1 atm."""
    if limits(substance).t_critical <= 298.15:
        return False
    return float(saturation(substance, 0, temperature=298.15).p()) < _ATMOSPHERE


def _transport(fluid: Any, name: str) -> float | None:
    try:
        return float(getattr(fluid, name)())
    except ValueError:  # CoolProp has no such model for the fluid
        return None


EXPERTS = (fluid_properties, enthalpy_and_entropy)
