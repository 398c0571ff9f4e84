"""Physical kinds that any domain may use, with the words people say for them.

A domain imports these rather than declaring its own mass or temperature, so that experts of different domains
fit together.
"""

from __future__ import annotations

from collegia.tools.kinds import Kind

__all__ = [
    "amount", "amount_price", "annual_cost", "area", "cost", "density", "diameter", "electrical_power", "energy",
    "energy_price", "fraction", "length", "mass", "mass_flow", "mass_price", "molar_flow", "molar_mass", "number",
    "power", "pressure", "pressure_difference", "running_time", "temperature", "temperature_difference", "time",
    "velocity", "volume", "volume_flow", "volume_price",
]  # fmt: skip

number = Kind("number", "", names=("number", "count"))
fraction = Kind("fraction", "", names=("fraction", "share", "percentage"), show=("percent",))

length = Kind("length", "m", names=("length", "distance", "L"), hints=("long", "length"), common=True)
diameter = Kind("diameter", "m", names=("diameter", "dia", "dia.", "D", "d"), parent=length, show=("mm",))
area = Kind("area", "m**2", names=("area", "surface area", "surface", "A"), common=True)
volume = Kind("volume", "m**3", names=("volume",), common=True)
time = Kind("time", "s", names=("time", "duration", "how long"), show=("minute",), common=True)
mass = Kind("mass", "kg", names=("mass", "weight"), common=True)
amount = Kind("amount", "mol", names=("amount of substance", "moles"), common=True)
energy = Kind("energy", "J", names=("energy", "energy use", "energy consumption"), show=("kWh",), common=True)
power = Kind("power", "W", names=("power",), show=("kW",), common=True)
electrical_power = Kind(
    "electrical_power", "W",
    names=("electrical power", "electric power", "motor power", "motor input power", "motor input",
           "electrical input", "power from the grid", "electricity demand", "electrical load", "power consumption",
           "power draw", "wire power", "electrical power input", "motor electrical power", "power drawn", "P_el"),
    hints=("draws", "draw", "consumes", "uses", "motor", "electrical", "electric", "electricity", "grid"),
    parent=power, show=("kW",), common=True,
)  # fmt: skip
"""What is paid for. A bill is never made out for the hydraulic power of a pump or the duty of an exchanger, which are
powers too: their drives draw more."""

mass_flow = Kind(
    "mass_flow", "kg/s",
    names=("mass flow", "mass flow rate", "mass flowrate", "mass rate", "flow", "flow rate", "flowrate", "rate",
           "capacity", "throughput", "ṁ", "W"),
    show=("kg/hour",), common=True,
)  # fmt: skip
volume_flow = Kind(
    "volume_flow", "m**3/s",
    names=("volume flow", "volumetric flow", "volumetric flow rate", "volume flow rate", "flow", "flow rate",
           "flowrate", "capacity", "throughput", "Q", "V"),
    show=("m**3/hour",), common=True,
)  # fmt: skip
molar_flow = Kind(
    "molar_flow", "mol/s",
    names=("molar flow", "molar flow rate", "molar rate", "mole flow", "flow", "flow rate", "flowrate", "capacity",
           "throughput", "ṅ"),
    show=("kmol/hour",), common=True,
)  # fmt: skip
velocity = Kind(
    "velocity", "m/s",
    names=("velocity", "flow velocity", "mean velocity", "linear velocity", "average velocity", "speed", "how fast",
           "v", "u"),
    common=True,
)  # fmt: skip
density = Kind("density", "kg/m**3", names=("density", "densities", "rho", "ρ"), common=True)
molar_mass = Kind(
    "molar_mass", "kg/mol",
    names=("molar mass", "molecular weight", "molecular mass", "mol weight", "mol wt", "MW", "M"),
    show=("g/mol",), common=True,
)  # fmt: skip

pressure = Kind(
    "pressure", "Pa", names=("pressure", "absolute pressure", "operating pressure", "P", "p"),
    scale="point", show=("bar",), common=True,
)  # fmt: skip
pressure_difference = Kind(
    "pressure_difference", "Pa",
    names=("pressure difference", "differential pressure", "pressure differential", "differential", "ΔP", "dP", "Δp",
           "dp", "delta P"),
    scale="difference", show=("bar",),
)  # fmt: skip
temperature = Kind(
    "temperature", "K", names=("temperature", "temp", "T"), scale="point", show=("degC",), common=True,
)  # fmt: skip
temperature_difference = Kind(
    "temperature_difference", "K",
    names=("temperature difference", "temperature rise", "temperature drop", "temperature change", "difference",
           "ΔT", "dT",
           "delta T"),
    scale="difference", show=("K",),
)  # fmt: skip

cost = Kind("cost", "USD", names=("cost", "price", "bill", "expense", "expenditure"), common=True)
annual_cost = Kind(
    "annual_cost", "USD/year",
    names=("annual cost", "yearly cost", "cost per year", "annual bill", "yearly bill", "annual electricity cost",
           "annual electricity bill", "electricity cost per year", "cost of electricity per year",
           "energy cost per year",
           "electricity bill per year", "electricity cost a year", "yearly electricity bill",
           "yearly electricity cost", "annual energy cost",
           "annual power cost", "yearly power cost", "running cost", "operating cost", "annual operating cost"),
    show=("USD/year",), common=True,
)  # fmt: skip
running_time = Kind(
    "running_time", "", names=("running time", "operating hours", "operating time", "run time", "hours per year"),
    hints=("running", "operating", "runs", "operates", "h/yr", "h/year"), show=("hour/year",),
)  # fmt: skip
energy_price = Kind(
    "energy_price", "USD/J",
    names=("energy price", "electricity price", "power price", "price of electricity", "price of energy", "tariff",
           "electricity cost"),
    show=("USD/kWh",), common=True,
)  # fmt: skip
mass_price = Kind("mass_price", "USD/kg", names=("price per mass", "price"), show=("USD/tonne",), common=True)
volume_price = Kind("volume_price", "USD/m**3", names=("price per volume", "price"), common=True)
amount_price = Kind("amount_price", "USD/mol", names=("price per mole", "price"), common=True)
