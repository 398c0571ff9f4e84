"""Questions in which something is easily overlooked: a wrong number is never the answer."""

from __future__ import annotations

import pytest

from collegia.agents.assistant import Assistant

pytest.importorskip("CoolProp")
pytest.importorskip("thermo")

ASKED_BACK = """
Molar mass of C6H12O6?
Density of sodium hypochlorite at 20 °C?
Boiling point of salt water with 10 % NaCl?
Boiling point of water at 29 inHg vacuum?
Vapour pressure of butane at 20 °C in barg?
Density of nitrogen at 20 °C and 5 atü?
Density of nitrogen at 20 °C and 5 kilobars?
Pressure drop of 10 m³/h water at 20 °C in 100 m of 50 mm pipe, roughness 0.0015?
Pressure drop of 10 m³/h water at 20 °C in 100 m of pipe with radius 25 mm?
Velocity of 50 m³/h in a pipe of 50 mm radius?
Velocity of 50 m³/h in a square duct of 100 mm?
Annual cost of two 10 kW pumps running 8000 h per year at $0.15/kWh?
Velocity of 50 m³/h in two parallel DN80 sch 40 pipes?
Fill time of three 5 m³ tanks at 10 m³/h?
Cost of 500 kg at $1.2/kg with a 10 % discount?
Convert 3 bar and 5 bar to psi
Boiling point of water at an altitude of 3000 m?
Relative volatility of benzene and toluene at 80 °C?
Relative volatility of benzene at 80 °C?
Bubble temperature of methanol and ethanol at 1 bar?
Boiling point of a methanol and ethanol mixture?
Boiling point of blorptane and water?
Molar mass of ethanol and C6H12O6?
Difference in density of water at 20 and 40 °C?
Average density of water at 20 and 40 °C?
Vapour pressure of water at 20 and 50 °C respectively?
Vapour pressure of water between 20 and 50 °C?
Density of water at 20 or 40 °C?
Density of air at 20 and 40 °C and 1 and 2 bar?
Energy of a 10 kW motor for 2 h and 30 min?
Temperature when mixing 2 and 3 kg/s of water at 20 and 60 °C?
Pump power for 50 m³/h of water with 20 m head at efficiencies of 60 and 90 %?
Duty to heat 2 kg/s of water from 20 to 40 and 60 °C?
Duty to heat 2 kg/s of water from 20 to 40 °C, then to 60 °C?
How many kg/h of steam at 3 and at 5 bar give 500 kW at twice the rate?
Velocity in a DN80 pipe when the flow of 50 m³/h is halved?
Velocity of two thirds of 50 m³/h in DN80?
Velocity of 50 m³/h in a half-full DN80 pipe?
Velocity of 50 m³/h, trebled, in DN80?
Energy of a dozen 10 kW motors for 3 hours?
Energy of 10 kW motors for 3 hours, 5 of them?
Energy for 3 h of pumps of 10 kW each?
Annual cost of 10 kW pumps in series running 8000 h per year at $0.15/kWh?
Boiling point of anything except methanol?
Bubble temperature of 50 mol% methanol and 50 mol% ethanol at 1 atm, not with UNIFAC?
Density of nitrogen at 20 °C and 5 bar unless it condenses?
Velocity of 50 m³/h in the same pipe as before, DN80?
Viscosity of water at the former temperature of 20 °C?
Density of water 5 K above its boiling point?
Density of seawater and of fresh water at 20 °C?
Density of water at 20 °C and viscosity at 40 °C?
Vapour pressure of water at 20 °C and density at 40 °C?
Specific heat of air at 20, 600 °C?
Specific heat of air at 20, 100, 200, 300, 400, 500, 600, 700, 800 °C?
How many kg/h of steam at 3 and at 5 bar give 500 kW?
60 m³/h goes through a DN 100 schedule 40 pipe whose inside diameter is 150 mm. Velocity in m/s?
How big would a CSTR and a PFR be (m3) for 3 m3/h, first order, k = 0.002 1/s and 80 % conversion?
Heat 8 t/h of molasses (cp 3.4 kJ/kg.K) from 25 to 80 °C with saturated steam at 3 barg. Duty in kW and steam in kg/h?
NPV at 7 %: pay 100 000 USD today, receive 30 000 USD a year for five years, but the first only at the end of year 2.
""".strip().splitlines()

ANSWERED = [
    ("NPSH available: water at 80 °C, open tank, level 3 m below the pump, friction loss 0.5 m?", 2.157),
    ("NPSH available: water at 80 °C, open tank, level 3 m above the pump, friction loss 0.5 m?", 8.157),
    ("Pump power for 50 m³/h of water at 20 °C from 1 bar to 6 bar, efficiency 70 %?", 9.921),
    ("Boiling point of 2-methyl-pentane in °C?", 60.21),
    ("Saturation temperature of steam at 10 bar overpressure, in °C?", 184.1),
    ("Density of nitrogen at 20 °C and five bar?", 5.753),
    ("Kv of a valve for 50 m³/h water at 20 °C and a pressure drop from 5 bar to 3 bar?", 35.34),
    ("Convert 20 °C difference to °F", 36.0),
]

CASES = [
    ("Boiling point of methanol and of ethanol?", (64.5, 78.3)),
    ("Boiling point of methanol? And of ethanol?", (64.5, 78.3)),
    ("Critical temperature of methane and ethane, in K?", (190.56, 305.32)),
    ("Critical pressures of propane, butane and pentane in bar?", (42.51, 37.96, 33.68)),
    ("What is the density of water at 20 and 40 °C?", (998.2, 992.2)),
    ("Density of water at 20, 40 and 60 °C?", (998.2, 992.2, 983.2)),
    ("Density and viscosity (mPa·s) of water at 20 and 40 °C?", (998.2, 1.0016, 992.2, 0.6527)),
    ("Density of air at 20 °C and at 1 and 5 bar?", (1.1885, 5.951)),
    ("Vapour pressures of water and ethanol at 20 °C, in kPa?", (2.339, 5.876)),
    ("Velocity of 50 m³/h in DN80 and in DN100 sch 40 pipe?", (2.9126, 1.6911)),
    ("Power for 10 m³/h and 20 m³/h at 30 m head, efficiency 70 %, water 20 °C?", (1.1654, 2.3307)),
    ("Saturation temperature of steam at 10 bar and at 5 barg?", (179.88, 158.91)),
]


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant()


@pytest.mark.parametrize("question", ASKED_BACK)
def test_what_is_not_understood_is_asked_back(assistant: Assistant, question: str) -> None:
    result = assistant.ask_sync(question)
    assert result.status in {"clarify", "refuse_out_of_range", "out_of_domain"}
    assert result.quantities == ()


@pytest.mark.parametrize(("question", "value"), ANSWERED)
def test_an_easily_misread_question_is_read_right(assistant: Assistant, question: str, value: float) -> None:
    result = assistant.ask_sync(question)
    assert result.status == "answered"
    assert result.quantities[0].value == pytest.approx(value, rel=2e-3)


@pytest.mark.parametrize(("question", "values"), CASES)
def test_each_of_several_cases_is_answered_by_its_name(
    assistant: Assistant, question: str, values: tuple[float, ...]
) -> None:
    result = assistant.ask_sync(question)
    assert result.status == "answered"
    assert [one.value for one in result.quantities] == pytest.approx(values, rel=2e-3)
    assert len({one.name for one in result.quantities}) == len(values)
