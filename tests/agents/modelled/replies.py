"""Replies of a planner's model, written by script: honest ones, typical mistakes, and guesses."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from typing import Any

from collegia.agents.plan import Given, Plan
from collegia.agents.reading.reader import read
from collegia.tools.models import Request
from collegia.tools.quantities import fits
from collegia.tools.registry import Registry

Reply = dict[str, Any]


def forms_of(request: Request) -> dict[str, Mapping[str, Any]]:
    """The forms of the calculators that a request offers, by their names."""
    assert request.schema is not None
    items = request.schema["properties"]["steps"]["items"]
    forms = [form["properties"] for form in items.get("anyOf", [items])]
    return {form["expert"]["const"]: form for form in forms if "arguments" in form}


def question_of(request: Request) -> str:
    """The question that a request is about."""
    return request.messages[1].text.rpartition("Question: ")[2].split("\n\n")[0]


def honest(plan: Plan, request: Request) -> Reply:
    """What a good reader would reply, as far as the request offers the experts of the plan that types find."""
    offered = forms_of(request)
    steps = []
    for step in plan.steps:
        if step.expert not in offered:
            continue
        known = offered[step.expert]["arguments"]["properties"]
        words = {
            name: bound.text
            for name, bound in step.arguments.items()
            if isinstance(bound, Given) and name in known and bound.text
        }
        asked = sorted({one.source.output for one in plan.asked if one.source.step == step.id})
        steps.append({"id": step.id, "expert": step.expert, "arguments": words, "asked": asked})
    return {"steps": steps}


def _first(reply: Reply) -> Reply:
    """The first step with arguments; the first of all where none has any."""
    return next((step for step in reply["steps"] if step["arguments"]), reply["steps"][0])


def wrong_expert(reply: Reply, request: Request) -> str:
    step = _first(reply)
    forms = forms_of(request)
    name = next((other for other in forms if other != step["expert"]), step["expert"])
    output = forms[name]["asked"]["items"]["enum"][0]
    return json.dumps({"steps": [{"id": "x", "expert": name, "arguments": {}, "asked": [output]}]})


def unknown_expert(reply: Reply, _: Request) -> str:
    _first(reply)["expert"] = "oracle"
    return json.dumps(reply)


def missing_argument(reply: Reply, _: Request) -> str:
    step = _first(reply)
    step["arguments"] = dict(list(step["arguments"].items())[1:])
    return json.dumps(reply)


def _changed(reply: Reply, to: str) -> str:
    step = _first(reply)
    for name in step["arguments"]:
        step["arguments"][name] = to
        break
    return json.dumps(reply)


def wrong_unit(reply: Reply, _: Request) -> str:
    words = next(iter(_first(reply)["arguments"].values()), "1 m")
    return _changed(reply, f"{words.split()[0]} furlong")


def invented_number(reply: Reply, _: Request) -> str:
    return _changed(reply, "7.77 bar")


def swapped_arguments(reply: Reply, _: Request) -> str:
    step = _first(reply)
    names, words = list(step["arguments"]), list(step["arguments"].values())
    step["arguments"] = dict(zip(names, words[1:] + words[:1], strict=True))
    return json.dumps(reply)


def asks_for_more(reply: Reply, request: Request) -> str:
    for name, form in forms_of(request).items():
        output = form["asked"]["items"]["enum"][-1]
        reply["steps"].append({"id": f"more-{name}"[:12], "expert": name, "arguments": {}, "asked": [output]})
    return json.dumps(reply)


def repeated_call(reply: Reply, _: Request) -> str:
    return json.dumps({"steps": [{**step, "id": f"{step['id']}{n}"} for step in reply["steps"] for n in range(3)][:12]})


def fenced(reply: Reply, _: Request) -> str:
    return f"```json\n{json.dumps(reply, indent=2)}\n```\n"


def truncated(reply: Reply, _: Request) -> str:
    return json.dumps(reply)[:-15]


def thinking(reply: Reply, _: Request) -> str:
    return f'<think>The user wants {{"steps": []}} perhaps.</think>\n{json.dumps(reply)}'


def trailing_newline(reply: Reply, _: Request) -> str:
    return f"{json.dumps(reply)}\n\n"


def chatter(reply: Reply, _: Request) -> str:
    return f"Sure! Here is the plan: {json.dumps(reply)} Anything else?"


def the_answer_itself(reply: Reply, _: Request) -> str:
    return "The answer is 42 kW."


MISTAKES: tuple[Callable[[Reply, Request], str], ...] = (
    wrong_expert, unknown_expert, missing_argument, wrong_unit, invented_number, swapped_arguments, asks_for_more,
    repeated_call, fenced, truncated, thinking, trailing_newline, chatter, the_answer_itself,
)  # fmt: skip


def guess(request: Request, registry: Registry, chance: random.Random) -> Reply:
    """What a model without any sense replies under a grammar: cards and values at random, of fitting dimensions."""
    reading = read(question_of(request), registry)
    forms = forms_of(request)
    steps: list[Reply] = []
    for number in range(chance.choice([1, 1, 2]) if forms else 0):
        name = chance.choice(list(forms))
        words = {}
        for port in registry.experts[name].card.inputs:
            fitting = [one.text for one in reading.said if one.measure is not None and fits(one.measure, port.kind)]
            if fitting and chance.random() < 0.8:
                words[port.name] = chance.choice(fitting)
        outputs = forms[name]["asked"]["items"]["enum"]
        asked = [chance.choice(outputs)] if number == 0 or chance.random() < 0.5 else []
        steps.append({"id": f"s{number}", "expert": name, "arguments": words, "asked": asked})
    return {"steps": steps}
