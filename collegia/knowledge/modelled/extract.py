"""Names and relations in a passage, found by a language model and believed as far as the passage bears them out.

The model copies names and gives the number of a sentence; what it copied is looked up in the passage, and the span is
that of the sentence as we cut it. A name that does not stand there is dropped and counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from collegia.knowledge.modelled.telling import listed
from collegia.knowledge.records import Extract, Mention, Relation
from collegia.knowledge.relations import TYPES
from collegia.knowledge.text import STOP_WORDS, Span, key, sentences
from collegia.prompts import prompt
from collegia.tools.models import Message, Model, Request, ask_json

__all__ = ["MOST_NAMES", "MOST_RELATIONS", "ModelExtractor"]

MOST_NAMES = 20  # of one passage
MOST_RELATIONS = 12
_LONGEST = 80  # characters of a name
_SENTENCES = 60  # of a passage that are shown; tables of figures have more


class ModelExtractor:
    """Extraction by a language model: an `Extractor` that is awaited.

    A passage takes one call, and one more where the reply is out of form.

    Args:
        model: who reads.
        prompts: the user's own prompts.

    Attributes:
        dropped: how many names and relations were refused so far, because the passage does not bear them out.
    """

    def __init__(self, model: Model, prompts: Path | None = None) -> None:
        self.model = model
        self.dropped = 0
        self._prompts = prompts

    async def extract(self, title: str, also: tuple[str, ...], heading: str, body: str) -> Extract:
        """What is in a passage; relations have the origin "model" and the model's own confidence.

        Raises:
            ModelError: no reply, or none in form.
        """
        spans = list(sentences(body))[:_SENTENCES]
        if not spans:
            return Extract()
        about = [f"{what}: {said}" for what, said in (("title", title), ("heading", heading)) if said]
        about += [f"also called: {', '.join(also)}"] if also else []
        told = "\n\n".join(
            filter(None, (listed("about", about) if about else "", listed("passage", [one.of(body) for one in spans])))
        )
        request = Request(
            (Message("system", prompt("extractor", self._prompts)), Message("user", told)), _schema(len(spans))
        )
        reply = await ask_json(self.model, request, role="extractor", most_calls=2)
        return self._checked(reply.data, body, spans)

    def _checked(self, said: Mapping[str, Any], body: str, spans: Sequence[Span]) -> Extract:
        """What the passage bears out of what was said."""
        names: dict[str, Mention] = {}
        relations: dict[tuple[str, str, str, int], Relation] = {}
        for name in said["names"]:
            if (mention := _standing(name, body)) is None:
                self.dropped += 1
            else:
                names.setdefault(key(mention.name), mention)
        for one in said["relations"]:
            span = spans[one["sentence"] - 1]
            ends = [_standing(one[side], body, span) for side in ("subject", "object")]
            left, right = ends
            if left is None or right is None or key(left.name) == key(right.name):
                self.dropped += 1
                continue
            if not any(span.start <= end.start < span.end for end in (left, right)):
                self.dropped += 1  # a sentence that names neither does not state it
                continue
            confidence = float(one["confidence"])
            place = (key(left.name), one["relation"], key(right.name), span.start)
            if place not in relations or relations[place].confidence < confidence:
                relations[place] = Relation(
                    left.name, one["relation"], right.name, span.start, span.end, "model", confidence
                )
            for end in (left, right):
                names.setdefault(key(end.name), end)
        return Extract((), tuple(names.values()), tuple(relations.values()))


def _standing(name: str, body: str, first: Span | None = None) -> Mention | None:
    """Where a name stands in a passage, as whole words, spelt as it is there; None where it does not.

    Args:
        name: as the model copied it; line breaks are white space, and capitals may differ where nothing else fits.
        body: the passage.
        first: the sentence to look in before the others.
    """
    said = name.split()
    if not said or len(name) > _LONGEST or not key(name) or key(name) in STOP_WORDS:
        return None
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, said)) + r"(?!\w)"
    places = [first] if first is not None else []
    for flags in (re.NOFLAG, re.IGNORECASE):
        looked = re.compile(pattern, flags)
        for span in (*places, Span(0, len(body))):
            if found := looked.search(body, span.start, span.end):
                return Mention(" ".join(found.group().split()), found.start(), found.end())
    return None


def _schema(count: int) -> dict[str, Any]:
    """The form of a reply about a passage of so many sentences."""
    name = {"type": "string", "minLength": 1, "maxLength": _LONGEST}
    relation = {
        "subject": name,
        "relation": {"enum": list(TYPES)},
        "object": name,
        "sentence": {"enum": list(range(1, count + 1))},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    }
    one = {
        "type": "object", "properties": relation, "required": list(relation), "additionalProperties": False,
    }  # fmt: skip
    return {
        "type": "object",
        "properties": {
            "names": {"type": "array", "items": name, "maxItems": MOST_NAMES},
            "relations": {"type": "array", "items": one, "maxItems": MOST_RELATIONS},
        },
        "required": ["names", "relations"],
        "additionalProperties": False,
    }
