from __future__ import annotations

from collections import Counter

import pytest

from collegia.domains.arithmetic import domain, kinds
from collegia.errors import OutOfRange, Unclear
from collegia.tools import Expert
from collegia.tools import common as k
from collegia.tools.units import convert, parse_unit

EXPERTS = {made.name: made for made in domain().experts()}
YEAR = 365.25 * 86400.0


def call(name: str, **arguments: float) -> float:
    values = EXPERTS[name].call(arguments).values
    assert len(values) == 1
    return next(iter(values.values()))


@pytest.mark.parametrize("made", EXPERTS.values(), ids=EXPERTS.keys())
def test_every_worked_example_of_every_card_holds(made: Expert) -> None:
    assert made.card.examples
    for example in made.card.examples:
        values = made.call(dict(example.inputs)).values
        assert set(values) == set(example.outputs)
        for name, expected in example.outputs.items():
            assert values[name] == pytest.approx(expected, rel=example.tolerance)


def test_every_expert_has_a_name_of_its_own() -> None:
    counted = Counter(function.__name__ for function in domain().functions)
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_unit_of_every_port_is_one_that_the_registry_knows() -> None:
    for kind in domain().all_kinds():
        assert kind.unit is not None
        parse_unit(kind.unit)


# Each row is dimensional analysis: the result's unit must be the one the arithmetic of the inputs' units gives.
_PRODUCTS = {
    "mass_cost": ("kg", "USD/kg", "USD"), "volume_cost": ("m**3", "USD/m**3", "USD"),
    "amount_cost": ("mol", "USD/mol", "USD"),
    "electricity_used": ("W", "s", "J"), "energy_cost": ("J", "USD/J", "USD"),
    "power_cost_rate": ("W", "USD/J", "USD/s"),
    "material_cost_rate": ("kg/s", "USD/kg", "USD/s"), "mass_passed": ("kg/s", "s", "kg"),
    "volume_passed": ("m**3/s", "s", "m**3"), "amount_passed": ("mol/s", "s", "mol"), "energy_used": ("W", "s", "J"),
    "distance_travelled": ("m/s", "s", "m"),
    "volume_of_body": ("m**2", "m", "m**3"), "flow_through_area": ("m**2", "m/s", "m**3/s"),
    "mass_of_volume": ("kg/m**3", "m**3", "kg"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "units"), _PRODUCTS.items(), ids=_PRODUCTS.keys())
def test_a_product_has_the_unit_of_its_factors(name: str, units: tuple[str, str, str]) -> None:
    card = EXPERTS[name].card
    assert [port.kind.unit for port in (*card.inputs, *card.outputs)] == list(units)
    left, right, product = units
    assert convert(1.0, f"({left}) * ({right})", product) == pytest.approx(1.0)


_QUOTIENTS = {
    "price_per_mass": ("USD", "kg", "USD/kg"), "price_per_volume": ("USD", "m**3", "USD/m**3"),
    "time_for_mass": ("kg", "kg/s", "s"), "time_for_volume": ("m**3", "m**3/s", "s"),
    "time_for_energy": ("J", "W", "s"),
    "time_for_length": ("m", "m/s", "s"), "mean_mass_flow": ("kg", "s", "kg/s"),
    "mean_volume_flow": ("m**3", "s", "m**3/s"),
    "mean_power": ("J", "s", "W"), "mean_velocity": ("m", "s", "m/s"), "area_for_flow": ("m**3/s", "m/s", "m**2"),
    "velocity_through_area": ("m**3/s", "m**2", "m/s"), "density_of_body": ("kg", "m**3", "kg/m**3"),
    "volume_of_mass": ("kg", "kg/m**3", "m**3"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "units"), _QUOTIENTS.items(), ids=_QUOTIENTS.keys())
def test_a_quotient_has_the_unit_of_its_parts(name: str, units: tuple[str, str, str]) -> None:
    card = EXPERTS[name].card
    assert [port.kind.unit for port in (*card.inputs, *card.outputs)] == list(units)
    left, right, quotient = units
    assert convert(1.0, f"({left}) / ({right})", quotient) == pytest.approx(1.0)


@pytest.mark.parametrize("name", sorted(_QUOTIENTS))
def test_nothing_is_divided_by_zero(name: str) -> None:
    numerator, divisor = (port.name for port in EXPERTS[name].card.inputs)
    with pytest.raises(OutOfRange):
        EXPERTS[name].call({numerator: 1.0, divisor: 0.0})


@pytest.mark.parametrize("name", sorted({**_PRODUCTS, **_QUOTIENTS}))
def test_a_negative_quantity_is_refused(name: str) -> None:
    first, second = (port.name for port in EXPERTS[name].card.inputs)
    with pytest.raises(OutOfRange):
        EXPERTS[name].call({first: -1.0, second: 1.0})


def test_hours_per_year_keep_their_hours() -> None:
    running = convert(8000.0, parse_unit("h/yr").text, "")
    assert call("annual_energy_use", power=1000.0, running_time=running) == pytest.approx(8000 * 3.6e6)
    price = convert(0.11, parse_unit("USD/kWh").text, "USD/J")
    assert call("annual_energy_cost", power=1000.0, running_time=running, price=price) == pytest.approx(880.0)


def test_the_yearly_bill_is_the_same_in_one_step_and_in_two() -> None:
    direct = call("annual_energy_cost", power=7e3, running_time=0.6, price=3e-8)
    energy = call("annual_energy_use", power=7e3, running_time=0.6)
    assert call("annual_energy_bill", energy=energy, price=3e-8) == pytest.approx(direct)


def test_yearly_amounts_of_a_flow_that_never_stops_are_flow_times_year() -> None:
    assert call("annual_production", flow=2.0, running_time=1.0) == pytest.approx(2 * YEAR)
    assert call("annual_volume_passed", flow=2.0, running_time=1.0) == pytest.approx(2 * YEAR)
    assert call("annual_material_cost", flow=2.0, running_time=1.0, price=0.5) == pytest.approx(YEAR)
    assert call("annual_volume_cost", flow=2.0, running_time=1.0, price=0.5) == pytest.approx(YEAR)


@pytest.mark.parametrize(
    "name",
    [
        "annual_energy_use", "annual_energy_cost", "annual_production", "annual_volume_passed", "annual_material_cost",
        "annual_volume_cost",
    ],
)  # fmt: skip
def test_more_running_time_than_a_year_has_is_refused(name: str) -> None:
    made = EXPERTS[name]
    arguments = dict.fromkeys((port.name for port in made.card.inputs), 1.0) | {"running_time": 9000 / 8766}
    with pytest.raises(OutOfRange, match="running time"):
        made.call(arguments)


def test_every_hour_of_a_leap_year_is_accepted() -> None:
    assert call("annual_energy_use", power=1.0, running_time=8784 / 8766) == pytest.approx(8784 * 3600)


def test_the_running_time_of_a_yearly_bill_must_be_given() -> None:
    assert all(port.required for port in EXPERTS["annual_energy_cost"].card.inputs)


def test_a_rising_value_is_a_negative_saving_with_a_warning() -> None:
    outcome = EXPERTS["power_saving"].call({"before": 100.0, "after": 120.0})
    assert outcome.values["saving"] == pytest.approx(-0.2)
    assert "negative" in outcome.cautions[0]


def test_before_and_after_are_marked_as_start_and_end() -> None:
    for name in ("power_saving", "cost_increase", "mass_ratio", "annual_cost_difference"):
        assert [port.at for port in EXPERTS[name].card.inputs] == ["start", "end"]


def test_a_difference_has_no_sign_and_the_unit_of_its_values() -> None:
    made = EXPERTS["annual_cost_difference"]
    assert made.card.outputs[0].kind.unit == "USD/year"
    assert made.call({"before": 5.0, "after": 2.0}).values == made.call({"before": 2.0, "after": 5.0}).values


def test_a_part_larger_than_its_total_is_refused() -> None:
    with pytest.raises(OutOfRange, match="exceed"):
        EXPERTS["mass_share"].call({"part": 120.0, "total": 30.0})


def test_one_value_is_not_taken_for_part_and_total_alike() -> None:
    with pytest.raises(Unclear, match="which value is the part"):
        EXPERTS["mass_share"].call({"part": 120.0, "total": 120.0})


def test_an_upright_volume_says_that_its_walls_are_straight() -> None:
    outcome = EXPERTS["volume_of_body"].call({"area": 2.0, "height": 3.0})
    assert outcome.assumptions == ("the cross-section is the same over the whole height",)


@pytest.mark.parametrize(
    ("text", "count", "span"),
    [
        ("12 drums of solvent", 12, "12 drums"),
        ("cost of 3 identical units", 3, "3 identical units"),
        ("Twelve batches a week", 12, "Twelve batches"),
        ("3 pumps at 20 kW each", 3, "3 pumps"),
        ("four parallel filters, 2 m2 each", 4, "four parallel filters"),
    ],
)
def test_a_count_is_read_with_what_it_counts(text: str, count: float, span: str) -> None:
    assert kinds.number_of_units.find is not None
    (found,) = kinds.number_of_units.find(text)
    assert found.value == count
    assert text[found.start : found.end] == span


@pytest.mark.parametrize(
    "text",
    [
        "3 pumps draw 20 kW",
        "it runs 6 hours each",
        "40 kilograms each",
        "2.5 units",
        "DN80 units",
        "20 kW",
        "1,200 items",
    ],
)
def test_what_is_not_a_count_is_not_read_as_one(text: str) -> None:
    assert kinds.number_of_units.find is not None
    assert list(kinds.number_of_units.find(text)) == []


def test_a_total_is_asked_for_by_its_own_name() -> None:
    total = kinds.total_of(k.mass_flow)
    assert "total flow" in total.names
    assert not set(total.names) & set(k.mass_flow.names)


@pytest.mark.parametrize("name", ["annual_energy_cost", "annual_energy_use", "power_cost_rate", "electricity_used"])
def test_only_electrical_power_is_billed(name: str) -> None:
    assert EXPERTS[name].card.inputs[0].kind == kinds.electrical_power


def test_the_energy_of_any_power_is_not_what_a_bill_is_made_out_for() -> None:
    assert EXPERTS["energy_cost"].card.inputs[0].kind == kinds.electrical_energy
    assert "electrical_energy" not in EXPERTS["energy_used"].card.outputs[0].kind.lineage()
