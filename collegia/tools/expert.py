"""The expert contract: a plain typed function with a docstring is an expert.

    @expert(source="White, Fluid Mechanics, eq. 6.1")
    def reynolds_number(
        density: Annotated[float, k.density, Range(gt=0)],
        velocity: Annotated[float, k.velocity, Range(gt=0)],
        diameter: Annotated[float, k.inside_diameter, Range(gt=0)],
        viscosity: Annotated[float, k.viscosity, Range(gt=0)],
    ) -> Annotated[float, k.reynolds_number]:
        '''Reynolds number of the flow in a pipe.'''
        return density * velocity * diameter / viscosity

The decorator only notes what the signature cannot say; the function stays a plain function. Numbers go in and
come out in the units of their kinds. `Annotated[float, "mm"]` declares a kind on the spot, named as the
parameter is. Several outputs are a NamedTuple with annotated fields; a field that may be None is one that the
expert cannot always give.
"""

from __future__ import annotations

import importlib.util
import inspect
import math
import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from types import NoneType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints, overload

from collegia.errors import ContractError, MissingLibrary, NoData, OutOfRange, UnitError
from collegia.tools.card import At, Card, Example, Of, Port, Range, Stated, Uncertainty
from collegia.tools.kinds import Kind, Value

__all__ = ["Expert", "Outcome", "assume", "caution", "expert", "expert_of"]

F = TypeVar("F", bound=Callable[..., Any])

_NOTES = "__collegia_expert__"


@dataclass(frozen=True)
class _Notes:
    source: str = ""
    validity: str = ""
    methods: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    requires: tuple[str, ...] = ()
    extra: str = ""
    cost: float = 1.0
    seconds: float = 0.01
    asks_first: str = ""


@overload
def expert(function: F) -> F: ...
@overload
def expert(
    *,
    source: str = "",
    validity: str = "",
    methods: Iterable[str] = (),
    examples: Iterable[Example] = (),
    requires: Iterable[str] = (),
    extra: str = "",
    cost: float = 1.0,
    seconds: float = 0.01,
    asks_first: str = "",
) -> Callable[[F], F]: ...
def expert(
    function: F | None = None,
    *,
    source: str = "",
    validity: str = "",
    methods: Iterable[str] = (),
    examples: Iterable[Example] = (),
    requires: Iterable[str] = (),
    extra: str = "",
    cost: float = 1.0,
    seconds: float = 0.01,
    asks_first: str = "",
) -> F | Callable[[F], F]:
    """Note what the signature of an expert cannot say.

    Args:
        function: the function itself, where the decorator is used bare.
        source: the standard, paper or library its numbers come from.
        validity: where it holds, in words (ranges of single inputs belong into the annotations).
        methods: phrases that name the method ("Ergun", "six-tenths rule"); a question may ask by them.
        examples: worked examples; `collegia experts test` runs them.
        requires: importable libraries it needs.
        extra: the extra of `collegia` that installs them, or a pip requirement of another distribution.
        cost: how dear a step is to the planner, beside 1 for an ordinary one.
        seconds: how long a call usually takes.
        asks_first: why a plan that calls it is to be approved before it runs ("each call costs money"); empty where it
            is simply called.
    """
    notes = _Notes(source, validity, tuple(methods), tuple(examples), tuple(requires), extra, cost, seconds, asks_first)

    def mark(marked: F) -> F:
        setattr(marked, _NOTES, notes)
        return marked

    return mark if function is None else mark(function)


@dataclass
class _Remarks:
    cautions: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)


_remarks: ContextVar[_Remarks | None] = ContextVar("collegia_remarks", default=None)


def caution(text: str) -> None:
    """Called inside an expert: add a warning to the answer."""
    if (noted := _remarks.get()) is not None:
        noted.cautions.append(text)


def assume(text: str) -> None:
    """Called inside an expert: name an assumption it made, for the answer to show."""
    if (noted := _remarks.get()) is not None:
        noted.assumptions.append(text)


@dataclass(frozen=True)
class Outcome:
    """What a call gave: values by output name, warnings and assumptions."""

    values: dict[str, Any]
    cautions: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expert:
    """A card and the function behind it.

    Attributes:
        card: what it says of itself.
        function: what is called.
        prepare: called on the event loop while the steps that come before a call run, so that what takes time can
            begin; it neither waits nor raises.
    """

    card: Card
    function: Callable[..., Any]
    prepare: Callable[[], object] | None = None

    @property
    def name(self) -> str:
        """The card's name."""
        return self.card.name

    @property
    def awaits(self) -> bool:
        """Whether it is a coroutine function: `acall` is for it then, and `call` for every other."""
        return inspect.iscoroutinefunction(self.function)

    def missing_libraries(self) -> tuple[str, ...]:
        """The libraries it needs that are not installed (looked up, not imported)."""
        return tuple(name for name in self.card.requires if not _is_installed(name))

    def call(self, arguments: dict[str, Any]) -> Outcome:
        """Call the expert, ranges checked, outputs by name.

        Raises:
            OutOfRange: an input outside its validity, or the expert's own refusal.
            MissingLibrary: with the command that installs it.
            ExpertError: whatever else the expert says.
        """
        noted = self._ready(arguments)
        token = _remarks.set(noted)
        try:
            result = self.function(**arguments)
        finally:
            _remarks.reset(token)
        return self._outcome(result, noted)

    async def acall(self, arguments: dict[str, Any]) -> Outcome:
        """`call` for an expert that is a coroutine function.

        Raises:
            as `call` does.
        """
        noted = self._ready(arguments)
        token = _remarks.set(noted)
        try:
            result = await self.function(**arguments)
        finally:
            _remarks.reset(token)
        return self._outcome(result, noted)

    def _ready(self, arguments: dict[str, Any]) -> _Remarks:
        """What is checked before the function is called; the remarks hold the warnings of ranges."""
        if lacking := self.missing_libraries():
            raise MissingLibrary(f"{self.name} needs {', '.join(lacking)}: {self.card.install}")
        noted = _Remarks()
        self._check_ranges(arguments, noted)
        return noted

    def _outcome(self, result: Any, noted: _Remarks) -> Outcome:
        values = self._by_name(result)
        for port in self.card.outputs:
            value = values[port.name]
            if value is None and not port.optional_output:
                raise NoData(f"{self.name} has no {port.kind.label} for these inputs")
            if isinstance(value, float) and math.isnan(value):
                raise NoData(f"{self.name} gave no number for {port.kind.label}")
        return Outcome(values, tuple(noted.cautions), tuple(noted.assumptions))

    def _check_ranges(self, arguments: dict[str, Any], noted: _Remarks) -> None:
        for port in self.card.inputs:
            value = arguments.get(port.name)
            if not isinstance(value, (int, float)):
                continue
            for span in port.ranges:
                if span.holds(value):
                    continue
                said = f"{port.kind.label} {value:.4g} {port.kind.unit or ''}".rstrip()
                if port.kind.unit == "K" and port.kind.scale == "point" and value <= 0:
                    raise OutOfRange(f"{port.kind.label} {value:.4g} K is below absolute zero: no such state exists")
                text = f"{said} lies outside the validity of {self.name}: it must be {span}"
                if not span.warn:
                    raise OutOfRange(text)
                noted.cautions.append(text)

    def _by_name(self, result: Any) -> dict[str, Any]:
        names = [port.name for port in self.card.outputs]
        if hasattr(result, "_asdict"):
            return dict(result._asdict())
        return {names[0]: result}


def expert_of(function: Callable[..., Any], domain: str = "") -> Expert:
    """Derive the card of a typed function.

    Raises:
        ContractError: no docstring, an argument without a unit, an unknown unit; the message names the place.
    """
    notes: _Notes = getattr(function, _NOTES, _Notes())
    name = function.__name__
    doc = inspect.getdoc(function)
    if not doc:
        raise ContractError(f"expert {name}: the docstring is missing; its first line is the purpose on the card")
    try:
        hints = get_type_hints(function, include_extras=True)
    except Exception as error:  # any fault in a third party's annotations is theirs to read
        raise ContractError(f"expert {name}: its annotations cannot be read: {error}") from error
    signature = inspect.signature(function)
    inputs = tuple(
        _input_port(name, parameter, hints.get(parameter.name)) for parameter in signature.parameters.values()
    )
    if not isinstance(notes.asks_first, str) or notes.asks_first != notes.asks_first.strip():
        raise ContractError(
            f"expert {name}: asks_first is {notes.asks_first!r}; give the reason in words, or leave it out"
        )
    if "return" not in hints:
        raise ContractError(f"expert {name}: the return annotation is missing")
    outputs = _output_ports(name, hints["return"])
    install = ""
    if notes.extra:
        own = re.fullmatch(r"[a-z]+", notes.extra)
        install = f"pip install 'collegia[{notes.extra}]'" if own else f"pip install {notes.extra}"
    card = Card(
        name=name,
        domain=domain,
        purpose=doc.splitlines()[0].strip(),
        inputs=inputs,
        outputs=outputs,
        source=notes.source,
        validity=notes.validity,
        methods=notes.methods,
        examples=notes.examples,
        requires=notes.requires,
        install=install,
        cost=notes.cost,
        seconds=notes.seconds,
        asks_first=notes.asks_first,
    )
    return Expert(card, function)


def _input_port(owner: str, parameter: inspect.Parameter, hint: Any) -> Port:
    place = f"expert {owner}: argument {parameter.name}"
    if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.POSITIONAL_ONLY):
        raise ContractError(f"{place} must be an ordinary named argument")
    port = _port(place, parameter.name, hint)
    if parameter.default is parameter.empty:
        return port
    return replace(port, required=False, default=parameter.default)


def _output_ports(owner: str, hint: Any) -> tuple[Port, ...]:
    fields = getattr(hint, "__annotations__", None) if hasattr(hint, "_fields") else None
    if fields is None:
        port = _port(f"expert {owner}: its result", owner, hint)
        return (replace(port, name=port.kind.name),)
    hints = get_type_hints(hint, include_extras=True)
    return tuple(_port(f"expert {owner}: output {name}", name, hints[name]) for name in fields)


def _port(place: str, name: str, hint: Any) -> Port:
    if get_origin(hint) is not Annotated:
        raise ContractError(f'{place} needs a kind or a unit: Annotated[float, "kg/m**3"]')
    base, *marks = get_args(hint)
    may_be_none = get_origin(base) in (Union, type(int | None)) and NoneType in get_args(base)
    kind: Kind | None = None
    port = Port(name, Kind(name, None), optional_output=may_be_none)
    for mark in marks:
        match mark:
            case Kind():
                kind = mark
            case str():
                kind = _kind_on_the_spot(place, name, mark)
            case At(when=when):
                port = replace(port, at=when)
            case Of(slot=slot):
                port = replace(port, slot=slot)
            case Stated():
                port = replace(port, stated_only=True)
            case Range():
                port = replace(port, ranges=(*port.ranges, mark))
            case Uncertainty(relative=relative):
                port = replace(port, uncertainty=relative)
            case _:
                raise ContractError(f"{place} has an annotation that means nothing here: {mark!r}")
    if kind is None:
        raise ContractError(f'{place} needs a kind or a unit: Annotated[float, "kg/m**3"]')
    keyed = get_origin(base) in (dict,) or getattr(get_origin(base), "__name__", "") == "Mapping"
    return replace(port, kind=kind, keyed=keyed)


def _kind_on_the_spot(place: str, name: str, unit: str) -> Kind:
    from collegia.tools.units import parse_unit

    try:
        read = parse_unit(unit)
    except UnitError as error:
        raise ContractError(f"{place}: {error}") from error
    spoken = name.replace("_", " ")
    return Kind(name, read.text, names=tuple(dict.fromkeys((spoken, name))))


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # of a dotted name: the package above it is missing
        return False


_PLAIN: tuple[type, ...] = (int, float, str, bool, NoneType)


def is_plain(value: Value | None) -> bool:
    """Whether a value can be stored and compared: numbers, text, None and tuples of them."""
    if isinstance(value, tuple):
        return all(is_plain(part) for part in value)  # type: ignore[arg-type]  # parts are checked one by one
    return isinstance(value, _PLAIN)
