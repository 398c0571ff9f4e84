"""Pipes: standard sizes, friction, pressure drop, and how sizes are recognised in a text."""

from __future__ import annotations

import math
from typing import Any

import pytest
from card_examples import call, value

from collegia.domains.process_engineering.kinds.pipes import nominal_size, schedule
from collegia.domains.process_engineering.pipes import friction_factor, pipe_dimensions, pipe_pressure_drop
from collegia.errors import NoData, OutOfRange


@pytest.mark.parametrize(
    ("size", "sched", "bore"),
    [
        ("DN150", "40", 154.05),
        ("DN80", "40", 77.93),
        ("NPS6", "80", 146.33),
        ("DN600", "STD", 590.55),
        ("NPS1.5", "40S", 40.89),
    ],
)
def test_a_bore_agrees_with_the_standard(size: str, sched: str, bore: float) -> None:
    assert value(pipe_dimensions, nominal_size=size, schedule=sched) * 1e3 == pytest.approx(bore, rel=2e-3)


@pytest.mark.parametrize(
    ("size", "sched"), [("DN110", "40"), ("DN100", "41"), ("NPS4.25", "40"), ("DN350", "5S1"), ("NPS22", "40")]
)
def test_a_size_or_schedule_outside_the_standard_has_no_data(size: str, sched: str) -> None:
    with pytest.raises(NoData):
        call(pipe_dimensions, nominal_size=size, schedule=sched)


def found(kind: Any, text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.value) for each in kind.find(text)]


@pytest.mark.parametrize(
    ("text", "span", "size"),
    [
        ("bore of DN 100 schedule 40", "DN 100", "DN100"), ("in DN150, sch. 40", "DN150", "DN150"),
        ("a 4 inch schedule 80 line", "4 inch", "NPS4"), ("3/4 in sch 40", "3/4 in", "NPS0.75"),
        ("NPS 6", "NPS 6", "NPS6"),
        ("NPS 1-1/2 sch 80S", "NPS 1-1/2", "NPS1.5"), ('6" line, sch 40', '6"', "NPS6"),
        ('1½" sch 40', '1½"', "NPS1.5"),
        ("80 NB sch 40", "80 NB", "DN80"), ("sch 40 4-inch pipe", "4-inch", "NPS4"),
        ("2-inch nominal pipe", "2-inch nominal", "NPS2"),
        ("6 in carbon steel schedule 40 line", "6 in", "NPS6"),
    ],
)  # fmt: skip
def test_a_nominal_size_is_found_as_engineers_write_it(text: str, span: str, size: str) -> None:
    assert found(nominal_size, text) == [(span, size)]


@pytest.mark.parametrize("text", ["a 6 in pipe", "102.3 mm ID pipe", "5 m in schedule", "DN", "60 m³/h through 250 m"])
def test_what_is_no_nominal_size_is_left_alone(text: str) -> None:
    assert found(nominal_size, text) == []


@pytest.mark.parametrize(
    ("text", "sched"),
    [("sch 40", "40"), ("Schedule 80S", "80S"), ("sch. STD", "STD"), ("sched 160", "160"), ("DN50/S40", "40")],
)
def test_a_schedule_is_found(text: str, sched: str) -> None:
    assert [each for _, each in found(schedule, text)] == [sched]


def flow(**changes: float) -> dict[str, float]:
    return {"density": 998.2, "viscosity": 1.0016e-3, "diameter": 0.1, "length": 100.0, "velocity": 1.7684, **changes}


def test_turbulent_friction_solves_colebrook() -> None:
    factor = value(friction_factor, reynolds_number=1e5, relative_roughness=1e-3)
    right = -2 * math.log10(1e-3 / 3.7 + 2.51 / (1e5 * math.sqrt(factor)))
    assert 1 / math.sqrt(factor) == pytest.approx(right, rel=1e-3)


def test_a_smooth_pipe_follows_blasius() -> None:
    assert value(friction_factor, reynolds_number=2e4, relative_roughness=0.0) == pytest.approx(
        0.316 * 2e4**-0.25, rel=0.03
    )


def test_fittings_lift_and_equivalent_length_add_up() -> None:
    bare = call(pipe_pressure_drop, **flow()).values
    dressed = call(
        pipe_pressure_drop, **flow(loss_coefficient=12.0, elevation_change=18.0, equivalent_length=100.0)
    ).values
    dynamic = 998.2 * 1.7684**2 / 2
    assert dressed["friction_pressure_drop"] == pytest.approx(2 * bare["friction_pressure_drop"] + 12 * dynamic)
    lift = dressed["total_pressure_drop"] - dressed["friction_pressure_drop"]
    assert lift == pytest.approx(998.2 * 9.80665 * 18)
    assert bare["total_pressure_drop"] == bare["friction_pressure_drop"]


def test_flow_between_laminar_and_turbulent_is_warned_of() -> None:
    outcome = call(pipe_pressure_drop, **flow(velocity=0.03))
    assert outcome.values["flow_regime"] == "transitional"
    assert "between laminar and turbulent" in outcome.cautions[0]
    assert not call(pipe_pressure_drop, **flow()).cautions


def test_a_gas_that_expands_is_warned_of() -> None:
    gas = {"density": 1.2, "viscosity": 1.8e-5, "diameter": 0.05, "length": 200.0, "velocity": 25.0, "pressure": 1.2e5}
    assert "expands" in call(pipe_pressure_drop, **gas).cautions[0]
    assert "more than the stated pressure" in call(pipe_pressure_drop, **flow(pressure=1e4)).cautions[0]


@pytest.mark.parametrize("name", ["density", "viscosity", "diameter", "length", "velocity"])
def test_a_value_that_cannot_be_is_refused(name: str) -> None:
    with pytest.raises(OutOfRange):
        call(pipe_pressure_drop, **flow(**{name: -1.0}))


def test_a_negative_reynolds_number_is_refused() -> None:
    with pytest.raises(OutOfRange):
        call(friction_factor, reynolds_number=-10.0, relative_roughness=1e-4)
