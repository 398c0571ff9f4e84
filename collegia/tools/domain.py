"""Domains: an installable bundle of experts and the words they are asked by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from collegia.settings import ExpertSettings
from collegia.tools.expert import Expert, expert_of
from collegia.tools.kinds import Kind

__all__ = ["Domain", "Side"]


@dataclass(frozen=True)
class Side:
    """Words by which a question says which thing fills a slot: `Side("hot", ("hot side", "hot stream"))`.

    `falling` says that a pair of values from high to low marks this side, False that a rising pair does, None that
    pairs say nothing.
    """

    slot: str
    words: tuple[str, ...]
    falling: bool | None = None


@dataclass(frozen=True)
class Domain:
    """What an installed domain offers.

    Attributes:
        name: in snake_case; the entry point has the same name.
        title: for people.
        functions: the expert functions.
        kinds: kinds beyond those of the experts' ports (wider kinds, kinds that are only said).
        sides: words for the slots of experts that join several things.
        start: words that mark a value as the state before ("inlet", "suction", "upstream").
        end: words that mark it as the state after ("outlet", "discharge", "downstream").
        implies: phrases that state values of kinds, in the kinds' units:
            `{"open tank": {"surface_pressure": 101325.0}}`.
        scope: a phrase saying what may be asked, shown when a question lies outside.
        ask: example questions that work with what is installed.
        handbook: a folder of Markdown files that the domain ships; each file is a document, named by its stem.
        models: model experts by name; each is there where the model that it names is set, and settings of its name go
            before it.
    """

    name: str
    title: str
    functions: tuple[Callable[..., Any], ...]
    kinds: tuple[Kind, ...] = ()
    sides: tuple[Side, ...] = ()
    start: tuple[str, ...] = ()
    end: tuple[str, ...] = ()
    implies: Mapping[str, Mapping[str, float | str]] = field(default_factory=dict)
    scope: str = ""
    ask: tuple[str, ...] = ()
    handbook: Path | None = None
    models: Mapping[str, ExpertSettings] = field(default_factory=dict)

    def experts(self) -> tuple[Expert, ...]:
        """The experts, their cards derived.

        Raises:
            ContractError: a function does not keep the contract.
        """
        return tuple(expert_of(function, self.name) for function in self.functions)

    def all_kinds(self, experts: Iterable[Expert] | None = None) -> tuple[Kind, ...]:
        """Every kind of its ports and its own, wider kinds included, each once.

        Args:
            experts: what `experts` gave, where that is at hand; deriving cards takes time.

        Raises:
            ContractError: as `experts` does.
        """
        found: dict[str, Kind] = {}
        for expert in self.experts() if experts is None else experts:
            for port in (*expert.card.inputs, *expert.card.outputs):
                found.setdefault(port.kind.name, port.kind)
        for kind in self.kinds:
            found.setdefault(kind.name, kind)
        for kind in list(found.values()):
            upper = kind.parent
            while upper is not None:
                found.setdefault(upper.name, upper)
                upper = upper.parent
        return tuple(found.values())
