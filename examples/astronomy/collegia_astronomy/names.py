"""Names of stars and of bodies of the solar system."""

from __future__ import annotations

import re
from collections.abc import Iterable

from collegia.tools import Found

__all__ = ["BODIES", "STARS", "find_bodies", "find_stars"]

_CATALOGUE = (
    "Acamar", "Achernar", "Acrux", "Adara", "Adhara", "Agena", "Albereo", "Albireo", "Alcaid", "Alcor", "Alcyone",
    "Aldebaran", "Alderamin", "Alfirk", "Algenib", "Algieba", "Algol", "Alhena", "Alioth", "Alkaid", "Almach",
    "Alnair", "Alnilam", "Alnitak", "Alphard", "Alphecca", "Alpheratz", "Alshain", "Altair", "Ankaa", "Antares",
    "Arcturus", "Arkab Posterior", "Arkab Prior", "Arneb", "Atlas", "Atria", "Avior", "Bellatrix", "Betelgeuse",
    "Canopus", "Capella", "Caph", "Castor", "Cebalrai", "Deneb", "Denebola", "Diphda", "Dubhe", "Electra", "Elnath",
    "Eltanin", "Enif", "Etamin", "Fomalhaut", "Formalhaut", "Gacrux", "Gienah", "Gienah Corvi", "Hadar", "Hamal",
    "Izar", "Kaus Australis", "Kochab", "Maia", "Markab", "Megrez", "Menkalinan", "Menkar", "Menkent", "Merak",
    "Merope", "Miaplacidus", "Mimosa", "Minkar", "Mintaka", "Mirach", "Mirfak", "Mirzam", "Mizar", "Naos", "Nihal",
    "Nunki", "Peacock", "Phecda", "Polaris", "Pollux", "Procyon", "Rasalgethi", "Rasalhague", "Regulus", "Rigel",
    "Rigil Kentaurus", "Rukbat", "Sabik", "Sadalmelik", "Sadr", "Saiph", "Scheat", "Schedar", "Shaula", "Sheliak",
    "Sirius", "Sirrah", "Spica", "Suhail", "Sulafat", "Tarazed", "Taygeta", "Thuban", "Unukalhai", "Vega",
    "Vindemiatrix", "Wezen", "Zaurak", "Zubenelgenubi",
)  # fmt: skip
"""The named stars of ephem's catalogue."""

_OTHER_NAMES = {
    "Alpha Centauri": "Rigil Kentaurus", "North Star": "Polaris", "Pole Star": "Polaris", "Alpha Lyrae": "Vega",
    "Alpha Cygni": "Deneb", "Alpha Aquilae": "Altair", "Alpha Orionis": "Betelgeuse", "Beta Orionis": "Rigel",
    "Alpha Canis Majoris": "Sirius", "Alpha Bootis": "Arcturus",
}  # fmt: skip

_EVERYDAY = ("Atlas", "Castor", "Electra", "Maia", "Mimosa", "Peacock")
"""Star names that mean something else in other trades (castor oil): read only as a star is spoken of."""

STARS = {name: name for name in _CATALOGUE if name not in _EVERYDAY} | _OTHER_NAMES

BODIES = {
    "Sun": "sun", "Moon": "moon", "Venus": "venus", "Mars": "mars", "Jupiter": "jupiter", "Saturn": "saturn",
    "Uranus": "uranus", "Neptune": "neptune", "planet Mercury": "mercury",
}  # fmt: skip

_SKY = re.compile(
    r"\b(?:stars?|sky|constellations?|magnitudes?|altitude|azimuth|airmass|UTC?|RA|[Dd]eclination|Pollux|planets?|Pleiades|orbit\w*)\b"
)
_STAR_WORD = re.compile(rf"\b(?:{'|'.join(_EVERYDAY)})\b(?!\s+oil)")
_MERCURY = re.compile(r"(?<!planet )\bMercury\b")


def find_stars(text: str) -> Iterable[Found]:
    """Stars whose names are everyday words, where the text speaks of the sky."""
    if _SKY.search(text):
        for match in _STAR_WORD.finditer(text):
            yield Found(match.start(), match.end(), match.group())


def find_bodies(text: str) -> Iterable[Found]:
    """Mercury the planet, where the text speaks of the sky; anywhere else it is a metal."""
    if _SKY.search(text):
        for match in _MERCURY.finditer(text):
            yield Found(match.start(), match.end(), "mercury")
