"""`collegia ask`: the answer on standard output, everything else on standard error, an exit code for each status."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import BLIM, TOYS

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "result.schema.json").read_text(encoding="utf-8"))

QUESTIONS = {
    BLIM: ("answered", 0),
    "What is the wug for a grum of 2 m?": ("error", 1),
    "What is the blim for a grum of 2 m?": ("clarify", 3),
    "What is the blim for a grum of 20 m and a flob of 30 cm?": ("refuse_out_of_range", 4),
    "The winner of the cup, please.": ("out_of_domain", 4),
    "What are the blim and the wug for a grum of 2 m and a flob of 30 cm?": ("partial", 5),
}


@pytest.mark.parametrize(("question", "ends"), QUESTIONS.items(), ids=[status for status, _ in QUESTIONS.values()])
def test_json_is_printed_whatever_the_status_and_fits_its_schema(cli, toys, question, ends):
    status, code = ends
    done = cli("ask", question, "--experts", toys, "--output", "json")
    result = done.json()
    jsonschema.validate(result, SCHEMA)
    assert (result["status"], done.code) == (status, code)
    assert result["schema"] == "collegia.result/1"
    assert result["run_id"] in done.err


@pytest.mark.parametrize(("question", "ends"), QUESTIONS.items(), ids=[status for status, _ in QUESTIONS.values()])
def test_text_has_the_same_exit_code_and_says_something(cli, toys, question, ends):
    done = cli("ask", question, "--experts", toys)
    assert done.code == ends[1]
    assert done.out.strip()
    assert "Traceback" not in done.out + done.err


def test_the_answer_comes_first_then_steps_and_sources(cli, toys):
    lines = cli("ask", BLIM, "--experts", toys).out.splitlines()
    assert lines[0] == "blim = 0.6 m²"
    assert lines[2].split() == ["step", "expert", "inputs", "outputs"]
    assert "flob 0.3 m (“30 cm”)" in "\n".join(lines)
    assert lines[-1].strip() == "s1 blim: the book of toys"


def test_only_what_was_asked_is_a_quantity(cli, toys):
    quantities = cli("ask", BLIM, "--experts", toys, "-o", "json").json()["quantities"]
    assert [(one["name"], one["unit"], one["step"]) for one in quantities] == [("blim", "meter ** 2", "s1")]
    assert quantities[0]["value"] == pytest.approx(0.6)


def test_an_answer_has_at_least_four_significant_digits(cli):
    assert "3.1416 m²" in cli("ask", "What is the area of a circle of 2 m diameter?").out


def test_the_run_id_is_told_before_anything_is_planned(cli, toys):
    done = cli("ask", BLIM, "--experts", toys, "-o", "jsonl")
    events = done.lines()
    assert events[0]["kind"] == "run_started"
    assert done.err.splitlines()[0] == f"run {events[0]['run_id']}"


def test_jsonl_gives_the_events_and_then_the_result(cli, toys):
    *events, result = cli("ask", BLIM, "--experts", toys, "-o", "jsonl").lines()
    kinds = [event["kind"] for event in events]
    assert kinds[0] == "run_started"
    assert kinds[-1] == "run_finished"
    assert [event["seq"] for event in events] == list(range(len(events)))
    assert {event["step"] for event in events if event["kind"] in ("step_started", "step_finished")} == {"s1"}
    jsonschema.validate(result, SCHEMA)


def test_a_dash_reads_the_question_from_standard_input(cli, toys):
    assert cli("ask", "-", "--experts", toys, stdin=BLIM + "\n").out.startswith("blim = 0.6 m²")


def test_a_plan_is_shown_and_nothing_runs_or_is_stored(cli, toys, home):
    done = cli("ask", BLIM, "--experts", toys, "--plan")
    assert done.code == 0
    assert "blim" in done.out
    assert "0.6" not in done.out
    assert json.loads(cli("runs", "list", "-o", "json").out) == []


def test_a_plan_as_json_has_its_bindings(cli, toys):
    said = cli("ask", BLIM, "--experts", toys, "--plan", "-o", "json").json()
    assert (said["schema"], said["status"]) == ("collegia.plan/1", "plan")
    assert said["plan"]["steps"][0]["arguments"]["flob"]["text"] == "30 cm"


@pytest.mark.parametrize(
    ("question", "status", "code"),
    [
        ("What is the blim for a grum of 2 m?", "clarify", 3),
        ("The winner of the cup, please.", "out_of_domain", 4),
        ("What is the blim for a grum of 20 m and a flob of 30 cm?", "refuse_out_of_range", 4),
    ],
)
def test_a_plan_that_cannot_be_made_ends_as_the_answer_would(cli, toys, question, status, code):
    done = cli("ask", question, "--experts", toys, "--plan", "-o", "json")
    said = done.json()
    assert (said["status"], done.code, said["plan"]) == (status, code, None)
    assert cli("ask", question, "--experts", toys, "--plan").out.strip()


def test_a_clarification_names_what_is_missing_with_its_unit(cli, toys):
    result = cli("ask", "What is the blim for a grum of 2 m?", "--experts", toys, "-o", "json").json()
    assert [one["kind"] for one in result["missing"]] == ["flob"]
    assert "flob" in result["answer_text"]
    assert "m" in result["answer_text"]


def test_a_file_of_experts_that_is_not_trusted_is_refused_with_the_command(cli, tmp_path):
    path = tmp_path / "new.py"
    path.write_text(TOYS)
    done = cli("ask", BLIM, "--experts", path)
    assert done.code == 2
    assert f"collegia experts trust {path}" in done.err
    assert cli("experts", "trust", path).code == 0
    assert cli("ask", BLIM, "--experts", path).code == 0


def test_a_named_domain_narrows_what_is_asked_and_keeps_arithmetic(cli, monkeypatch):
    done = cli("ask", "What is the area of a circle of 2 m diameter?", "--domain", "arithmetic")
    assert done.code == 0
    unknown = cli("ask", "x?", "--domain", "nix")
    assert unknown.code == 2
    assert "'nix' is not installed; installed are: arithmetic" in unknown.err


def test_what_the_user_wrote_cannot_drive_the_terminal(cli, toys):
    done = cli("ask", "\x1b[31mWho\x07 won [bold]the cup[/bold]?", "--experts", toys)
    assert done.code == 4
    assert "\x1b" not in done.out + done.err
    listed = cli("runs", "list").out
    assert "\x1b" not in listed
    assert "[bold]the cup[/bold]" in listed


def test_a_panel_of_model_experts_answers_where_the_command_says_so(cli, home):
    pytest.importorskip("aiohttp", reason="the clients of models need collegia[models]")
    from tests.tools.models.server import running, say

    with running() as server:
        server.always = say("It is 6400 km long.")
        home.mkdir()
        (home / "collegia.toml").write_text(
            f"[models.default]\nmodel = 'hosted_vllm/x'\napi_base = '{server.url}'\n"
            "[roles]\nplanner = 'none'\ncaller = 'none'\nreflector = 'none'\nwriter = 'none'\n"
            "[experts.rivers]\npurpose = 'Knows rivers, as the Amazon.'\n[experts.lakes]\npurpose = 'Knows lakes.'\n"
        )
        alone = cli("ask", "How long is the river Amazon?")
        assert (alone.code, len(server.asked)) == (0, 1)
        done = cli("ask", "How long is the river Amazon?", "--panel", "2")
        assert (done.code, len(server.asked)) == (0, 3)
        assert "2 of 2 on a panel stand for this after 1 round" in done.out
        assert "answer A, of rivers: rivers, lakes" in done.out
        refused = cli("ask", "How long is the river Amazon?", "--panel", "1")
        assert (refused.code, len(server.asked)) == (2, 3)
        assert "panel.size is 1" in refused.err


def test_a_panel_without_experts_is_refused_before_there_is_a_run(cli):
    done = cli("ask", "How long is the river Amazon?", "--panel", "2")
    assert done.code == 2
    assert "a panel takes at least 2 model experts" in done.err
    assert cli("runs", "list").out.strip() in ("", "no runs") or "Amazon" not in cli("runs", "list").out
