"""A model reads what types ask back: it may settle what a value is; a plan that may rest on a wrong reading is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collegia.agents.assistant import Assistant
from collegia.agents.reading.pins import Pin, Pins, apply_pins
from collegia.agents.reading.reader import read
from collegia.errors import ModelUnreachable
from collegia.settings import ExpertSettings, Settings
from collegia.tools.models import Request, ScriptedModel
from collegia.tools.registry import Registry

pytest.importorskip("CoolProp")

DUTY = {"mass_flow": "5 kg/s", "heat_capacity": "3.1 kJ/kg/K"}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def assistant(home: Path, registry: Registry, script: Any) -> Assistant:
    model = ScriptedModel(script)
    return Assistant(registry, settings=Settings.load({}, home=home), models={"default": model})


def plan(expert: str, output: str, **arguments: str) -> dict[str, Any]:
    return {"steps": [{"id": "a", "expert": expert, "arguments": arguments, "asked": [output]}]}


def test_a_reading_settles_what_types_ask_back(registry: Registry, home: Path) -> None:
    reply = plan("heat_duty_from_difference", "heat_duty", **DUTY, temperature_difference="36 °F")
    question = "Heat duty: 5 kg/s of brine, cp 3.1 kJ/kg/K, is warmed by 36 °F. kW?"
    result = assistant(home, registry, lambda _: reply).ask_sync(question)
    assert result.status == "answered"
    assert result.quantities[0].value == pytest.approx(5 * 3.1 * 20)
    assert any("as the model read it" in said for said in result.assumptions)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        (  # three temperatures are left over, and a point is taken for a mean difference
            "Area for 500 kW with U 800 W/m2K, 120 °C and 60 °C, 30 and 50 °C?",
            plan("hx_area", "area", heat_duty="500 kW", overall_coefficient="800 W/m2K", lmtd="60 °C"),
        ),
        (  # the other percentage would be guessed at
            "Pump with 50 m3/h, 30 m head, 70 % and 92 %. Shaft power?",
            plan("pump_power", "shaft_power", efficiency="70 %", volume_flow="50 m3/h"),
        ),
        (  # the other length would be guessed at
            "Reynolds number, water at 20 °C, 2 m/s, hose 25 mm, coil 400 mm?",
            plan("pipe_pressure_drop", "reynolds_number", diameter="400 mm", velocity="2 m/s"),
        ),
        (  # nothing but the model says which length is which
            "Reynolds number, water at 20 °C, 2 m/s, hose 25 mm, coil 400 mm?",
            plan("pipe_pressure_drop", "reynolds_number", diameter="400 mm", length="25 mm", velocity="2 m/s"),
        ),
    ],
)
def test_a_plan_that_may_rest_on_a_wrong_reading_is_asked_back(
    question: str, reply: dict[str, Any], registry: Registry, home: Path
) -> None:
    def once_as_it_is(request: Request) -> Any:
        """With the output by whatever name the card has."""
        assert request.schema is not None
        items = request.schema["properties"]["steps"]["items"]
        forms = {form["properties"]["expert"].get("const"): form for form in items.get("anyOf", [items])}
        outputs = forms[reply["steps"][0]["expert"]]["properties"]["asked"]["items"]["enum"]
        step = reply["steps"][0]
        return {"steps": [{**step, "asked": step["asked"] if step["asked"][0] in outputs else outputs[:1]}]}

    result = assistant(home, registry, once_as_it_is).ask_sync(question)
    assert (result.status, result.quantities) == ("clarify", ())


@pytest.mark.parametrize("later", ["the model is down", "the model says the same again"])
def test_an_answer_is_heard_as_one_to_what_was_asked(later: str, registry: Registry, home: Path) -> None:
    """The model takes the one temperature for the final one: who answers with the initial one is not misheard."""
    reply = plan("heat_duty", "heat_duty", **DUTY, temperature_end="20 °C")

    def script(request: Request) -> Any:
        if later == "the model is down" and "The user added" in request.messages[-1].text:
            return ModelUnreachable("down")
        return reply

    made = assistant(home, registry, script)
    asked = made.ask_sync("Heat duty of 5 kg/s of brine, cp 3.1 kJ/kg/K, 20 °C?")
    assert asked.status == "clarify"
    result = made.resume_sync(asked.run_id, "80 °C")
    assert result.status == "answered"
    wanted = 930.0 if "final temperature" in asked.answer_text else -930.0
    assert result.quantities[0].value == pytest.approx(wanted)


def test_what_the_user_left_out_or_settled_is_not_read_again(registry: Registry) -> None:
    pins = Pins((Pin("6 m", "inside_diameter"),))
    for settled in (False, True):
        reading = read("What velocity do I get with 60 m3/h, 150 mm, 6 m?", registry)
        said = next(one for one in reading.said if one.text == "6 m")
        said.kinds, said.left_out = {}, not settled
        apply_pins(reading, pins, registry, frozenset({(said.start, said.end)} if settled else ()))
        assert said.kinds == {}


@pytest.mark.parametrize("step", ["How many kW?", "Explain the number of kW.", "Calculate it."])
@pytest.mark.parametrize(
    "question", ["Heat duty for 5 kg/s brine from 20 °C?", "How many kW heat 5 kg/s of brine from 20 °C?"]
)
def test_no_words_are_told_in_the_stead_of_a_number_that_is_asked_back(
    question: str, step: str, registry: Registry, home: Path
) -> None:
    """However harmless the model makes what it has an expert say."""
    reply = {"steps": [{"id": "w", "expert": "thermal", "question": step, "after": []}]}
    model = ScriptedModel(lambda request: reply if request.schema is not None else "It is 930 kW.")
    experts = {"thermal": ExpertSettings("Knows all about heat and its duty in kW.")}
    settings = Settings.load({"COLLEGIA_MODEL": "openai/scripted"}, home=home, experts=experts)
    made = Assistant(Registry.load(), settings=settings, models={"default": model})
    result = made.ask_sync(question)
    assert result.status == "clarify"
    assert result.replies == ()
    assert len(model.requests) <= 3
    assert any("which a calculator gives" in said for said in result.warnings)


def test_a_why_beside_the_name_of_a_number_may_be_told_in_words(home: Path) -> None:
    question = "Why does the heat duty of a condenser rise with the flow?"
    reply = {"steps": [{"id": "w", "expert": "thermal", "question": "Why do condensers need more water?", "after": []}]}
    model = ScriptedModel(lambda request: reply if request.schema is not None else "More steam condenses.")
    settings = Settings.load(
        {"COLLEGIA_MODEL": "openai/scripted"},
        home=home,
        experts={"thermal": ExpertSettings("Knows all about condensers.")},
    )
    result = Assistant(Registry.load(), settings=settings, models={"default": model}).ask_sync(question)
    assert result.status == "answered"
    assert "More steam condenses." in result.answer_text
