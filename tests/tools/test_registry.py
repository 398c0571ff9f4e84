"""The door that every domain comes through: three grains, checked on load, refused with the reason."""

from __future__ import annotations

import importlib
import sys
from typing import Annotated

import pytest

from collegia.errors import DomainRefused
from collegia.tools import Domain, Kind, common
from collegia.tools.registry import Registry, installed, load_domain

GOOD = """
from typing import Annotated
from collegia.tools import Domain

def NAME_blim(wide: Annotated[float, "m"]) -> Annotated[float, "m"]:
    "Blim."
    return wide

def domain():
    return Domain("NAME", "a toy", (NAME_blim,))
"""


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a distribution on the import path whose entry point names a module of the given text."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def put(name: str, text: str, point: str = "", distribution: str = "") -> None:
        module = f"toy_{distribution or name}_{tmp_path.name}".replace("-", "_")
        (tmp_path / f"{module}.py").write_text(text)
        info = tmp_path / f"{distribution or 'toy_' + name}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution or 'toy-' + name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[collegia.domains]\n{name} = {module}:{point or 'domain'}\n")
        importlib.invalidate_caches()

    return put


def test_names_are_listed_and_nothing_is_imported(install):
    install("grum", "raise RuntimeError('imported')")
    assert "grum" in installed()
    assert not any(name.startswith("toy_grum") for name in sys.modules)


def test_an_installed_domain_is_loaded_by_name(install):
    install("grum", GOOD.replace("NAME", "grum"))
    domain = load_domain("grum")
    assert domain.title == "a toy"


def test_a_domain_that_is_an_object_rather_than_a_function_is_taken(install):
    install("grum", GOOD.replace("NAME", "grum") + "\nready = domain()\n", point="ready")
    assert load_domain("grum").name == "grum"


def test_environment_narrows_what_is_installed(install, monkeypatch):
    install("grum", GOOD.replace("NAME", "grum"))
    install("flob", GOOD.replace("NAME", "flob"))
    monkeypatch.setenv("COLLEGIA_DOMAINS", "flob, ")
    assert installed() == ("flob",)
    monkeypatch.setenv("COLLEGIA_DOMAINS", "")
    assert installed() == ()


def test_the_built_in_domains_come_through_the_same_door(monkeypatch):
    monkeypatch.delenv("COLLEGIA_DOMAINS", raising=False)
    assert {"arithmetic", "process_engineering"} <= set(installed())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("raise ValueError('no luck')", "ValueError: no luck"),
        ("import nothing_of_that_name", "nothing_of_that_name"),
        ("def domain(): return 7", "gave int, not a collegia.tools.Domain"),
        ("other = 1", "AttributeError"),
        ("raise SystemExit(3)", "SystemExit"),
        (GOOD.replace("NAME", "else_named"), "calls itself 'else_named'"),
    ],
)
def test_a_domain_that_does_not_load_is_refused_with_the_reason(install, text, said):
    install("grum", text)
    with pytest.raises(DomainRefused, match="grum") as raised:
        load_domain("grum")
    assert said in str(raised.value)


def test_a_domain_that_is_not_installed_is_refused_with_those_that_are():
    with pytest.raises(DomainRefused, match=r"'nix' is not installed; installed are: .*arithmetic"):
        load_domain("nix")


def test_one_refused_domain_does_not_keep_the_others_out(install):
    install("grum", "raise ValueError('no luck')")
    install("flob", GOOD.replace("NAME", "flob"))
    registry = Registry.load(["grum", "flob"])
    assert set(registry.domains) == {"flob"}
    assert set(registry.refused) == {"grum"}
    assert "no luck" in registry.refused["grum"]


def test_two_distributions_that_offer_one_name_are_both_named(install):
    install("grum", GOOD.replace("NAME", "grum"), distribution="first")
    install("grum", GOOD.replace("NAME", "grum"), distribution="second")
    with pytest.raises(DomainRefused, match=r"toy_first_.*toy_second_"):
        load_domain("grum")


def blim(wide: Annotated[float, "m"]) -> Annotated[float, "m"]:
    """Blim."""
    return wide


def test_two_domains_with_one_expert_name_leave_the_first_and_refuse_the_second():
    registry = Registry()
    registry.add(Domain("first", "", (blim,)))
    with pytest.raises(DomainRefused, match=r"domain 'second'.*'blim' is already in domain 'first'"):
        registry.add(Domain("second", "", (blim,)))
    assert registry.experts["blim"].card.domain == "first"
    assert set(registry.domains) == {"first"}


def test_one_domain_with_one_expert_name_twice_is_refused():
    with pytest.raises(DomainRefused, match="two experts are named 'blim'"):
        Registry().add(Domain("first", "", (blim, blim)))


def test_a_domain_name_that_is_taken_is_refused():
    registry = Registry()
    registry.add(Domain("first", "", (blim,)))
    with pytest.raises(DomainRefused, match="'first' is loaded already"):
        registry.add(Domain("first", "", ()))


def test_a_refused_domain_leaves_nothing_behind():
    def undocumented(wide: Annotated[float, "m"]) -> Annotated[float, "m"]:
        return wide

    registry = Registry()
    with pytest.raises(DomainRefused, match="the docstring is missing"):
        registry.add(Domain("first", "", (blim, undocumented)))
    assert (registry.domains, registry.experts, registry.kinds) == ({}, {}, {})


def test_a_kind_with_an_unknown_unit_is_refused():
    with pytest.raises(DomainRefused, match=r"kind 'odd'.*flurb"):
        Registry().add(Domain("first", "", (), kinds=(Kind("odd", "flurb"),)))


def test_a_kind_that_two_domains_count_in_different_units_is_refused():
    registry = Registry()
    registry.add(Domain("first", "", (), kinds=(Kind("span", "m"),)))
    with pytest.raises(DomainRefused, match=r"kind 'span' has the unit 'mm' here and 'm' in another place"):
        registry.add(Domain("second", "", (), kinds=(Kind("span", "mm"),)))


def test_a_kind_that_two_experts_of_one_domain_count_in_different_units_is_refused():
    def metres(span: Annotated[float, "m"]) -> Annotated[float, "m"]:
        """Take metres."""
        return span

    def millimetres(span: Annotated[float, "mm"]) -> Annotated[float, "m"]:
        """Take millimetres under the same name: a value read for one would be wrong for the other."""
        return span

    with pytest.raises(DomainRefused, match="kind 'span'"):
        Registry().add(Domain("first", "", (metres, millimetres)))


def test_the_same_unit_written_differently_is_the_same_kind():
    def weigh(rho: Annotated[float, "kg/m3"]) -> Annotated[float, "m"]:
        """Weigh."""
        return rho

    registry = Registry()
    registry.add(Domain("first", "", (), kinds=(Kind("rho", "kg/m**3"),)))
    registry.add(Domain("second", "", (weigh,)))
    assert "weigh" in registry.experts


def test_plain_functions_become_a_domain_of_their_own():
    registry = Registry()
    registry.add_functions([blim])
    assert registry.experts["blim"].card.domain == "local"


def test_a_kind_declared_on_the_spot_takes_the_words_and_scale_of_the_known_kind_of_its_name():
    def squeeze(pressure: Annotated[float, "Pa"]) -> Annotated[float, "m"]:
        """Squeeze."""
        return pressure

    registry = Registry()
    registry.add(Domain("first", "", (), kinds=(common.pressure,)))
    registry.add_functions([squeeze])
    assert registry.experts["squeeze"].card.input("pressure").kind.scale == "point"


def test_wider_kinds_are_known_to_the_registry_too():
    wide = Kind("wide_thing", "m")
    registry = Registry()
    registry.add(Domain("first", "", (), kinds=(Kind("narrow_thing", "m", parent=wide),)))
    assert set(registry.kinds) == {"wide_thing", "narrow_thing"}


def test_every_built_in_domain_is_accepted(monkeypatch):
    monkeypatch.delenv("COLLEGIA_DOMAINS", raising=False)
    registry = Registry.load(["arithmetic", "process_engineering"])
    assert registry.refused == {}
    assert set(registry.domains) == {"arithmetic", "process_engineering"}


def test_the_built_in_domains_declare_each_kind_in_one_place():
    declared: dict[str, Kind] = {}
    twice = set()
    for name in ("arithmetic", "process_engineering"):
        domain = load_domain(name)
        ports = (port for one in domain.experts() for port in (*one.card.inputs, *one.card.outputs))
        for kind in (*(port.kind for port in ports), *domain.kinds):
            if declared.setdefault(kind.name, kind) is not kind:
                twice.add(kind.name)
    assert twice == set()
