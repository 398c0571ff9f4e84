"""Replies to questions back that state no value: "yes", "no", "leave it out", or one of two that were named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from collegia.agents.reading.types import Reading

__all__ = ["About", "Reply", "apply_reply", "reply_to"]


@dataclass(frozen=True, slots=True)
class About:
    """What a question back is about.

    Attributes:
        spans: the stated values in doubt, by their places; more than one where the question is which of them holds.
        kind: the kind that the one value may be of; empty where the question is not that.
        phrase: the words that could not be followed; empty where it is a value.
    """

    spans: tuple[tuple[int, int], ...] = ()
    kind: str = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a reply settles: a value or a phrase is left out, or a value is of a kind, or is not."""

    does: Literal["leave out", "take", "refuse"]
    spans: tuple[tuple[int, int], ...] = ()
    kind: str = ""
    phrase: str = ""


_FILLING = (
    r"(?:\W|please|just|then|so|ok|okay|yes|you can|you may|it|that|this|them|the|value|word|words|out|away|simply)*"
)
_LEAVE = re.compile(rf"{_FILLING}(?:leave|ignore|drop|skip|omit|disregard|forget|remove){_FILLING}$")
_NO_MATTER = re.compile(
    r"\W*(?:it|that|this)?\s*(?:does ?n[o']t|is not|isn't|not)\s+(?:matter|needed|relevant|important|necessary)\W*$"
    r"|\W*never ?mind\W*$|\W*without (?:it|that|this)\W*$"
)
_YES = re.compile(r"\W*(?:yes|yep|yeah|y|right|correct|exactly|indeed|sure|it is|that's right|yes,? it is)\W*$")
_NO = re.compile(r"\W*(?:no|nope|n|wrong|it is ?n[o']t|it is not|no,? it is(?: not|n't))\W*$")


def reply_to(answer: str, about: About | None, text: str) -> Reply | None:
    """What an answer settles without stating a value; None where it is to be read as text.

    Args:
        answer: as the user wrote it.
        about: what the question back was about.
        text: the question and the answers so far, in which the spans lie.
    """
    if about is None:
        return None
    said = " ".join(answer.lower().replace("’", "'").split())
    named = [text[start:end].lower() for start, end in about.spans]
    if len(about.spans) > 1:
        others = [span for span, name in zip(about.spans, named, strict=True) if name != said.strip(" .!")]
        return Reply("leave out", tuple(others)) if len(others) == len(named) - 1 else None
    for name in (*named, about.phrase.lower()):
        said = said.replace(name, "it") if name else said
    if _LEAVE.match(said) or _NO_MATTER.match(said):
        return Reply("leave out", about.spans, phrase=about.phrase)
    if about.kind and _YES.match(said):
        return Reply("take", about.spans, about.kind)
    if about.kind and _NO.match(said):
        return Reply("refuse", about.spans, about.kind)
    return None


def apply_reply(reading: Reading, reply: Reply) -> None:
    """Bring a reading to what a reply settled, in place."""
    if reply.phrase:
        reading.loose = tuple(phrase for phrase in reading.loose if phrase != reply.phrase)
        reading.settled.append(f"{reply.phrase!r} was left out, as was answered")
    for said in reading.said:
        if (said.start, said.end) not in reply.spans:
            continue
        if reply.does == "take":
            said.kinds, said.named = {reply.kind: 0.0}, True
        elif reply.does == "refuse":
            said.kinds.pop(reply.kind, None)
        else:
            said.kinds, said.left_out = {}, True
            for thing in reading.subjects:
                if said.measure is None and said.first in thing.places:
                    thing.kind, thing.value, thing.question = "", None, ""
    if reply.does == "leave out" and reply.spans:
        out = dict.fromkeys(
            said.text for said in reading.said if said.left_out and (said.start, said.end) in reply.spans
        )
        reading.settled.extend(f"{text!r} was left out, as was answered" for text in out)
        reading.misfits[:] = [misfit for misfit in reading.misfits if misfit.text not in out]
