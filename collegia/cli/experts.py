"""`collegia experts`: list, show, test, new, trust."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from collegia.cli.chosen import Chosen
from collegia.cli.completing import keep_experts
from collegia.cli.err import ANSWERED, ERROR, tell
from collegia.cli.loading import load_registry, load_settings
from collegia.cli.out import Output, data, line, rich, rows
from collegia.display import clean
from collegia.errors import UsageError
from collegia.tools.card import Port
from collegia.tools.expert import Expert
from collegia.tools.registry import Registry

__all__ = ["list_experts", "new_expert_domain", "show_expert", "test_experts", "trust_file"]


def list_experts(output: Output, domains: tuple[str, ...]) -> int:
    """List experts by domain."""
    registry = load_registry(Chosen.of(domains))
    found = sorted(registry.experts.values(), key=lambda each: (each.card.domain, each.name))
    if not domains:
        keep_experts((each.name, each.card.purpose) for each in found)
    if output is Output.text:
        _print_list(registry, found)
    else:
        rows([_summary(each) for each in found], output)
    return ANSWERED


def show_expert(name: str, output: Output) -> int:
    """Show one card."""
    one = _expert(load_registry(), name)
    if output is Output.text:
        _print_card(one)
    else:
        data(_card(one), output)
    return ANSWERED


def test_experts(name: str | None, files: tuple[Path, ...]) -> int:
    """Run the examples of one card or of all; 1 when one fails or a domain was refused."""
    from collegia.tools.examples import try_examples

    registry = load_registry(Chosen.of(files=files))
    chosen = [_expert(registry, name)] if name else sorted(registry.experts.values(), key=lambda each: each.name)
    passed = failed = skipped = 0
    for each in chosen:
        if each.missing_libraries():
            skipped += 1
            line(f"skipped  {each.name}: {each.card.install}")
            continue
        if not each.card.examples:
            line(f"none     {each.name}: its card has no example")
        for tried in try_examples(each):
            if tried.faults:
                failed += 1
                line(f"failed   {each.name}, example {tried.number}: {'; '.join(tried.faults)}")
            else:
                passed += 1
    line(f"{passed} passed, {failed} failed, {skipped} experts skipped")
    return ERROR if failed or (registry.refused and not name) else ANSWERED


def new_expert_domain(folder: Path) -> int:
    """Write the skeleton of a domain."""
    from collegia.tools.scaffold import new_domain

    for written in new_domain(folder):
        line(str(written))
    tell(f"next: pip install -e {folder} && pytest {folder}")
    return ANSWERED


def trust_file(file: Path) -> int:
    """Trust a file's present content."""
    from collegia.tools.trust import trust

    digest = trust(file, load_settings().home)
    tell(f"trusted {file}, sha256 {digest}")
    return ANSWERED


def _expert(registry: Registry, name: str) -> Expert:
    if name in registry.experts:
        return registry.experts[name]
    from difflib import get_close_matches

    near = get_close_matches(name, registry.experts, n=3)
    hint = f"; near it: {', '.join(near)}" if near else ""
    raise UsageError(f"no expert is named {name!r}{hint}; `collegia experts list` shows all")


def _summary(one: Expert) -> dict[str, Any]:
    lacking = one.missing_libraries()
    return {
        "name": one.name,
        "domain": one.card.domain,
        "purpose": one.card.purpose,
        "missing_libraries": list(lacking),
        "install": one.card.install if lacking else "",
    }


def _card(one: Expert) -> dict[str, Any]:
    card = one.card
    return {
        **_summary(one),
        "inputs": [_input(port) for port in card.inputs],
        "outputs": [_output(port) for port in card.outputs],
        "source": card.source,
        "validity": card.validity,
        "methods": list(card.methods),
        "requires": list(card.requires),
        "cost": card.cost,
        "seconds": card.seconds,
        "asks_first": card.asks_first,
        "examples": [
            {"inputs": dict(each.inputs), "outputs": dict(each.outputs), "tolerance": each.tolerance}
            for each in card.examples
        ],
    }


def _input(port: Port) -> dict[str, Any]:
    return {**_port(port), "required": port.required, "default": port.default}


def _output(port: Port) -> dict[str, Any]:
    return {**_port(port), "keyed": port.keyed, "relative_uncertainty": port.uncertainty}


def _port(port: Port) -> dict[str, Any]:
    said: dict[str, Any] = {"name": port.name, "kind": port.kind.name, "unit": port.kind.unit}
    return {**said, "at": port.at, "slot": port.slot, "range": " and ".join(map(str, port.ranges))}


def _print_list(registry: Registry, found: list[Expert]) -> None:
    from rich.table import Table
    from rich.text import Text

    for domain in sorted({*registry.domains, *(each.card.domain for each in found)}):
        title = f"{domain}: {registry.domains[domain].title}" if domain in registry.domains else domain
        table = Table(title=clean(title), title_justify="left", box=None)
        table.show_header = False
        for each in found:
            if each.card.domain != domain:
                continue
            purpose = each.card.purpose
            if lacking := each.missing_libraries():
                purpose += f" (needs {', '.join(lacking)}: {each.card.install})"
            table.add_row(Text(clean(each.name), no_wrap=True), Text(clean(purpose)))
        rich(table)


def _print_card(one: Expert) -> None:
    from rich.table import Table

    from collegia.agents.telling import port_note

    card = one.card
    line(f"{card.name} ({card.domain})")
    line(card.purpose)
    table = Table(box=None, pad_edge=False)
    for heading in ("", "name", "unit", "what", "note"):
        table.add_column(heading)
    for role, ports in (("in", card.inputs), ("out", card.outputs)):
        for port in ports:
            unit = "a name" if port.kind.unit is None else port.kind.unit or "1"
            table.add_row(role, port.name, unit, clean(port.kind.label), clean(port_note(port)))
    rich(table)
    for heading, text in (
        ("source", card.source), ("validity", card.validity), ("methods", ", ".join(card.methods)),
        ("asks first", card.asks_first), ("requires", ", ".join(card.requires)),
        ("install", card.install if one.missing_libraries() else ""),
    ):  # fmt: skip
        if text:
            line(f"{heading}: {text}")
    for number, each in enumerate(card.examples, 1):
        line(f"example {number}: {_pairs(each.inputs)} -> {_pairs(each.outputs)}")


def _pairs(values: Any) -> str:
    return ", ".join(f"{name}={value}" for name, value in values.items())
