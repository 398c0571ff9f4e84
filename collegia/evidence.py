"""Evidence: the one frozen type that says where a value or a word came from.

A leaf is something the user wrote, or a default on a card. A call points to the step that gave the value, and to the
evidence of each of its inputs; so a number can be followed back to the question without asking anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

__all__ = ["Evidence", "Origin"]

Origin = Literal[
    "question", "clarification", "remembered", "passage", "default", "call", "planner", "steps", "approval"
]


@dataclass(frozen=True)
class Evidence:
    """Where one value came from.

    Attributes:
        origin: the question, an answer to a question back, what was said on another day, a passage of a document, a
            default on a card, the call of an expert, words that a planner wrote, several calls (`inputs`), or
            what the user said as the plan was approved.
        text: what was written; for a default, what it is.
        start: first character of the span in the question, or in the document of a passage; -1 where there is none.
        end: one past the last character.
        step: the step that was called.
        expert: the expert it called.
        output: which of its outputs, with the key in brackets where the output is a mapping.
        source: the standard, paper or library behind the expert; of a passage, its document; of an
            approval, what the value stands in place of.
        inputs: the evidence of the call's inputs, in the order of its arguments.
    """

    origin: Origin
    text: str = ""
    start: int = -1
    end: int = -1
    step: str = ""
    expert: str = ""
    output: str = ""
    source: str = ""
    inputs: tuple[Evidence, ...] = ()

    def leaves(self) -> tuple[Evidence, ...]:
        """What it all rests on: each statement, default or input-less call once, in order of appearance."""
        found: dict[Evidence, None] = {}
        seen: set[int] = set()
        stack: list[Evidence] = [self]
        while stack:
            here = stack.pop()
            if id(here) in seen:
                continue
            seen.add(id(here))
            if here.inputs:
                stack.extend(reversed(here.inputs))
            else:
                found.setdefault(here)
        return tuple(found)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, without the fields that say nothing."""
        said: dict[str, Any] = {"origin": self.origin}
        for name in ("text", "step", "expert", "output", "source"):
            if value := getattr(self, name):
                said[name] = value
        if self.start >= 0:
            said["start"], said["end"] = self.start, self.end
        if self.inputs:
            said["inputs"] = [one.to_dict() for one in self.inputs]
        return said

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Evidence:
        """The inverse of `to_dict`.

        Raises:
            ValueError: an origin that is not one.
        """
        if data.get("origin") not in get_args(Origin):
            raise ValueError(f"{data.get('origin')!r} is not an origin of evidence")
        return cls(
            origin=cast("Origin", data["origin"]),
            text=data.get("text", ""),
            start=data.get("start", -1),
            end=data.get("end", -1),
            step=data.get("step", ""),
            expert=data.get("expert", ""),
            output=data.get("output", ""),
            source=data.get("source", ""),
            inputs=tuple(cls.from_dict(one) for one in data.get("inputs", ())),
        )
