"""The registry: which domains are installed, loaded through entry points and checked as they load.

Three grains: `installed` lists names and loads nothing, `load_domain` loads exactly one and raises, `Registry.load` loads
all and goes on past those it refuses, keeping the reason. Built-in domains come through the same door as anyone's.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from collegia.errors import CollegiaError, ContractError, DomainRefused, UnitError
from collegia.tools.domain import Domain
from collegia.tools.expert import Expert
from collegia.tools.kinds import Kind
from collegia.tools.units import parse_unit

__all__ = ["GROUP", "Registry", "installed", "load_domain"]

GROUP = "collegia.domains"
_NARROW = "COLLEGIA_DOMAINS"


def _points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def installed() -> tuple[str, ...]:
    """The names of the installed domains, none of them imported. `COLLEGIA_DOMAINS=a,b` narrows them."""
    names = tuple(sorted(_points()))
    chosen = os.environ.get(_NARROW)
    if chosen is None:
        return names
    wanted = {name.strip() for name in chosen.split(",") if name.strip()}
    return tuple(name for name in names if name in wanted)


def load_domain(name: str) -> Domain:
    """Import one domain.

    Raises:
        DomainRefused: not installed, does not import, or does not keep the contract; with the reason.
    """
    point = _points().get(name)
    if point is None:
        raise DomainRefused(f"domain {name!r} is not installed; installed are: {', '.join(sorted(_points())) or 'none'}")
    try:
        loaded: Any = point.load()
        domain = loaded() if callable(loaded) else loaded
    except Exception as error:  # a third party's module may raise anything; the reason is kept, the rest goes on
        raise DomainRefused(f"domain {name!r} does not load from {point.value}: {type(error).__name__}: {error}") from error
    if not isinstance(domain, Domain):
        raise DomainRefused(f"domain {name!r}: {point.value} gave {type(domain).__name__}, not a collegia.tools.Domain")
    if domain.name != name:
        raise DomainRefused(f"domain {name!r} calls itself {domain.name!r}; the entry point must have the same name")
    return domain


@dataclass
class Registry:
    """The domains and experts that a run may use.

    Attributes:
        domains: by name.
        experts: by name, over all domains.
        kinds: by name; two domains that share a kind share its words.
        refused: what was not loaded, and why.
    """

    domains: dict[str, Domain] = field(default_factory=dict)
    experts: dict[str, Expert] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, names: Iterable[str] | None = None) -> Registry:
        """Load all installed domains, or those named; one that is refused is noted and the rest loads."""
        registry = cls()
        for name in installed() if names is None else names:
            try:
                registry.add(load_domain(name))
            except CollegiaError as error:
                registry.refused[name] = str(error)
        return registry

    def add(self, domain: Domain) -> None:
        """Add a domain whole, or not at all.

        Raises:
            DomainRefused: with the reason.
        """
        try:
            experts = domain.experts()
            kinds = domain.all_kinds()
            self._check(domain, experts, kinds)
        except ContractError as error:
            raise DomainRefused(f"domain {domain.name!r}: {error}") from error
        self.domains[domain.name] = domain
        for kind in kinds:
            self.kinds.setdefault(kind.name, kind)
        for expert in experts:
            self.experts[expert.name] = expert

    def add_functions(self, functions: Iterable[Callable[..., Any]], name: str = "local") -> None:
        """Add plain functions as a domain of their own."""
        self.add(Domain(name, "functions given by the caller", tuple(functions)))

    def _check(self, domain: Domain, experts: tuple[Expert, ...], kinds: tuple[Kind, ...]) -> None:
        seen: set[str] = set()
        for expert in experts:
            if expert.name in seen:
                raise ContractError(f"two experts are named {expert.name!r}; rename one")
            if (other := self.experts.get(expert.name)) is not None:
                raise ContractError(f"expert {expert.name!r} is already in domain {other.card.domain!r}; rename one of them")
            seen.add(expert.name)
        for kind in kinds:
            if kind.unit is not None:
                try:
                    parse_unit(kind.unit)
                except UnitError as error:
                    raise ContractError(f"kind {kind.name!r}: {error}") from error
            known = self.kinds.get(kind.name)
            if known is not None and known.unit != kind.unit:
                raise ContractError(
                    f"kind {kind.name!r} has the unit {kind.unit!r} here and {known.unit!r} in a domain already loaded; rename it"
                )


