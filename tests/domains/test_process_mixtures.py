"""Compositions recognised in a text."""

from __future__ import annotations

import pytest

from collegia.domains.process_engineering.kinds.separation import mass_mixture, mixture
from collegia.domains.process_engineering.mixtures import read_compositions

PAIR = (("benzene", 0.5), ("toluene", 0.5))
LIGHT = (("propane", 0.3), ("butane", 0.4), ("pentane", 0.3))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Flash an equimolar benzene/toluene feed at 95 °C", PAIR),
        ("a benzene/toluene feed, equimolar, 368 K", PAIR),
        ("Feed 200 kmol/h: 30% propane, 40% n-butane, 30% n-pentane (mol). It is flashed", LIGHT),
        ("propane (30 mol%), n-butane (40 mol%) and n-pentane (30 mol%)", LIGHT),
        ("propane/n-butane/n-pentane 30/40/30 at 6 bar", LIGHT),
        ("z = 0.3 propane, 0.4 n-butane, 0.3 n-pentane", LIGHT),
        ("50/50 mol% benzene-toluene at 1 atm", PAIR),
        ("a mixture of 60 mol% benzene and 40 mol% toluene at 1 atm", (("benzene", 0.6), ("toluene", 0.4))),
        ("benzene (0.6) toluene (0.4), dew point?", (("benzene", 0.6), ("toluene", 0.4))),
        ("40 mol% benzene in toluene", (("benzene", 0.4), ("toluene", 0.6))),
        ("60 mol% benzene, balance toluene", (("benzene", 0.6), ("toluene", 0.4))),
        ("30 % propane and the rest n-butane", (("propane", 0.3), ("butane", 0.7))),
        ("a benzene-toluene mixture containing 40 mol% toluene", (("benzene", 0.6), ("toluene", 0.4))),
        ("n-hexane (x = 0.4), n-heptane (x = 0.6)", (("hexane", 0.4), ("heptane", 0.6))),
        ("benzene and toluene (50 mol% each)", PAIR),
        ("0.5 mole fraction benzene in toluene", PAIR),
        ("33% propane, 33% butane, 34% 1-hexanol", (("propane", 0.33), ("butane", 0.33), ("1-hexanol", 0.34))),
    ],
)
def test_a_composition_is_read(text: str, parts: tuple[tuple[str, float], ...]) -> None:
    found = read_compositions(text)
    assert len(found) == 1
    assert [name for name, _ in found[0].parts] == [name for name, _ in parts]
    assert [share for _, share in found[0].parts] == pytest.approx([share for _, share in parts])
    assert not found[0].by_mass


@pytest.mark.parametrize(
    "text",
    [
        "25 °C, 5 bar and 70 % efficiency",
        "30 t/h of water is heated from 20 to 80 °C",
        "50 mm bore in a 100 mm pipe, water (998 kg/m3, 1 cP), differential 25 kPa",
        "a benzene/toluene column, feed 100 kmol/h, recover 95% of benzene",
        "30% propane, 40% butane",
        "20 vol% benzene and 80 vol% toluene",
        "20 bar propane, 80 bar butane",
        "",
    ],
)
def test_what_is_no_composition_is_left_alone(text: str) -> None:
    assert read_compositions(text) == ()


def test_a_composition_by_mass_is_kept_apart() -> None:
    assert mixture.find is not None
    assert mass_mixture.find is not None
    text = "40 wt% ethanol in water"
    assert list(mixture.find(text)) == []
    assert [found.value for found in mass_mixture.find(text)] == [(("ethanol", 0.4), ("water", 0.6))]


def test_the_span_covers_the_composition_and_no_more() -> None:
    text = "Flash 30% propane, 40% n-butane, 30% n-pentane (mol). It is hot."
    found = read_compositions(text)[0]
    assert text[found.start : found.end] == "30% propane, 40% n-butane, 30% n-pentane (mol)"


def test_rounded_thirds_are_brought_to_one() -> None:
    found = read_compositions("33% propane, 33% butane, 33% pentane")[0]
    assert sum(share for _, share in found.parts) == pytest.approx(1.0, abs=1e-12)
