"""What the README prints is what CI runs, and what it promises is there."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
PARTS = ("set-up", "main job", "suite")


def commands(part: str) -> list[str]:
    """The commands that stand under a mark of the README."""
    found = re.search(rf"<!-- ci: {re.escape(part)} -->\n```sh\n(.*?)```", README, flags=re.DOTALL)
    assert found, f"the README has no block for {part}"
    return found[1].splitlines()


def test_two_commands_set_up_one_runs_the_main_job_and_one_the_suite():
    assert [len(commands(part)) for part in PARTS] == [2, 1, 1]


def test_set_up_needs_only_python_and_pip():
    assert commands("set-up") == ["python3 -m venv .venv", ".venv/bin/pip install -e '.[all,dev]'"]
    assert commands("suite") == [".venv/bin/pytest"]


def test_ci_runs_every_block_of_the_readme_and_no_copy_of_it():
    assert re.findall(r'^run_from_readme "(.+)"$', CI, flags=re.MULTILINE) == list(PARTS)
    assert not [command for part in PARTS for command in commands(part) if command in CI.splitlines()]


def test_the_main_job_answers_with_the_number_of_a_hand_calculation():
    words = shlex.split(commands("main job")[0])
    assert words[:2] == [".venv/bin/collegia", "ask"]
    done = subprocess.run([sys.executable, "-m", "collegia", *words[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # 998.2 kg/m³, 1.002 mPa·s, 102.26 mm, 2.029 m/s: Re 2.07e5, f 0.01845, f L/D ρ v²/2.
    stated = re.match(r"Frictional pressure drop = ([\d.]+) kPa", done.stdout)
    assert stated, done.stdout
    by_hand = 0.01845 * 250 / 0.10226 * 998.2 * 2.0293**2 / 2 / 1000
    assert float(stated[1]) == pytest.approx(by_hand, rel=0.005)


@pytest.mark.parametrize("part", PARTS)
def test_ci_reads_the_very_commands_that_are_printed(part):
    function = re.search(r"^from_readme\(\) \{.*?^\}", CI, flags=re.DOTALL | re.MULTILINE)
    assert function
    script = f"{function[0]}\nfrom_readme {shlex.quote(part)}"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == commands(part)


def test_ci_runs_make_check_and_make_check_runs_everything():
    assert re.search(r"^make check", CI, flags=re.MULTILINE)
    made = subprocess.run(["make", "-n", "check"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", "pytest"):
        assert f".venv/bin/{tool}" in made


def test_ci_stops_at_the_first_failure():
    assert "set -euo pipefail" in CI
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


def test_the_python_in_the_readme_is_python():
    blocks = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        ast.parse(block)


def test_the_extras_in_the_readme_are_those_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = set(
        re.findall(r"^\| `(\w+)` \| .* \| .* \|$", README.partition("## What is installed")[2], flags=re.MULTILINE)
    )
    assert named == set(project["optional-dependencies"]) - {"dev"}


def test_every_file_the_readme_links_to_is_there():
    links = re.findall(r"\]\(([\w./-]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
