"""The registry: which domains are installed, loaded through entry points and checked as they load.

Three grains: `installed` lists names and loads nothing, `load_domain` loads exactly one and raises, `Registry.load`
loads all and goes on past those it refuses, keeping the reason. Built-in domains come through the same door as all.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from collegia.errors import CollegiaError, ContractError, DomainRefused, UnitError
from collegia.tools.domain import Domain
from collegia.tools.expert import Expert
from collegia.tools.kinds import Kind
from collegia.tools.units import convert, parse_unit, same_dimension

__all__ = ["GENERIC", "GROUP", "Registry", "installed", "load_domain"]

GROUP = "collegia.domains"
_NARROW = "COLLEGIA_DOMAINS"

GENERIC = ("arithmetic",)
"""Domains that serve every other one, so that naming one domain does not take them away."""


def _points() -> dict[str, list[EntryPoint]]:
    """Entry points by name: one each, unless two distributions offer one name."""
    found: dict[str, list[EntryPoint]] = {}
    for point in entry_points(group=GROUP):
        same = found.setdefault(point.name, [])
        # One distribution may be seen twice (an editable install beside its build folder).
        if point.value not in (other.value for other in same):
            same.append(point)
    return found


def installed(*, narrowed: bool = True) -> tuple[str, ...]:
    """The names of the installed domains, none of them imported. `COLLEGIA_DOMAINS=a,b` narrows them, if `narrowed`."""
    names = tuple(sorted(_points()))
    chosen = os.environ.get(_NARROW) if narrowed else None
    if chosen is None:
        return names
    wanted = {name.strip() for name in chosen.split(",") if name.strip()}
    return tuple(name for name in names if name in wanted)


def load_domain(name: str) -> Domain:
    """Import one domain.

    Raises:
        DomainRefused: not installed, does not import, or does not keep the contract; with the reason.
    """
    points = _points()
    if name not in points:
        raise DomainRefused(f"domain {name!r} is not installed; installed are: {', '.join(sorted(points)) or 'none'}")
    point, *others = points[name]
    if others:
        offered = ", ".join(sorted(each.value for each in (point, *others)))
        raise DomainRefused(f"domain {name!r} is offered by several distributions: {offered}; uninstall all but one")
    try:
        loaded: Any = point.load()
        domain = loaded() if callable(loaded) else loaded
    except (Exception, SystemExit) as error:  # a third party's module may raise anything; the reason is kept
        raise DomainRefused(
            f"domain {name!r} does not load from {point.value}: {type(error).__name__}: {error}"
        ) from error
    if not isinstance(domain, Domain):
        raise DomainRefused(f"domain {name!r}: {point.value} gave {type(domain).__name__}, not a collegia.tools.Domain")
    if domain.name != name:
        raise DomainRefused(f"domain {name!r} calls itself {domain.name!r}; the entry point must have the same name")
    return domain


@dataclass(eq=False)
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
            kinds = domain.all_kinds(experts)
            self._check(domain, experts, kinds)
        except ContractError as error:
            raise DomainRefused(f"domain {domain.name!r}: {error}") from error
        self.domains[domain.name] = domain
        for kind in kinds:
            self.kinds.setdefault(kind.name, kind)
        for expert in experts:
            self.experts[expert.name] = _sharing(expert, self.kinds)

    def include(self, expert: Expert) -> None:
        """Add one expert that belongs to no domain: a knowledge store, a model.

        Raises:
            DomainRefused: its name is taken.
        """
        if expert.name in self.experts:
            raise DomainRefused(f"an expert {expert.name!r} is loaded already; rename one of them")
        for port in (*expert.card.inputs, *expert.card.outputs):
            self.kinds.setdefault(port.kind.name, port.kind)
        self.experts[expert.name] = _sharing(expert, self.kinds)

    def add_functions(self, functions: Iterable[Callable[..., Any]], name: str = "local") -> None:
        """Add plain functions as a domain of their own."""
        self.add(Domain(name, "functions given by the caller", tuple(functions)))

    def only(self, domains: Collection[str], experts: Collection[str] = ()) -> Registry:
        """The same with the experts of these domains, the generic ones, and those that belong to no domain.

        Args:
            domains: by name.
            experts: others that are kept by name, with the words of their domains.
        """
        kept = {
            name: one
            for name, one in self.experts.items()
            if name in experts or one.card.domain in (*domains, *GENERIC) or one.card.domain not in self.domains
        }
        spoken = {name for name, one in kept.items() if one.card.domain in self.domains}
        used = {*domains, *GENERIC, *(kept[name].card.domain for name in spoken)}
        made = Registry({name: one for name, one in self.domains.items() if name in used}, kept, {}, dict(self.refused))
        kinds = {
            kind.name
            for domain in made.domains.values()
            for kind in domain.all_kinds([kept[name] for name in spoken if kept[name].card.domain == domain.name])
        }
        kinds |= {port.kind.name for one in kept.values() for port in (*one.card.inputs, *one.card.outputs)}
        made.kinds = {name: one for name, one in self.kinds.items() if name in kinds}
        return made

    def _check(self, domain: Domain, experts: tuple[Expert, ...], kinds: tuple[Kind, ...]) -> None:
        if domain.name in self.domains:
            raise ContractError(f"a domain {domain.name!r} is loaded already; rename one of them")
        seen: set[str] = set()
        for expert in experts:
            if expert.name in seen:
                raise ContractError(f"two experts are named {expert.name!r}; rename one")
            if (other := self.experts.get(expert.name)) is not None:
                raise ContractError(
                    f"expert {expert.name!r} is already in domain {other.card.domain!r}; rename one of them"
                )
            seen.add(expert.name)
        known = dict(self.kinds)
        # Every port's kind is looked at, not each name once: two experts of one domain may differ as well.
        ports = (port.kind for expert in experts for port in (*expert.card.inputs, *expert.card.outputs))
        for kind in (*ports, *kinds):
            if kind.unit is not None:
                try:
                    parse_unit(kind.unit)
                except UnitError as error:
                    raise ContractError(f"kind {kind.name!r}: {error}") from error
            other_kind = known.setdefault(kind.name, kind)
            if not _one_unit(other_kind.unit, kind.unit):
                raise ContractError(
                    f"kind {kind.name!r} has the unit {kind.unit!r} here and {other_kind.unit!r} in another place; "
                    f"take the same unit or another name"
                )


def _one_unit(left: str | None, right: str | None) -> bool:
    """Whether a number means the same in both, however the units are written (`kg/m3`, `kg/m**3`)."""
    if left is None or right is None or left == right:
        return left == right
    ours, theirs = parse_unit(left).text, parse_unit(right).text
    if ours == theirs:
        return True
    return same_dimension(ours, theirs) and convert(0.0, ours, theirs) == 0.0 and convert(1.0, ours, theirs) == 1.0


def _sharing(expert: Expert, kinds: Mapping[str, Kind]) -> Expert:
    """The expert with its ports on the kinds already known by their names, so that one name has one meaning."""
    card = expert.card
    inputs = tuple(replace(port, kind=kinds[port.kind.name]) for port in card.inputs)
    outputs = tuple(replace(port, kind=kinds[port.kind.name]) for port in card.outputs)
    return replace(expert, card=replace(card, inputs=inputs, outputs=outputs))
