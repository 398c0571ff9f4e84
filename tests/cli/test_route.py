"""`collegia route`: the decision with its reason, and the measure of many."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from collegia.tools.routing.record import Records

SETTINGS = """
[models.tiny]
model = "hosted_vllm/tiny"
api_base = "http://127.0.0.1:9/v1"

[experts.rivers]
purpose = "Knows rivers and lakes."
model = "tiny"
examples = ["How long is the Danube?", "Where does a delta form?"]
categories = ["geology"]

[experts.rivers-large]
purpose = "Knows rivers and lakes, and more of them."
model = "tiny"
examples = ["How long is the Danube?", "Where does a delta form?"]
categories = ["geology"]
cost = 8.0

[experts.stars]
purpose = "Knows stars."
model = "tiny"
examples = ["What is a nebula?"]
"""
DELTA = "Where do rivers form deltas?"


@pytest.fixture
def settings(home: Path) -> Path:
    home.mkdir(exist_ok=True)
    path = home / "collegia.toml"
    path.write_text(SETTINGS)
    return path


@pytest.mark.usefixtures("settings")
def test_a_decision_is_shown_with_its_reason_and_all_who_were_weighed(cli):
    done = cli("route", DELTA)
    assert done.code == 0
    first, reason, category, _, heading, *weighed = done.out.splitlines()
    assert first == "ask: rivers"
    assert "cheapest" in reason
    assert category == "category: geology"
    assert heading.split() == ["expert", "similarity", "record", "score", "cost", "seconds"]
    assert [one.split()[:2] for one in weighed if one.startswith("*")] == [["*", "rivers"]]
    assert "rivers-large" in done.out
    assert "stars" not in done.out


@pytest.mark.usefixtures("settings")
def test_a_decision_as_json_has_the_same(cli):
    said = cli("route", "-", "-o", "json", stdin=f"{DELTA}\n").json()
    assert said["question"] == DELTA
    assert said["chosen"] == ["rivers"]
    assert {one["name"] for one in said["candidates"]} == {"rivers", "rivers-large"}


@pytest.mark.usefixtures("settings")
def test_the_record_and_the_settings_have_their_say(cli, home, settings):
    records = Records.of_home(home)
    for _ in range(3):
        records.note("rivers", "geology", good=False)
    records.close()
    assert cli("route", DELTA, "-o", "json").json()["chosen"] == ["rivers-large"]
    settings.write_text(f"{SETTINGS}[routing.categories]\ngeology = 'stars'\n")
    assert cli("route", DELTA, "-o", "json").json()["chosen"] == ["stars"]
    settings.write_text(f"{SETTINGS}[routing]\nmax_cost = 0.5\n")
    done = cli("route", DELTA)
    assert done.code == 2
    assert "max_cost of 0.5" in done.err


@pytest.mark.usefixtures("settings")
def test_a_calculator_goes_before_models_and_nobody_is_asked_about_what_nobody_knows(cli):
    said = cli("route", "What is the area of a circle with a diameter of 2 m?", "-o", "json").json()
    assert (said["chosen"], said["by"]) == (["circle_area"], "calculator")
    done = cli("route", "Who won the chess tournament?")
    assert done.code == 0
    assert done.out.startswith("ask: nobody\n")


@pytest.mark.usefixtures("settings")
def test_a_file_of_questions_shows_the_router_beside_the_others(cli, tmp_path):
    path = tmp_path / "asked.jsonl"
    asked = [
        {"question": DELTA, "scores": {"rivers": 1, "rivers-large": 1, "stars": 0}},
        {"question": "What is a nebula made of?", "best": "stars"},
        {"question": "Who won the chess tournament?", "best": "none"},
        {"question": "What is the area of a circle with a diameter of 2 m?", "best": "circle_area"},
    ]
    path.write_text("\n".join(map(json.dumps, asked)))
    said = cli("route", "--eval", path, "-o", "json").json()
    assert (said["questions"], said["refused"]) == (4, 0)
    by = {one["name"]: one for one in said["policies"]}
    assert by["router"] == {"name": "router", "score": 1.0, "cost": 0.5, "right": 1.0}
    assert by["oracle"]["score"] == 1.0
    assert by["random"]["score"] < 0.5
    assert cli("route", "--eval", path, "-o", "jsonl").lines() == said["policies"]
    table = cli("route", "--eval", path).out.splitlines()
    assert table[0].split() == ["policy", "score", "cost", "right"]
    assert [row.split()[0] for row in table[1:]] == ["router", "random", "always", "oracle"]


@pytest.mark.usefixtures("settings")
def test_questions_that_the_limits_leave_to_nobody_are_told(cli, tmp_path, settings):
    settings.write_text(f"{SETTINGS}[routing]\nmax_cost = 0.5\n")
    path = tmp_path / "asked.jsonl"
    path.write_text(json.dumps({"question": DELTA, "best": "rivers"}))
    done = cli("route", "--eval", path)
    assert done.code == 0
    assert "1 of 1" in done.err


@pytest.mark.parametrize("arguments", [[], ["a question", "--eval", "questions.jsonl"], ["--eval", "gone.jsonl"]])
def test_what_cannot_be_used_is_refused(cli, arguments):
    done = cli("route", *arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("error:")
