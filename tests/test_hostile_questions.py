"""Questions in which something is easily overlooked: a wrong number is never the answer."""

from __future__ import annotations

import pytest

from collegia.agents.assistant import Assistant

pytest.importorskip("CoolProp")
pytest.importorskip("thermo")

ASKED_BACK = """
Boiling point of methanol and of ethanol?
Critical temperature of methane and ethane?
Boiling point of methanol? And of ethanol?
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
What is the density of water at 20 and 40 °C?
Boiling point of water at an altitude of 3000 m?
60 m³/h goes through a DN 100 schedule 40 pipe whose inside diameter is 150 mm. Velocity in m/s?
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
