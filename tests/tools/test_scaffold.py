"""A new domain installs and passes its own test exactly as written, and nothing is overwritten."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from collegia.errors import UsageError
from collegia.tools.scaffold import names_for, new_domain


@pytest.mark.parametrize("folder", ["heat-pumps", "Heat Pumps", "heat_pumps", "collegia-heat-pumps", "heat.pumps"])
def test_names_are_derived_from_the_folder(folder, tmp_path):
    assert names_for(tmp_path / folder) == ("heat_pumps", "collegia_heat_pumps", "collegia-heat-pumps")


def test_a_relative_folder_gives_its_real_name(tmp_path, monkeypatch):
    (tmp_path / "optics").mkdir()
    monkeypatch.chdir(tmp_path / "optics")
    assert names_for(Path()).domain == "optics"


@pytest.mark.parametrize("folder", ["3d", "été", "a/--", "x" * 60, 'q"uote', "$domain"])
def test_a_folder_that_gives_no_name_is_refused(folder, tmp_path):
    with pytest.raises(UsageError, match="gives no domain name"):
        new_domain(tmp_path / folder)


def test_an_installed_domain_is_not_named_again(tmp_path):
    with pytest.raises(UsageError, match="'arithmetic' is installed already"):
        new_domain(tmp_path / "arithmetic")


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    target = tmp_path / "optics"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="nothing is overwritten"):
        new_domain(target)
    assert [path.name for path in target.iterdir()] == ["thesis.txt"]


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "optics").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        new_domain(tmp_path / "optics")


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "blocked").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        new_domain(tmp_path / "blocked" / "optics")


def run(*command: str, cwd: Path, **extra: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **extra}, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_new_domain_installs_passes_its_own_test_and_is_found(tmp_path):
    folder, site = tmp_path / "heat-pumps", tmp_path / "site"
    written = new_domain(folder)
    assert {path.relative_to(folder).as_posix() for path in written} >= {"pyproject.toml", "README.md"}
    pip = ["-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation"]
    run(sys.executable, *pip, "--target", str(site), str(folder), cwd=tmp_path)
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    assert "passed" in run(sys.executable, "-m", "pytest", "-q", cwd=folder, PYTHONPATH=path)
    listed = run(
        sys.executable,
        "-c",
        "from collegia.tools.registry import load_domain; print(load_domain('heat_pumps').functions[0].__name__)",
        cwd=tmp_path,
        PYTHONPATH=path,
    )
    assert listed.strip() == "heat_pumps_spring_force"
