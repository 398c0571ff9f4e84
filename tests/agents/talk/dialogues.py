"""Dialogues of two to four turns, as engineers talk: terse, with typos, with units left out.

Each turn gives a value, computed from the experts' own functions with the inputs that the dialogue has come to, or asks
back with words that have to be in the question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.agents.talk.science import ATM, HOUR, Science

__all__ = ["DIALOGUES", "Dialogue", "Turn"]


@dataclass(frozen=True)
class Turn:
    """What is typed, and what has to come of it.

    Attributes:
        said: the words.
        gives: the value from the experts.
        unit: the unit that it is answered in, and of what `gives` is converted from.
        asks: words of the question back; empty where it is answered.
        keeps: words of what is said to be kept.
        fresh: whether nothing is to be kept.
    """

    said: str
    gives: Callable[[Science], Any] | None = None
    unit: str = ""
    si: str = ""
    asks: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    fresh: bool = False


@dataclass(frozen=True)
class Dialogue:
    """A name and its turns."""

    name: str
    turns: tuple[Turn, ...]


def _talk(name: str, *turns: Turn) -> Dialogue:
    return Dialogue(name, turns)


PIPE = "60 m³/h of water at 20 °C flows through 250 m of DN100 sch 40 pipe. Frictional pressure drop in kPa?"
TERSE_PIPE = "Pressure drop in kPa for 20 m3/h water at 25 °C in 100 m of DN 80 sch 40?"
PUMP = "A pump delivers 50 m³/h of water at 20 °C against a head of 30 m, efficiency 70 %. Shaft power in kW?"
LMTD = "LMTD of a counterflow exchanger: hot side from 120 °C to 80 °C, cold side from 20 °C to 60 °C?"
DUTY = "What duty is needed to heat 2 kg/s of water from 20 °C to 80 °C, in kW?"
REACTOR = "First order reaction, k = 0.1 1/min, conversion 90 %, flow 5 m3/h. CSTR volume in m3?"
STEAM = "How many kg/h of steam at 3 barg condense for 500 kW?"


def drop(flow: float, celsius: float, length: float, size: str, schedule: str = "40", **more: float) -> Any:
    """Friction pressure drop of water."""
    return lambda s: s.pipe(flow, celsius, length, s.bore(size, schedule), **more)["friction_pressure_drop"]


def speed(flow: float, size: str) -> Any:
    """Velocity in a pipe."""
    return lambda s: s.velocity(flow, s.bore(size))


def density(name: str, celsius: float, pressure: float = ATM) -> Any:
    """Density of a fluid."""
    return lambda s: s.fluid(name, celsius, pressure)["density"]


def shaft(flow: float, celsius: float, head: float, efficiency: float) -> Any:
    """Shaft power of a pump."""
    return lambda s: s.pump(flow, celsius, head, efficiency)["shaft_power"]


def compressed(start: float, end: float) -> Any:
    """Ideal power of 2 kg/s of air."""

    def power(s: Science) -> Any:
        air = s.fluid("air", 20, start)
        molar = s.call("molar_mass", substance="air")["molar_mass"]
        return s.call(
            "isentropic_compression", mass_flow=2.0, inlet_temperature=293.15, inlet_pressure=start,
            outlet_pressure=end, heat_capacity_ratio=air["heat_capacity_ratio"], molar_mass=molar,
        )["isentropic_power"]  # fmt: skip

    return power


def falls(diameter: float, weight: float, fluid: str = "water") -> Any:
    """Terminal velocity of a grain at 20 °C."""

    def velocity(s: Science) -> Any:
        of = s.fluid(fluid, 20)
        return s.call(
            "terminal_velocity", particle_diameter=diameter, particle_density=float(weight), density=of["density"],
            viscosity=of["viscosity"],
        )["terminal_velocity"]  # fmt: skip

    return velocity


FIRST = (  # written before anything of it was built
    _talk(
        "another pipe, another temperature, another unit",
        Turn(PIPE, drop(60, 20, 250, "DN100"), "kPa", "Pa", fresh=True),
        Turn("and in DN 150?", drop(60, 20, 250, "DN150"), "kPa", "Pa", keeps=("60 m³/h", "250 m", "sch 40", "20 °C")),
        Turn("make it 40 °C", drop(60, 40, 250, "DN150"), "kPa", "Pa", keeps=("DN 150",)),
        Turn("in psi", drop(60, 40, 250, "DN150"), "psi", "Pa"),
    ),
    _talk(
        "another quantity, twice the flow",
        Turn(TERSE_PIPE, drop(20, 25, 100, "DN80"), "kPa", "Pa"),
        Turn("and the velocity?", speed(20, "DN80"), "m/s", "m/s", keeps=("20 m3/h", "DN 80")),
        Turn("double the flow", speed(40, "DN80"), "m/s", "m/s"),
    ),
    _talk(
        "a property at another temperature, another property",
        Turn("density of water at 60 °C and 5 bar(a)?", density("water", 60, 5e5), "kg/m**3", "kg/m**3"),
        Turn("what about 5 °C instead", density("water", 5, 5e5), "kg/m**3", "kg/m**3", keeps=("5 bar(a)",)),
        Turn("and the viscosity?", lambda s: s.fluid("water", 5, 5e5)["viscosity"], "Pa*s", "Pa*s"),
    ),
    _talk(
        "the same for another substance",
        Turn("vapour pressure of benzene at 50 °C in mmHg?", lambda s: s.vapour_pressure("benzene", 50), "mmHg", "Pa"),
        Turn("same for toluene", lambda s: s.vapour_pressure("toluene", 50), "mmHg", "Pa", keeps=("50 °C",)),
        Turn("and at 80 °C?", lambda s: s.vapour_pressure("toluene", 80), "mmHg", "Pa", keeps=("toluene",)),
        Turn("in kPa", lambda s: s.vapour_pressure("toluene", 80), "kPa", "Pa"),
    ),
    _talk(
        "a pump with a worse efficiency and more flow",
        Turn(PUMP, shaft(50, 20, 30, 0.7), "kW", "W"),
        Turn("whats it at 60 % eff?", shaft(50, 20, 30, 0.6), "kW", "W", keeps=("head 30 m",)),
        Turn("100 m3/h", shaft(100, 20, 30, 0.6), "kW", "W"),
    ),
    _talk(
        "which of four temperatures",
        Turn(LMTD, lambda s: s.lmtd(120, 80, 20, 60), "kelvin", "kelvin"),
        Turn("make it 40 °C", asks=("120 °C", "80 °C", "20 °C", "60 °C")),
        Turn("the cold outlet", lambda s: s.lmtd(120, 80, 20, 40), "kelvin", "kelvin", keeps=("120 °C", "80 °C")),
    ),
    _talk(
        "why, and a rough pipe of no stated roughness",
        Turn(PIPE, drop(60, 20, 250, "DN100"), "kPa", "Pa"),
        Turn("why so high?", drop(60, 20, 250, "DN100"), "kPa", "Pa"),
        Turn("use the rough pipe value instead", asks=("roughness",)),
        Turn("0.2 mm", drop(60, 20, 250, "DN100", roughness=2e-4), "kPa", "Pa"),
    ),
    _talk(
        "another inlet temperature, double the flow",
        Turn(DUTY, lambda s: s.duty(2, 20, 80), "kW", "W"),
        Turn("and from 30 °C?", lambda s: s.duty(2, 30, 80), "kW", "W", keeps=("80 °C",)),
        Turn("double the flow", lambda s: s.duty(4, 30, 80), "kW", "W"),
    ),
    _talk(
        "a bore for another velocity, in inches",
        Turn(
            "85 m³/h at a velocity of 1.5 m/s - inside diameter in mm?",
            lambda s: s.call("bore_from_velocity", volume_flow=85 / HOUR, velocity=1.5)["inside_diameter"],
            "mm", "m",
        ),
        Turn(
            "and at 2 m/s?",
            lambda s: s.call("bore_from_velocity", volume_flow=85 / HOUR, velocity=2.0)["inside_diameter"],
            "mm", "m",
        ),
        Turn(
            "in inches",
            lambda s: s.call("bore_from_velocity", volume_flow=85 / HOUR, velocity=2.0)["inside_diameter"],
            "inch", "m",
        ),
    ),
    _talk(
        "a new question keeps nothing",
        Turn(
            "sat temp of water at 2 barg, °C",
            lambda s: s.boiling("water", 2e5 + ATM)["saturation_temperature"], "degC", "kelvin",
        ),
        Turn("molar mass of MEK?", lambda s: s.call("molar_mass", substance="MEK")["molar_mass"], "g/mol", "kg/mol",
             fresh=True),
        Turn("and the boiling point?",
             lambda s: s.call("normal_boiling_point", substance="MEK")["normal_boiling_point"], "degC", "kelvin",
             keeps=("MEK",)),
    ),
    _talk(
        "another conversion, another reactor",
        Turn(REACTOR, lambda s: s.reactor("cstr", 5, 0.1, 0.9), "m**3", "m**3"),
        Turn("what if the conversion is 95 %?", lambda s: s.reactor("cstr", 5, 0.1, 0.95), "m**3", "m**3"),
        Turn("and for a PFR?", lambda s: s.reactor("pfr", 5, 0.1, 0.95), "m**3", "m**3", keeps=("95 %", "5 m3/h")),
    ),
    _talk(
        "an answer to a question back, and a bare number that may be anything",
        Turn("Pressure drop of water at 20 °C in 100 m of DN 80 sch 40?", asks=("velocity",)),
        Turn("30 m3/h", drop(30, 20, 100, "DN80"), "bar", "Pa"),
        Turn("and 40?", asks=("20 °C", "100 m", "30 m3/h")),
    ),
    _talk(
        "an energy price",
        Turn("A pump draws 15 kW for 8000 h/year, electricity 0.12 USD/kWh. Annual cost?",
             lambda s: 15 * 8000 * 0.12, "USD/year", "USD/year"),
        Turn("at 0.20 USD/kWh?", lambda s: 15 * 8000 * 0.20, "USD/year", "USD/year", keeps=("15 kW",)),
    ),
    _talk(
        "another coefficient, and a margin that nothing takes",
        Turn("Area for duty 500 kW, U = 800 W/m2K, LMTD 25 K?",
             lambda s: s.call("hx_area", heat_duty=5e5, overall_coefficient=800.0, lmtd=25.0)["exchanger_area"],
             "m**2", "m**2"),
        Turn("U = 600 W/m2K",
             lambda s: s.call("hx_area", heat_duty=5e5, overall_coefficient=600.0, lmtd=25.0)["exchanger_area"],
             "m**2", "m**2"),
        Turn("add 20 % margin", asks=("margin",)),
    ),
    _talk(
        "nothing that can be followed",
        Turn("density of water at 60 °C and 5 bar(a)?", density("water", 60, 5e5), "kg/m**3", "kg/m**3"),
        Turn("and if it boils?", asks=("boils",)),
        Turn("the other one", asks=("other",)),
        Turn("triple it", asks=("60 °C", "5 bar(a)")),
    ),
)  # fmt: skip

LATER = (
    _talk(
        "back to what was asked first",
        Turn(TERSE_PIPE, drop(20, 25, 100, "DN80"), "kPa", "Pa"),
        Turn("and the velocity?", speed(20, "DN80"), "m/s", "m/s"),
        Turn("what's the pressure drop then", drop(20, 25, 100, "DN80"), "bar", "Pa", keeps=("100 m", "25 °C")),
        Turn("and Re?", lambda s: s.pipe(20, 25, 100, s.bore("DN80"))["reynolds_number"], "", ""),
    ),
    _talk(
        "a number without a unit, where one thing alone has it",
        Turn("What's the boiling point of water at 3 bar(a)?",
             lambda s: s.boiling("water", 3e5)["saturation_temperature"], "degC", "kelvin"),
        Turn("and at 10?", lambda s: s.boiling("water", 10e5)["saturation_temperature"], "degC", "kelvin"),
        Turn("latent heat too?", lambda s: s.boiling("water", 10e5)["latent_heat"], "kJ/kg", "J/kg"),
        Turn("in BTU/lb", lambda s: s.boiling("water", 10e5)["latent_heat"], "BTU/lb", "J/kg"),
    ),
    _talk(
        "air, hotter, compressed, and helium",
        Turn("density of air at 20 °C and 1 atm", density("air", 20), "kg/m**3", "kg/m**3"),
        Turn("at 100 °C", density("air", 100), "kg/m**3", "kg/m**3"),
        Turn("and 5 bar", density("air", 100, 5e5), "kg/m**3", "kg/m**3"),
        Turn("and helium?", density("helium", 100, 5e5), "kg/m**3", "kg/m**3", keeps=("100 °C", "5 bar")),
    ),
    _talk(
        "steam with another duty and another gauge pressure",
        Turn(STEAM, lambda s: s.steam(5e5, 3e5 + ATM), "kg/hour", "kg/s"),
        Turn("and 750 kW?", lambda s: s.steam(7.5e5, 3e5 + ATM), "kg/hour", "kg/s"),
        Turn("at 5 barg", lambda s: s.steam(7.5e5, 5e5 + ATM), "kg/hour", "kg/s"),
        Turn("at 7 bar", asks=("gauge", "absolute")),
    ),
    _talk(
        "parts and multiples of a flow",
        Turn("velocity of 30 m3/h in a 80 mm bore pipe?", lambda s: s.velocity(30, 0.08), "m/s", "m/s"),
        Turn("half the flow", lambda s: s.velocity(15, 0.08), "m/s", "m/s"),
        Turn("20 % more flow", lambda s: s.velocity(18, 0.08), "m/s", "m/s"),
        Turn("raise it by 5 m3/h", lambda s: s.velocity(23, 0.08), "m/s", "m/s"),
    ),
    _talk(
        "terse, with a name before a number",
        Turn("power of a pump: 40 m3/h, head 25 m, water 20 C, eff 0.65", shaft(40, 20, 25, 0.65), "kW", "W"),
        Turn("eff 0.7", shaft(40, 20, 25, 0.7), "kW", "W"),
        Turn("head 30", shaft(40, 20, 30, 0.7), "kW", "W"),
    ),
    _talk(
        "a vapour pressure, terse",
        Turn("vapor pressure of acetone @ 40 C in mbar", lambda s: s.vapour_pressure("acetone", 40), "mbar", "Pa"),
        Turn("25C?", lambda s: s.vapour_pressure("acetone", 25), "mbar", "Pa"),
        Turn("and for methanol", lambda s: s.vapour_pressure("methanol", 25), "mbar", "Pa"),
    ),
    _talk(
        "several things at once",
        Turn(PIPE, drop(60, 20, 250, "DN100"), "kPa", "Pa"),
        Turn("and in DN 150 at 40 °C?", drop(60, 40, 250, "DN150"), "kPa", "Pa"),
        Turn("80 m3/h and 300 m", drop(80, 40, 300, "DN150"), "kPa", "Pa"),
        Turn("whats the velocity in DN 100 then", speed(80, "DN100"), "m/s", "m/s"),
    ),
    _talk(
        "a default that is stated now, then stated otherwise",
        Turn(PIPE, drop(60, 20, 250, "DN100"), "kPa", "Pa"),
        Turn("with 0.5 mm roughness", drop(60, 20, 250, "DN100", roughness=5e-4), "kPa", "Pa"),
        Turn("roughness 0.1", drop(60, 20, 250, "DN100", roughness=1e-4), "kPa", "Pa"),
        Turn("without the roughness", drop(60, 20, 250, "DN100"), "kPa", "Pa"),
    ),
    _talk(
        "a length that may be the roughness",
        Turn(PIPE, drop(60, 20, 250, "DN100"), "kPa", "Pa"),
        Turn("0.2 mm", asks=("pipe length 250 m", "roughness")),
        Turn("the roughness", drop(60, 20, 250, "DN100", roughness=2e-4), "kPa", "Pa"),
    ),
    _talk(
        "an inlet, an outlet and a side by name",
        Turn(LMTD, lambda s: s.lmtd(120, 80, 20, 60), "kelvin", "kelvin"),
        Turn("hot inlet 130", lambda s: s.lmtd(130, 80, 20, 60), "kelvin", "kelvin"),
        Turn("cold in at 25 °C", lambda s: s.lmtd(130, 80, 25, 60), "kelvin", "kelvin"),
        Turn("the hot side from 140 to 90 °C", lambda s: s.lmtd(140, 90, 25, 60), "kelvin", "kelvin"),
    ),
    _talk(
        "cocurrent, and a side that nobody can swap",
        Turn(LMTD, lambda s: s.lmtd(120, 80, 20, 60), "kelvin", "kelvin"),
        Turn("cocurrent", lambda s: s.lmtd(120, 80, 20, 60, arrangement="parallel flow"), "kelvin", "kelvin"),
        Turn("swap the sides", asks=("swap",)),
    ),
    _talk(
        "up to another temperature",
        Turn(DUTY, lambda s: s.duty(2, 20, 80), "kW", "W"),
        Turn("raise it to 90 °C", lambda s: s.duty(2, 20, 90), "kW", "W"),
        Turn("inlet at 15", lambda s: s.duty(2, 15, 90), "kW", "W"),
        Turn("by 50 °C", asks=("15 °C", "90 °C")),
    ),
    _talk(
        "a difference is no temperature, and nobody doubles one",
        Turn("density of water at 60 °C and 5 bar(a)?", density("water", 60, 5e5), "kg/m**3", "kg/m**3"),
        Turn("10 K hotter", asks=("hotter",)),
        Turn("twice the temperature", asks=("60 °C",)),
        Turn("10 K more", density("water", 70, 5e5), "kg/m**3", "kg/m**3"),
    ),
    _talk(
        "words between that are no reply",
        Turn(PUMP, shaft(50, 20, 30, 0.7), "kW", "W"),
        Turn("12 bar", asks=("pressure",)),
        Turn("two pumps in parallel", asks=("two",)),
        Turn("in hp", shaft(50, 20, 30, 0.7), "horsepower", "W"),
    ),
    _talk(
        "a state that was never told apart",
        Turn(PUMP, shaft(50, 20, 30, 0.7), "kW", "W"),
        Turn("80 °C at the discharge", asks=("80 °C",)),
        Turn("80 °C", shaft(50, 80, 30, 0.7), "kW", "W"),
    ),
    _talk(
        "a tank",
        Turn("How long to fill a 20 m3 tank at 4 m3/h?", lambda s: 5 * HOUR, "min", "s"),
        Turn("and 30 m3?", lambda s: 7.5 * HOUR, "min", "s"),
        Turn("at 5", asks=("30 m3", "4 m3/h")),
        Turn("the flow", lambda s: 6 * HOUR, "min", "s"),
    ),
    _talk(
        "another schedule, another flow unit",
        Turn(PIPE, drop(60, 20, 250, "DN100"), "kPa", "Pa"),
        Turn("sch 80", drop(60, 20, 250, "DN100", "80"), "kPa", "Pa"),
        Turn("and 200 gpm", lambda s: s.pipe(200 * 0.003785411784 * 60, 20, 250, s.bore("DN100", "80"))[
            "friction_pressure_drop"], "kPa", "Pa"),
    ),
    _talk(
        "the old value and the new one",
        Turn(PIPE, drop(60, 20, 250, "DN100"), "kPa", "Pa"),
        Turn("change DN100 to DN 125", drop(60, 20, 250, "DN125"), "kPa", "Pa"),
        Turn("40 °C instead of 20 °C", drop(60, 40, 250, "DN125"), "kPa", "Pa"),
    ),
    _talk(
        "a reply with a number that another value has",
        Turn(PIPE, drop(60, 20, 250, "DN100"), "kPa", "Pa"),
        Turn("and 40?", asks=("60 m³/h", "20 °C", "250 m")),
        Turn("60 °C", drop(60, 60, 250, "DN100"), "kPa", "Pa"),
    ),
    _talk(
        "a share in the place of per cent",
        Turn(REACTOR, lambda s: s.reactor("cstr", 5, 0.1, 0.9), "m**3", "m**3"),
        Turn("0.8 conversion", lambda s: s.reactor("cstr", 5, 0.1, 0.8), "m**3", "m**3"),
        Turn("conversion 85 %", lambda s: s.reactor("cstr", 5, 0.1, 0.85), "m**3", "m**3"),
        Turn("conversion 75", lambda s: s.reactor("cstr", 5, 0.1, 0.75), "m**3", "m**3"),
    ),
    _talk(
        "a compressor from and to other pressures",
        Turn("Compress 2 kg/s of air from 1 bar to 5 bar, inlet 20 °C. Ideal power in kW?",
             compressed(1e5, 5e5), "kW", "W"),
        Turn("to 7 bar", compressed(1e5, 7e5), "kW", "W"),
        Turn("from 2 bar", compressed(2e5, 7e5), "kW", "W"),
        Turn("twice the outlet pressure", compressed(2e5, 14e5), "kW", "W"),
    ),
    _talk(
        "a grain",
        Turn("terminal velocity of a 0.1 mm sand grain, 2650 kg/m3, in water at 20 °C",
             falls(1e-4, 2650), "m/s", "m/s"),
        Turn("0.2 mm", falls(2e-4, 2650), "m/s", "m/s"),
        Turn("and a density of 3000 kg/m3", falls(2e-4, 3000), "m/s", "m/s"),
        Turn("in air", falls(2e-4, 3000, "air"), "m/s", "m/s"),
    ),
    _talk(
        "a list that is read in part",
        Turn(TERSE_PIPE, drop(20, 25, 100, "DN80"), "kPa", "Pa"),
        Turn("hmm, and for 30, 40 m3/h?", asks=("30, 40 m3/h",)),
        Turn("40 m3/h", drop(40, 25, 100, "DN80"), "kPa", "Pa"),
    ),
    _talk(
        "a pronoun",
        Turn("density of toluene at 30 °C?", density("toluene", 30), "kg/m**3", "kg/m**3"),
        Turn("what is its viscosity at 50 °C?", lambda s: s.fluid("toluene", 50)["viscosity"], "Pa*s", "Pa*s"),
        Turn("and the boiling point of that", lambda s: s.call("normal_boiling_point", substance="toluene")[
            "normal_boiling_point"], "degC", "kelvin"),
    ),
    _talk(
        "after a question that nothing here answers",
        Turn("Who won the cup?"),
        Turn("and in DN 150?", asks=("whole question",)),
        Turn("molar mass of water?", lambda s: s.call("molar_mass", substance="water")["molar_mass"], "g/mol", "kg/mol",
             fresh=True),
    ),
    _talk(
        "another question in place of an answer",
        Turn("Pressure drop of water at 20 °C in 100 m of DN 80 sch 40?", asks=("velocity",)),
        Turn("vapour pressure of water at 20 °C in kPa?", lambda s: s.vapour_pressure("water", 20), "kPa", "Pa",
             fresh=True),
    ),
)  # fmt: skip

DIALOGUES = (*FIRST, *LATER)
