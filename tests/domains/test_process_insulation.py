"""Heat lost through insulation."""

from __future__ import annotations

import math

import pytest
from card_examples import call, value

from collegia.domains.process_engineering import insulation
from collegia.errors import OutOfRange

PIPE = {
    "outside_diameter": 0.1143, "insulation_thickness": 0.05, "insulation_conductivity": 0.05,
    "inner_surface_temperature": 453.03, "outer_surface_temperature": 303.15,
}  # fmt: skip


def test_the_pipe_and_the_radii_agree() -> None:
    by_radii = value(
        insulation.heat_loss_between_radii,
        inner_radius=0.05715,
        outer_radius=0.10715,
        insulation_conductivity=0.05,
        inner_surface_temperature=453.03,
        outer_surface_temperature=303.15,
    )
    assert value(insulation.heat_loss_of_insulated_pipe, **PIPE) == pytest.approx(by_radii)


def test_a_cold_pipe_gains_as_much_as_a_hot_one_loses() -> None:
    turned = {**PIPE, "inner_surface_temperature": 303.15, "outer_surface_temperature": 453.03}
    assert value(insulation.heat_loss_of_insulated_pipe, **turned) == pytest.approx(
        value(insulation.heat_loss_of_insulated_pipe, **PIPE)
    )


def test_a_wide_pipe_is_nearly_a_flat_wall() -> None:
    wide = value(insulation.heat_loss_of_insulated_pipe, **{**PIPE, "outside_diameter": 100.0})
    flat = value(
        insulation.flat_wall_heat_loss,
        area=math.pi * 100,
        insulation_thickness=0.05,
        insulation_conductivity=0.05,
        inner_surface_temperature=453.03,
        outer_surface_temperature=303.15,
    )
    assert wide == pytest.approx(flat, rel=1e-3)


def test_radii_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(OutOfRange, match="r2 > r1"):
        call(
            insulation.heat_loss_between_radii,
            inner_radius=0.1,
            outer_radius=0.05,
            insulation_conductivity=0.05,
            inner_surface_temperature=400.0,
            outer_surface_temperature=300.0,
        )


def test_a_steam_pipe_says_that_its_wall_is_at_saturation() -> None:
    inputs = {name: number for name, number in PIPE.items() if name != "inner_surface_temperature"}
    found = call(insulation.heat_loss_of_steam_pipe, **inputs, saturation_temperature=453.03)
    assert "saturation temperature" in found.assumptions[0]
