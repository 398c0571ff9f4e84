"""Where a model's reply says otherwise than what was computed: the computed value stands, and both are told."""

from __future__ import annotations

import re
from collections.abc import Iterable

from collegia.agents.guard import Grounds, Value, guard
from collegia.agents.numbers import format_quantity
from collegia.agents.result import Quantity, Reply
from collegia.agents.values import is_number
from collegia.tools.quantities import find_quantities
from collegia.tools.units import same_dimension

__all__ = ["conflicts"]

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\d)[^.!?\n]*)*")


def conflicts(quantities: Iterable[Quantity], replies: Iterable[Reply]) -> list[str]:
    """What replies say of a quantity that was computed, where the value is another one.

    A sentence speaks of a quantity where it has all words of its name; its values count that have the dimension.
    """
    found = []
    for one in quantities:
        words = set(re.findall(r"\w+", one.name.casefold()))
        if not words or not is_number(one.value):
            continue
        value = Value(float(one.value), one.unit, one.uncertainty, None, one.name)
        for expert, text in (voice for reply in replies for voice in reply.voices):
            for match in _SENTENCE.finditer(text):
                sentence = match.group()
                if words <= set(re.findall(r"\w+", sentence.casefold())):
                    found += [
                        f"{expert}, a language model, says {said} for the {one.name}; computed is"
                        f" {format_quantity(one.value, one.unit)}, which stands"
                        for said in _others(sentence, value)
                    ]
    return list(dict.fromkeys(found))


def _others(sentence: str, value: Value) -> list[str]:
    """The values of a sentence that have the dimension of this one and are not it."""
    return [
        stray.text
        for stray in guard(sentence, Grounds((value,), (), ())).strays
        for said in find_quantities(stray.text)
        if said.unit is not None and same_dimension(said.unit.text, value.unit)
    ]
