"""A small expert helps another one: with background, sifted by sentence, or with answers to choose among."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from panels import QUESTION, assistant, panel_of

from collegia.agents.modelled.background import sifted
from collegia.agents.result import Result
from collegia.errors import BadReply, ModelUnreachable, UsageError
from collegia.events import ModelCalled, StepFinished
from collegia.settings import ExpertSettings
from collegia.tools.models import Request, ScriptedModel

ASKED = "Why does the river Amazon flood its banks in spring?"


def helped(home: Path, small: Any, big: Any, panel: Any = None, **settings: Any) -> tuple[Result, ScriptedModel, Any]:
    """What comes of asking `big`, whom `small` helps as its settings say; with its model, and the run's events."""
    experts = {
        "big": ExpertSettings("Knows the river Amazon, how long, why it floods.", model="big", **settings),
        "small": ExpertSettings("Knows little.", model="small"),
    }
    made, models = assistant(home, {"big": big, "small": small}, panel, experts=experts)
    events: list[Any] = []
    result = made.ask_sync(ASKED, on_event=events.append)
    return result, models["big"], events


def deliberation(result: Result) -> Any:
    return result.replies[0].deliberation


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The river Amazon floods when rain fills it.", ""),
        ("The banks of a river are its sides.", ""),
        ("The banks of a river are its sides. Such sides of a river wash away.", ""),
        ("Cats are furry animals.", "not to the point"),
        ("The river Amazon rises by 12 m in a flood.", "nothing supports 12 m"),
        ("The river floods as Alexander von Humboldt saw it.", "nothing supports Alexander von Humboldt"),
        ("Near the city of Manaus the river floods its banks.", "nothing supports Manaus"),
        ("Of the river's flood 209,000 m³/s is the usual flow.", ""),
    ],
)
def test_a_sentence_stands_where_it_is_to_the_point_and_supported(sentence: str, why: str) -> None:
    made = sifted(sentence, ASKED, ["The mean flow is 209 000 m³/s."], 100, writer="small", reader="big")
    assert (" ".join(made.kept), [one.text for one in made.dropped]) == (("", [sentence]) if why else (sentence, []))
    assert all(why in one.why for one in made.dropped)


def test_the_most_relevant_sentences_go_first_into_the_room_and_stand_in_their_order() -> None:
    said = (
        "Rain in the mountains is what a river in flood lives on, in every season of the year and in all lands.",
        "A flood is a river above its banks.",
        "The river Amazon floods its banks in spring.",
    )
    made = sifted(" ".join(said), ASKED, [], 30, writer="small", reader="big")
    assert made.kept == said[1:]
    assert [(one.text, "too long for what is left of 30 tokens" in one.why) for one in made.dropped] == [
        (said[0], True)
    ]


RIGHT = """In a column vapour rises and liquid falls past it. Trays hold liquid through which the vapour bubbles.
Faster vapour carries drops of liquid upwards. Carried liquid fills the tray above. The downcomer backs up when the
pressure drop over a tray grows. Flooding means that liquid can no longer fall. A flooded column no longer separates.
Packing floods in the same way as trays do. Foaming liquids flood sooner. Tray spacing leaves room for the drops."""
WRONG = """Columns flood at 80 % of capacity. Newspapers have columns. Floods destroy villages. Taxes are unpopular.
The Souders and Brown equation gives the flood rate. Reflux ratios near 1.3 cause flooding in distillation. Dogs bark.
Whisky is made by distillation in Scotland. Flooding begins at a third of the vapour rate."""


def test_a_whole_background_keeps_what_is_right_and_loses_what_is_not() -> None:
    question = "Why do distillation columns flood at high vapour rates?"
    made = sifted(f"{RIGHT} {WRONG}", question, [], 1000, writer="small", reader="big")
    assert " ".join(made.kept) == " ".join(RIGHT.split())
    assert len(made.dropped) == 9


def test_what_is_said_twice_is_kept_once() -> None:
    made = sifted("The river floods its banks. The river floods its banks.", ASKED, [], 90, writer="s", reader="b")
    assert (len(made.kept), [one.why for one in made.dropped]) == (1, ["it is said already"])


def test_background_is_put_before_the_question_without_what_was_dropped(home: Path) -> None:
    small = ["The banks of a river are its sides. The river rises by 12 m. Cats purr."]
    result, big, events = helped(home, small, ["For the rain."], background="small")
    (sent,) = big.requests
    text = sent.messages[-1].text
    assert "<background>\nThe banks of a river are its sides.\n</background>" in text
    assert "12 m" not in text
    assert "Cats" not in text
    (made,) = deliberation(result).backgrounds
    assert [(one.text, one.why) for one in made.dropped] == [
        ("The river rises by 12 m.", "nothing supports 12 m"), ("Cats purr.", "it is not to the point")
    ]  # fmt: skip
    end = next(event for event in events if isinstance(event, StepFinished))
    assert end.outputs["deliberation"]["backgrounds"] == [made.model_dump(mode="json")]
    assert any("1 sentences kept, 2 dropped ('The river rises by 12 m.'" in one for one in result.assumptions)
    assert [event.model for event in events if isinstance(event, ModelCalled)] == ["scripted", "scripted"]
    assert result.usage.model_calls == 2


@pytest.mark.parametrize(
    "small", [[ModelUnreachable("small is down")], ["Cats purr."], [""]], ids=["down", "off", "mute"]
)
def test_without_a_background_that_stands_the_question_is_asked_as_it_is(home: Path, small: Any) -> None:
    result, big, _ = helped(home, small, ["For the rain."], background="small")
    assert [request.messages[-1].text for request in big.requests] == [ASKED]
    assert result.status == "answered"
    said = (*result.warnings, *result.assumptions)
    assert any("without background" in one or "0 sentences kept" in one for one in said)


OFFERS = {
    "candidates": [
        {"answer": "For the wind.", "confidence": 0.2},
        {"answer": "For the rain.", "confidence": 0.9},
        {"answer": "for the rain", "confidence": 0.1},
    ]
}


def test_candidates_are_ranked_each_once_and_the_other_expert_chooses(home: Path) -> None:
    result, big, _ = helped(home, [OFFERS], [{"choice": "1"}], candidates="small")
    (sent,) = big.requests
    assert sent.schema is not None
    assert sent.schema["properties"]["choice"]["enum"] == ["1", "2", "none"]
    (choice,) = deliberation(result).choices
    assert [(one.answer, one.confidence) for one in choice.offered] == [("For the rain.", 0.9), ("For the wind.", 0.2)]
    assert (choice.chosen, result.replies[0].text) == (1, "For the rain.")
    assert result.answer_text == "big (a language model, in words that small offered): For the rain."


@pytest.mark.parametrize(
    ("small", "big", "warning"),
    [
        ([OFFERS], [{"choice": "none"}, "For the snow."], ""),
        ([OFFERS], ["Certainly!", "Certainly!", "For the snow."], "chose none of the candidates"),
        ([BadReply("what?")], ["For the snow."], "small offered no candidates: what?"),
        ([{"candidates": []}], ["For the snow."], ""),
    ],
    ids=["none", "out of form", "no offer", "empty"],
)
def test_where_none_is_taken_the_expert_answers_itself(home: Path, small: Any, big: Any, warning: str) -> None:
    result, model, _ = helped(home, small, big, candidates="small")
    assert result.replies[0].text == "For the snow."
    assert model.requests[-1].messages[-1].text == ASKED
    assert any(warning in one for one in result.warnings) or not warning


def test_numbers_of_candidates_and_background_are_a_models_numbers(home: Path) -> None:
    offers = {"candidates": [{"answer": "Since 12 m of rain fall.", "confidence": 0.5}]}
    result, _, _ = helped(home, [offers], [{"choice": "1"}], candidates="small")
    assert result.quantities == ()
    assert any("neither computed nor cited: 12" in one for one in result.warnings)


def test_members_of_a_panel_have_their_helpers_too(home: Path) -> None:
    def small(request: Request) -> Any:
        return (
            "The banks of a river are its sides."
            if "Write background" in request.messages[-1].text
            else "For the rain."
        )

    result, big, _ = helped(home, small, ["For the rain."], {"size": 2}, background="small")
    assert "<background>" in big.requests[0].messages[-1].text
    assert panel_of(result).for_it == ("big", "small")
    assert [one.reader for one in deliberation(result).backgrounds] == ["big"]


@pytest.mark.parametrize("helper", ["big", "nobody"])
@pytest.mark.parametrize("how", ["background", "candidates"])
def test_a_helper_that_cannot_be_is_refused_by_name(home: Path, helper: str, how: str) -> None:
    experts = {"big": ExpertSettings("Knows.", model="big", **{how: helper})}  # type: ignore[arg-type]  # names of helpers
    made, _ = assistant(home, {"big": ["yes"]}, experts=experts)
    with pytest.raises(UsageError, match=f"experts.big.{how} is '{helper}'"):
        _ = made.registry


def test_without_a_helper_nothing_of_it_is_there(home: Path) -> None:
    made, models = assistant(home, {"a": ["6400 km."], "b": ["6400 km."]})
    result = made.ask_sync(QUESTION)
    assert deliberation(result) is None
    assert len(models["b"].requests) == 0
