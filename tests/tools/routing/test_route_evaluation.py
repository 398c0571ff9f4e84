"""The router beside chance, the best single expert and the oracle, on questions in other words than the examples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from routing_cards import expert, registry_of
from topics import EXAMPLES, LARGE, NOBODY, QUESTIONS, topic_registry

from collegia.errors import UsageError
from collegia.settings import Routing
from collegia.tools.routing import evaluate as evaluating
from collegia.tools.routing.evaluate import Asked, Policy, Report, evaluate, read_questions
from collegia.tools.routing.index import content_words
from collegia.tools.routing.record import Records
from collegia.tools.routing.router import Router


def router(**settings: object) -> Router:
    return Router(Routing(**settings), Records(None))  # type: ignore[arg-type]  # settings by name


def policies(report: Report) -> dict[str, Policy]:
    return {"single" if one.name.startswith("always") else one.name: one for one in report.policies}


def on_topics(large: float) -> list[Asked]:
    """Each question with scores: its own field's expert is right, the large one fairly so, the others as a rule not."""
    others = dict.fromkeys(EXAMPLES, 0.1) | {LARGE: large}
    return [Asked(question, others | {name: 1.0}) for name, some in QUESTIONS.items() for question in some]


def test_no_question_is_an_example_in_disguise():
    examples = [set(content_words(one)) for _, some in EXAMPLES.values() for one in some]
    for question in (one for some in QUESTIONS.values() for one in some):
        said = set(content_words(question))
        assert max(len(said & example) / len(said | example) for example in examples) <= 0.6, question


def test_the_router_beats_chance_and_the_best_single_expert_at_a_fraction_of_its_cost():
    by = policies(evaluate(on_topics(0.7), topic_registry(), router()))
    assert by["single"].name == f"always {LARGE}"
    assert by["random"].score < by["single"].score < by["router"].score < by["oracle"].score == 1.0
    assert by["router"].score > by["single"].score + 0.1
    assert by["router"].cost < by["single"].cost / 3
    assert by["router"].right > 0.75


def test_without_one_for_anything_nobody_is_asked_what_nobody_knows():
    registry = topic_registry()
    del registry.experts[LARGE]
    asked = [Asked(one, {"none": 1.0}) for one in NOBODY]
    by = policies(evaluate(asked, registry, router()))
    assert by["router"].right >= 0.75
    assert by["router"].cost <= 0.25
    assert by["random"].right == 0.0


def test_limits_that_cannot_be_kept_are_counted_and_the_rest_is_routed():
    two = registry_of(
        expert("cheap", "Knows rivers.", cost=1.0), expert("dear", "Knows volcanoes.", cost=9.0, categories=("fire",))
    )
    asked = [Asked("rivers", {"cheap": 1.0}), Asked("volcanoes", {"dear": 1.0})]
    report = evaluate(asked, two, router(max_cost=5.0))
    assert report.refused == 1
    assert policies(report)["router"].score == 0.5
    with pytest.raises(UsageError, match="gone"):
        evaluate([Asked("volcanoes", {"dear": 1.0})], two, router(categories={"fire": "gone"}))


def test_calculators_are_chosen_by_what_covers_the_question():
    registry = registry_of(expert("words", "Knows blims."), expert("frob", "Blim of a grum.", sort="function"))
    asked = [Asked("the blim", {"frob": 1.0, "words": 0.2})]
    assert policies(evaluate(asked, registry, router()))["router"].score == 0.2
    covered = policies(evaluate(asked, registry, router(), lambda _: ("frob",)))["router"]
    assert (covered.score, covered.cost, covered.right) == (1.0, 0.0, 1.0)


def test_figures_are_those_of_a_sum_by_hand():
    registry = registry_of(expert("a", "Knows rivers.", cost=1.0), expert("b", "Knows soups.", cost=3.0))
    asked = [Asked("rivers", {"a": 0.8, "b": 0.4}), Asked("soups", {"a": 0.2, "b": 1.0}), Asked("soups?", {"a": 0.9})]
    by = policies(evaluate(asked, registry, router()))
    assert by["router"] == Policy("router", pytest.approx(1.8 / 3), pytest.approx(7 / 3), pytest.approx(2 / 3))
    assert by["random"] == Policy("random", pytest.approx(3.3 / 6), 2.0, 0.5)
    assert by["single"] == Policy("always a", pytest.approx(1.9 / 3), 1.0, pytest.approx(2 / 3))
    assert by["oracle"] == Policy("oracle", pytest.approx(2.7 / 3), pytest.approx(5 / 3), 1.0)


def written(folder: Path, *lines: str) -> Path:
    path = folder / "asked.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_file_has_scores_or_the_best_one(tmp_path):
    rows = [
        {"question": "q", "best": "a"},
        {"question": "r", "scores": {"a": 0.5, "b": 1}},
        {"question": "s", "best": "none"},
    ]
    found = read_questions(written(tmp_path, *map(json.dumps, rows), "", " "), ("a", "b"))
    assert found == [Asked("q", {"a": 1.0}), Asked("r", {"a": 0.5, "b": 1}), Asked("s", {evaluating.NOBODY: 1.0})]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[]", "question"),
        ('{"question": 3, "best": "a"}', "question"),
        ('{"question": "q"}', "scores"),
        ('{"question": "q", "scores": {}}', "scores"),
        ('{"question": "q", "best": 3}', "scores"),
        ('{"question": "q", "best": "a", "scores": {"a": 1}}', "either"),
        ('{"question": "q", "best": "zzz"}', "zzz"),
        ('{"question": "q", "scores": {"a": 2}}', "from 0 to 1"),
        ('{"question": "q", "scores": {"a": NaN}}', "from 0 to 1"),
        ('{"question": "q", "scores": {"a": true}}', "from 0 to 1"),
        ('{"question": "q", "scores": {"a": "1"}}', "from 0 to 1"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_question_is_refused_with_its_number(tmp_path, line, said):
    with pytest.raises(UsageError, match=f"line 2.*{said}"):
        read_questions(written(tmp_path, '{"question": "q", "best": "a"}', line), ("a",))


def test_a_file_that_is_empty_or_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match="no question"):
        read_questions(written(tmp_path, ""), ())
    with pytest.raises(UsageError, match="cannot be read"):
        read_questions(tmp_path / "gone.jsonl", ())
