"""Numbers are written with at least four significant digits, and none comes from nowhere."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegia.agents.numbers import format_number, format_quantity, format_unit, numbers_in, untraced_numbers


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"),
        (2.0, "2"),
        (2, "2"),
        (-5.0, "-5"),
        (2.00004, "2.0000"),
        (0.1 + 0.2, "0.3"),
        (998.2071, "998.21"),
        (101325.0, "101325"),
        (101325.49, "101325.49"),
        (183456.789123, "183456.79"),
        (1234567.8, "1234567.8"),
        (2460860.75, "2460860.75"),
        (-2460860.7534722, "-2460860.75"),
        (123456789.0, "1.234568e+08"),
        (3.0e8, "3e+08"),
        (12.5, "12.5"),
        (0.0010016, "0.0010016"),
        (0.00098765432, "9.8765e-04"),
        (4.5e-05, "4.5e-05"),
        (1e7, "1e+07"),
        (373.15, "373.15"),
        (99999.96, "100000"),
        (99999.996, "100000"),
        (9.999999, "10.0000"),
        (-0.5, "-0.5"),
        (1e-300, "1e-300"),
    ],
)
def test_a_number_is_written_as_an_engineer_reads_it(value: float, shown: str) -> None:
    assert format_number(value) == shown


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_writing_a_number_keeps_four_significant_digits(value: float) -> None:
    assert math.isclose(float(format_number(value)), value, rel_tol=5.1e-5, abs_tol=1e-320)


@given(st.floats(min_value=1e5, max_value=1e300))
def test_writing_a_large_number_keeps_seven_significant_digits(value: float) -> None:
    assert math.isclose(float(format_number(value)), value, rel_tol=5.1e-7)


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("kilogram / meter ** 3", "kg/m³"),
        ("meter ** 3 / hour", "m³/h"),
        ("degree_Celsius", "°C"),
        ("delta_degree_Celsius", "K"),
        ("percent", "%"),
        ("USD / year", "USD/year"),
        ("metric_ton / year", "t/year"),
        ("light_year", "ly"),
        ("year", "year"),
        ("", ""),
        ("watt / kelvin / meter ** 2", "W/K/m²"),
    ],
)
def test_a_unit_is_written_short(unit: str, shown: str) -> None:
    assert format_unit(unit) == shown


def test_a_quantity_is_a_number_with_its_unit_and_a_text_is_itself() -> None:
    assert format_quantity(983.3721, "kilogram / meter ** 3") == "983.37 kg/m³"
    assert format_quantity(2e5) == "200000"
    assert format_quantity("vapour") == "vapour"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5 bar and 1,234.5 kg, -3e-4 m", ["5", "1,234.5", "3e-4"]),
        ("R134a, CO2, H2O and C6H6 at DN100", []),
        ("in m**3 and W/m2K and 10^3", []),
        ("60m³/h and 20°C, .5 or 78%", ["60", "20", ".5", "78"]),
        ("from 120→70", ["120", "70"]),
        ("", []),
    ],
)
def test_the_numbers_of_a_text_are_those_that_stand_by_themselves(text: str, numbers: list[str]) -> None:
    assert [written for written, _ in numbers_in(text)] == numbers


def test_a_number_that_leads_to_the_users_words_or_to_a_value_is_traced() -> None:
    assert untraced_numbers("density = 983.37 at 60 °C", [983.3721, "water at 60 °C"]) == []
    assert untraced_numbers("it falls by 12.5", [-12.5]) == []


def test_a_number_that_comes_from_nowhere_is_found() -> None:
    assert untraced_numbers("density = 983.37, about 1000, as 7 of 9 say", [983.3721, "9 of them"]) == ["1000", "7"]


def test_a_number_near_another_is_not_that_other() -> None:
    assert untraced_numbers("984.4", [983.3721]) == ["984.4"]
    assert untraced_numbers("0.0001", [0.0]) == ["0.0001"]
