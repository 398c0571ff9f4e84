"""A domain of another field, built as a wheel of its own and installed beside Collegia."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).parents[1] / "examples" / "astronomy"

LOAD = """
import json, sys
from collegia.tools.registry import Registry, installed

registry = Registry.load()
print(json.dumps({
    "installed": installed(),
    "refused": registry.refused,
    "experts": [name for name, made in registry.experts.items() if made.card.domain == "astronomy"],
    "home": sys.modules["collegia_astronomy"].__file__,
    "loaded": sorted({"astropy", "ephem"} & set(sys.modules)),
}))
"""

ASK = """
import json, sys
from collegia import Assistant

found = Assistant().ask_sync(sys.argv[1])
print(json.dumps({"status": found.status, "values": [[one.value, one.unit] for one in found.quantities]}))
"""


def _run(*command: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed in it, built and installed without a network and without isolation."""
    folder = tmp_path_factory.mktemp("wheel")
    _run("-m", "build", "--no-isolation", "--wheel", "--outdir", str(folder / "dist"), str(SOURCE))
    (wheel,) = (folder / "dist").glob("*.whl")
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    _run("-m", "pip", "install", "--no-deps", "--no-index", "--target", str(folder / "site"), str(wheel), **quiet)
    return folder / "site"


def _with(site: Path, code: str, *arguments: str, **environment: str) -> dict[str, Any]:
    path = os.pathsep.join(filter(None, [str(site), os.environ.get("PYTHONPATH", "")]))
    read: dict[str, Any] = json.loads(_run("-c", code, *arguments, PYTHONPATH=path, **environment).splitlines()[-1])
    return read


def test_the_wheel_is_found_by_its_entry_point_and_loaded_whole(site: Path) -> None:
    found = _with(site, LOAD)
    assert "astronomy" in found["installed"]
    assert found["refused"] == {}
    assert Path(found["home"]).is_relative_to(site)
    expected = {"luminosity_distance", "distance_modulus", "parallax_distance", "sky_separation", "star_catalogue"}
    expected |= {"body_altaz", "airmass", "julian_date", "orbital_period", "blackbody_peak", "blackbody_luminosity"}
    assert expected <= set(found["experts"])


def test_loading_the_domain_imports_none_of_its_libraries(site: Path) -> None:
    assert _with(site, LOAD)["loaded"] == []


def test_the_wheel_holds_its_package_and_no_tests(site: Path) -> None:
    names = {path.name for path in site.iterdir()}
    assert "collegia_astronomy" in names
    assert "collegia" not in names
    assert "tests" not in names
    assert (site / "collegia_astronomy" / "py.typed").is_file()


@pytest.mark.skipif(
    not (find_spec("astropy") and find_spec("ephem")), reason="the wheel's own libraries are not installed"
)
@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("How far apart on the sky are Vega and Deneb (degrees)?", 23.8473, "degree"),
        ("A comet has a period of 76 years. What is its semi-major axis in au?", 17.942, "astronomical_unit"),
        ("Distance modulus for redshift 0.8?", 43.564, ""),
    ],
)
def test_questions_of_the_other_field_are_answered(site: Path, question: str, value: float, unit: str) -> None:
    found = _with(site, ASK, question, COLLEGIA_DOMAINS="arithmetic,astronomy")
    assert found["status"] == "answered"
    assert found["values"] == [[pytest.approx(value, rel=1e-3), unit]]
