"""Dialogues over a domain of another field: nothing of a conversation is a word of process engineering."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collegia import Assistant, Registry, RunStore, Session

pytest.importorskip("astropy")

AU, YEAR, DAY, PARSEC = 1.495978707e11, 365.25 * 86400.0, 86400.0, 3.0856775814913673e16
SOURCE = Path(__file__).parents[3] / "examples" / "astronomy"


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.syspath_prepend(str(SOURCE))
    from collegia_astronomy import domain

    made = Registry.load()
    if "astronomy" not in made.domains:
        made.add(domain())
    return made


@pytest.fixture
def session(registry: Registry) -> Iterator[Session]:
    assistant = Assistant(registry, store=RunStore.in_memory())
    yield assistant.session()
    assistant.close()


def called(registry: Registry, expert: str, **inputs: Any) -> float:
    """The one output of an expert, in the unit of its card."""
    return float(next(iter(registry.experts[expert].call(inputs).values.values())))


def said(session: Session, text: str) -> tuple[float, str]:
    """What is answered, and in which unit."""
    result = session.ask_sync(text)
    assert result.status == "answered", result.answer_text
    return float(result.quantities[0].value), result.quantities[0].unit


def test_an_orbit(session: Session, registry: Registry) -> None:
    def period(axis: float) -> float:
        return called(registry, "orbital_period", semi_major_axis=axis * AU)

    first = said(session, "Orbital period of an asteroid with a semi-major axis of 2.77 AU, in years?")
    assert first == (pytest.approx(period(2.77) / YEAR, rel=1e-6), "year")
    assert said(session, "and at 5.2 AU")[0] == pytest.approx(period(5.2) / YEAR, rel=1e-6)
    assert said(session, "in days") == (pytest.approx(period(5.2) / DAY, rel=1e-6), "day")
    assert session.ask_sync("double it").status == "clarify"
    assert said(session, "yes")[0] == pytest.approx(period(10.4) / DAY, rel=1e-6)


def test_a_parallax(session: Session, registry: Registry) -> None:
    near = called(registry, "parallax_distance", parallax=0.1) / PARSEC
    far = called(registry, "parallax_distance", parallax=0.05)
    assert said(session, "Distance of a star with a parallax of 0.1 arcsec, in pc?")[0] == pytest.approx(near)
    assert said(session, "half the parallax")[0] == pytest.approx(far / PARSEC)
    modulus = called(registry, "distance_modulus", distance=far)
    assert said(session, "and the distance modulus")[0] == pytest.approx(modulus)
    assert session.ask_sync("in light years").status == "clarify"  # a modulus has no such unit


def test_a_black_body(session: Session) -> None:
    warm = said(session, "Peak wavelength of a black body at 5800 K, in nm?")[0]
    cool, unit = said(session, "and 2900")
    assert (cool, unit) == (pytest.approx(2 * warm), "nanometer")
    assert said(session, "in µm") == (pytest.approx(cool / 1000), "micrometer")
