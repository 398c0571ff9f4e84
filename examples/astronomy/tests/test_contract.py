from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest
from collegia_astronomy import domain
from collegia_astronomy.names import _CATALOGUE, BODIES, STARS

from collegia.errors import UnitError
from collegia.tools import Expert
from collegia.tools.examples import try_examples
from collegia.tools.units import parse_unit

EXPERTS = {made.name: made for made in domain().experts()}
SOURCES = sorted((Path(__file__).parents[1] / "collegia_astronomy").glob("*.py"))


@pytest.mark.parametrize("made", EXPERTS.values(), ids=EXPERTS.keys())
def test_every_worked_example_of_every_card_holds(made: Expert) -> None:
    tried = try_examples(made)
    assert tried
    assert [fault for one in tried for fault in one.faults] == []


def test_every_expert_has_a_name_of_its_own() -> None:
    counted = Counter(function.__name__ for function in domain().functions)
    assert [name for name, times in counted.items() if times > 1] == []


def test_every_unit_of_every_kind_is_known() -> None:
    unknown = []
    for kind in domain().all_kinds():
        for unit in (kind.unit, *kind.show):
            try:
                if unit is not None:
                    parse_unit(unit)
            except UnitError:
                unknown.append((kind.name, unit))
    assert unknown == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_the_domain_imports_only_the_tools_and_the_errors_of_collegia(source: Path) -> None:
    found = set()
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    ours = {name for name in found if name.split(".")[0] == "collegia"}
    assert all(name == "collegia.errors" or name.startswith("collegia.tools") for name in ours)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_heavy_libraries_are_imported_inside_functions(source: Path) -> None:
    top = ast.parse(source.read_text(encoding="utf-8")).body
    modules = [name.name for node in top if isinstance(node, ast.Import) for name in node.names]
    modules += [node.module or "" for node in top if isinstance(node, ast.ImportFrom)]
    assert [name for name in modules if name.split(".")[0] in ("astropy", "ephem", "erfa", "numpy")] == []


def test_the_listed_stars_are_those_of_the_catalogue() -> None:
    import ephem.stars

    assert set(_CATALOGUE) == set(ephem.stars.stars)


def test_every_name_of_a_star_gives_a_position() -> None:
    for name in {*STARS.values(), *_CATALOGUE}:
        right_ascension, declination = EXPERTS["star_catalogue"].call({"star": name}).values["position"]
        assert 0 <= right_ascension < 360
        assert -90 <= declination <= 90


def test_the_built_in_ephemeris_has_every_body() -> None:
    for body in BODIES.values():
        values = EXPERTS["body_position"].call({"body": body, "time": "2024-06-21T12:00:00Z"}).values
        assert 0 <= values["sky_position"][0] < 360
