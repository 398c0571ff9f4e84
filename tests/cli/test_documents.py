"""Documents of one's own, from the command line: taken in, quoted, computed with, and gone again."""

from __future__ import annotations

import re

import pytest

TEXT = """# E-101

E-101 is the feed preheater of the crude unit.

- The **design pressure** of E-101 is 16 bar(g).
- The overall heat transfer coefficient of E-101 is 450 W/(m² K).
"""
PRESSURE = "What is the design pressure of E-101?"
AREA = "What area does {} need for a duty of 2 MW and a log mean temperature difference of 30 K{}?"
ASKING = ", with U as given in our documents"


@pytest.fixture(autouse=True)
def _process_engineering(monkeypatch: pytest.MonkeyPatch, _plain_arithmetic_only: None) -> None:
    monkeypatch.setenv("COLLEGIA_DOMAINS", "process_engineering")


@pytest.fixture
def added(cli, tmp_path):
    """The file, once it is in the store."""
    path = tmp_path / "e-101.md"
    path.write_text(TEXT, encoding="utf-8")
    assert cli("kb", "add", path, "--quiet").code == 0
    return path


def test_what_a_document_says_is_quoted_word_for_word_with_its_place(cli, added):
    done = cli("ask", PRESSURE, "--output", "json")
    assert done.code == 0
    result = done.json()
    first = result["quotations"][0]
    assert (first["document"], first["source"]) == ("e-101.md", str(added))
    assert any("16 bar(g)" in one["text"] for one in result["quotations"] if one["document"] == "e-101.md")
    for one in result["quotations"]:
        shown = cli("kb", "show", one["source"], "--span", f"{one['start']}:{one['end']}", "-o", "json").json()
        assert shown["text"] == one["text"]
    assert result["citations"][0] == "e-101.md"
    assert result["quantities"] == []


def test_the_terminal_shows_the_sentence_without_markup_and_the_name_of_its_document(cli, added):
    done = cli("ask", PRESSURE)
    assert done.code == 0
    assert "The design pressure of E-101 is 16 bar(g)." in done.out
    assert re.search(r"^Citations\n  e-101\.md$", done.out, flags=re.MULTILINE)


def test_a_value_of_a_document_is_computed_with_where_it_is_asked_for_and_cited(cli, added):
    done = cli("ask", AREA.format("E-101", ASKING), "-o", "json")
    assert done.code == 0, done.out
    result = done.json()
    assert result["quantities"][0]["value"] == pytest.approx(2e6 / (450 * 30))
    (step,) = [one for one in result["plan"]["steps"] if "overall_coefficient" in one["arguments"]]
    taken = step["arguments"]["overall_coefficient"]
    assert (taken["via"], taken["document"], taken["value"]) == ("cited", "e-101.md", 450.0)
    assert TEXT[taken["start"] : taken["end"]] == taken["text"]
    assert taken["text"] == "The overall heat transfer coefficient of E-101 is 450 W/(m² K)."
    assert result["citations"] == ["e-101.md"]
    assert any("taken as 450 W/(m² K) from e-101.md" in one for one in result["assumptions"])


@pytest.mark.parametrize(("thing", "asking"), [("E-101", ""), ("E-102", ASKING)], ids=["not asked", "another thing"])
def test_a_value_of_a_document_is_not_taken_unasked_nor_for_another_thing(cli, added, thing, asking):
    done = cli("ask", AREA.format(thing, asking), "-o", "json")
    assert (done.code, done.json()["citations"]) == (3, [])
    assert done.json()["missing"]


def test_without_the_document_both_are_asked_back(cli, added):
    assert cli("kb", "remove", "e-101.md").code == 0
    for question in (PRESSURE, AREA.format("E-101", ASKING)):
        done = cli("ask", question, "-o", "json")
        assert (done.code, done.json()["status"]) == (3, "clarify")
        assert "e-101.md" not in done.out
    assert "450" not in re.sub(r"\d+\.\d{6,}", "", done.out)  # the times that it took aside


def test_a_changed_document_is_what_counts_once_it_is_added_again(cli, added):
    added.write_text(TEXT.replace("450", "500"), encoding="utf-8")
    assert cli("kb", "add", added).out == "0 added, 1 replaced, 0 unchanged, 0 refused\n"
    done = cli("ask", AREA.format("E-101", ASKING), "-o", "json")
    assert done.json()["quantities"][0]["value"] == pytest.approx(2e6 / (500 * 30))


def test_a_remembered_value_is_told_listed_used_and_forgotten(cli):
    assert cli("memory", "add", "the U of E-101 is 500 W/(m2 K)").code == 0
    done = cli("ask", AREA.format("E-101", ""))
    assert done.code == 0
    assert re.search(r"taken as 500 W/\(m2 K\), as you said on 20\d\d-\d\d-\d\d$", done.out, flags=re.MULTILINE)
    assert ", 2 times)" in cli("memory", "list").out
    run = done.err.split()[1]
    assert cli("memory", "forget", "U of E-101").code == 0
    assert cli("ask", AREA.format("E-101", "")).code == 3
    assert cli("replay", run).out.startswith("The same numbers")
