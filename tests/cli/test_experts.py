"""`collegia experts` and the options that belong to no command."""

from __future__ import annotations

from importlib.metadata import version

import pytest


def test_the_list_has_every_expert_with_its_purpose(cli):
    listed = cli("experts", "list", "-o", "json").json()
    assert {one["domain"] for one in listed} == {"arithmetic", "knowledge"}
    assert all(one["name"] and one["purpose"] for one in listed)
    assert cli("experts", "list", "-o", "jsonl").lines() == listed
    text = cli("experts", "list").out
    assert [one["name"] for one in listed if one["name"] not in text] == []


def test_an_expert_whose_library_is_missing_is_listed_with_the_command_that_installs_it(spawn, tmp_path):
    info = tmp_path / "needy-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: needy\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[collegia.domains]\nneedy = needy_domain:domain\n")
    (tmp_path / "needy_domain.py").write_text(
        "from typing import Annotated\n"
        "from collegia.tools import Domain, expert\n"
        "@expert(requires=('no_such_library',), extra='process')\n"
        "def flirp(grum: Annotated[float, 'm']) -> Annotated[float, 'm']:\n"
        "    'Flirp.'\n"
        "    return grum\n"
        "def domain():\n"
        "    return Domain('needy', 'Needy', (flirp,))\n"
    )
    done = spawn("experts", "list", COLLEGIA_DOMAINS="needy", PYTHONPATH=str(tmp_path))
    assert done.code == 0
    assert "needs no_such_library: pip install 'collegia[process]'" in done.out


def test_a_card_shows_inputs_units_outputs_and_examples(cli):
    text = cli("experts", "show", "circle_area").out
    assert text.startswith("circle_area (arithmetic)")
    assert "diameter" in text
    card = cli("experts", "show", "circle_area", "-o", "json").json()
    assert [(port["name"], port["unit"], port["required"]) for port in card["inputs"]] == [("diameter", "m", True)]
    assert card["outputs"][0]["unit"] == "m**2"


def test_a_name_that_is_not_quite_right_gets_a_hint(cli):
    done = cli("experts", "show", "circle_aera")
    assert done.code == 2
    assert "near it: circle_area" in done.err


def test_the_examples_of_all_experts_pass(cli):
    done = cli("experts", "test")
    assert done.code == 0, done.out
    assert " 0 failed" in done.out


def test_an_example_that_does_not_hold_fails_with_both_values(cli, toys):
    assert cli("experts", "test", "blim", "--experts", toys).code == 0
    toys.write_text(toys.read_text().replace('{"blim": 6.0}', '{"blim": 7.0}'))
    cli("experts", "trust", toys)
    done = cli("experts", "test", "blim", "--experts", toys)
    assert done.code == 1
    assert "blim, example 1: blim: expected 7.0, got 6.0" in done.out


def test_a_new_domain_is_written_once(cli, tmp_path):
    done = cli("experts", "new", tmp_path / "optics")
    assert done.code == 0
    assert (tmp_path / "optics" / "collegia_optics" / "experts.py").is_file()
    again = cli("experts", "new", tmp_path / "optics")
    assert again.code == 2
    assert "nothing is overwritten" in again.err


def test_trusting_a_file_that_is_not_there_is_a_usage_error(cli, tmp_path):
    assert cli("experts", "trust", tmp_path / "none.py").code == 2


def test_the_version_is_that_of_the_distribution(cli):
    assert cli("--version").out == f"collegia {version('collegia')}\n"


@pytest.mark.parametrize(
    "command",
    ["ask", "resume", "eval", "replay", "runs list", "runs show", "experts list", "experts show", "experts test",
     "experts new", "experts trust"],
)  # fmt: skip
def test_every_command_explains_itself(cli, command):
    done = cli(*command.split(), "--help")
    assert done.code == 0
    assert "Usage: collegia" in done.out


def test_completion_can_be_shown(spawn):
    done = spawn("--show-completion", "bash", SHELL="/bin/bash")
    assert "complete" in done.out.lower() + done.err.lower()
