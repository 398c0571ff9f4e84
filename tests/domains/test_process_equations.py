"""Equations, and molecules from their structure."""

from __future__ import annotations

import math

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import equations, molecules
from collegia.domains.process_engineering.expressions import find_equations, find_intervals, parse_equation
from collegia.domains.process_engineering.kinds.calculation import smiles
from collegia.errors import ExpertError, NoData, OutOfRange, Unclear


@pytest.mark.parametrize(
    ("equation", "roots"),
    [
        ("x² − 5x + 6", [2, 3]),
        ("2(x − 1)(x + 4) = 0", [-4, 1]),
        ("x^2 = 2", [-math.sqrt(2), math.sqrt(2)]),
        ("3y + 4 = 19", [5]),
        ("e^-x = x", [0.5671432904]),
        ("cos(x) = x", [0.7390851332]),
        ("ln(x) + x = 2", [1.5571455990]),
        ("√x = 3", [9]),
        ("√(x + 1) = 2x", [0.6403882032]),
        ("(x + 1)^2 = 2^4", [-5, 3]),
        ("x^3 = 3x^2 - 3x + 1", [1]),
    ],
)
def test_real_roots_are_found(equation: str, roots: list[float]) -> None:
    found = value(equations.solve_equation, equation=equation)
    assert sorted(found.values()) == pytest.approx(roots, abs=1e-5)


def test_every_root_satisfies_its_equation() -> None:
    equation = "sin(x) = x/10"
    parsed = parse_equation(equation)
    found = value(equations.solve_equation, equation=equation)
    assert len(found) == 7
    assert max(abs(parsed.residual(root)) for root in found.values()) < 1e-9


def test_a_pole_is_no_root() -> None:
    with pytest.raises(NoData):
        call(equations.solve_equation, equation="1/x = 0")


def test_an_interval_keeps_the_roots_inside_it() -> None:
    assert value(equations.solve_equation, equation="x^2 = 4", interval=(0.0, 5.0)) == {"x": pytest.approx(2)}


def test_complex_roots_are_left_out_and_said_to_be() -> None:
    found = call(equations.solve_equation, equation="x^3 = 8")
    assert found.values["equation_roots"] == {"x": pytest.approx(2)}
    assert "complex" in found.assumptions[0]


def test_no_real_root_is_no_data() -> None:
    with pytest.raises(NoData, match="no real root"):
        call(equations.solve_equation, equation="x^2 + 1 = 0")


def test_several_roots_are_asked_back_where_one_is_wanted() -> None:
    with pytest.raises(Unclear, match="which root"):
        call(equations.single_root, equation="x^2 = 4")


def test_what_log_means_is_said() -> None:
    found = call(equations.single_root, equation="log(x) = 1")
    assert found.values["equation_root"] == pytest.approx(10)
    assert any("base 10" in text for text in found.assumptions)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "x.__class__ = 0",
        "(lambda x: x)(x) = 0",
        "[x for x in (1, 2)] = 0",
        "open(x) = 1",
        "x if x else 0 = 0",
        "x = y",
        "3 = 4",
        "x == 2",
        "x" * 400,
        "x = = 2",
        "(x = 2",
        "9**9**9**9 * x = 1; x",
    ],
)
def test_what_is_no_arithmetic_in_one_unknown_is_refused(text: str) -> None:
    with pytest.raises(ExpertError):
        call(equations.solve_equation, equation=text)


@pytest.mark.parametrize("text", ["9^9^9^9*x = 1", "((((9^30)^30)^30)^30)*x = 1", "((x^30)^30)^30 = -1"])
def test_a_tower_of_powers_does_not_hang(text: str) -> None:
    with pytest.raises(ExpertError):
        call(equations.solve_equation, equation=text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Solve x^3 - 6x^2 + 11x - 6 = 0", ["x^3 - 6x^2 + 11x - 6 = 0"]),
        ("What are the real roots of x**3 - 2*x - 5 = 0?", ["x**3 - 2*x - 5 = 0"]),
        ("Roots of x² − 5x + 6", ["x² - 5x + 6"]),
        ("find x such that x*exp(x) = 3", ["x*exp(x) = 3"]),
        ("Solve for x: x^2 + 3x = 10 between 0 and 5", ["x^2 + 3x = 10"]),
        ("find x for __import__('os').system('x') = 0", []),
        ("Find the pressure drop of 5 m3/h", []),
        ("the solution of salt in water", []),
    ],
)
def test_equations_are_recognised(text: str, found: list[str]) -> None:
    assert [one.value for one in find_equations(text)] == found


def test_intervals_are_recognised() -> None:
    assert [found.value for found in find_intervals("between 0 and 5")] == [(0.0, 5.0)]
    assert [found.value for found in find_intervals("in [0, 2.5]")] == [(0.0, 2.5)]
    assert list(find_intervals("between 20 and 80 °C")) == []


def test_an_invalid_structure_is_refused() -> None:
    with pytest.raises(OutOfRange, match="no valid SMILES"):
        call(molecules.molecule_descriptors, smiles="C1CC((")


def test_a_structure_and_its_formula_agree() -> None:
    found = call(molecules.molecule_descriptors, smiles="c1ccccc1").values
    assert found["molecular_formula"] == "C6H6"
    assert found["molar_mass"] == pytest.approx(6 * 12.011e-3 + 6 * 1.008e-3)


def test_a_named_substance_has_its_structure() -> None:
    found = value(molecules.smiles_of_substance, substance="toluene")
    assert call(molecules.molecule_descriptors, smiles=found).values["molecular_formula"] == "C7H8"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Our API has SMILES CC(C)CC1=CC=C(C=C1)C(C)C(=O)O. What's its", ["CC(C)CC1=CC=C(C=C1)C(C)C(=O)O"]),
        ("SMILES: CCO, logP?", ["CCO"]),
        ("molar mass of CC(=O)Oc1ccccc1C(=O)O", ["CC(=O)Oc1ccccc1C(=O)O"]),
        ("caffeine (SMILES CN1C=NC2=C1C(=O)N(C(=O)N2C)C)", ["CN1C=NC2=C1C(=O)N(C(=O)N2C)C"]),
        ("SMILES string for aspirin?", []),
        ("pressure P=2 and C1=5 (998 kg/m3, 1 cP)", []),
    ],
)
def test_structures_are_recognised(text: str, found: list[str]) -> None:
    assert smiles.find is not None
    assert [one.value for one in smiles.find(text)] == found
