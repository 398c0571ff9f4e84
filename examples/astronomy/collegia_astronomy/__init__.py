"""Observational astronomy and cosmology as a domain of Collegia."""

from __future__ import annotations

from collegia.tools import Domain
from collegia_astronomy import cosmology, magnitudes, observing, orbits, radiation, sky

__all__ = ["domain"]


def domain() -> Domain:
    """The astronomy domain, as the entry point gives it."""
    rooms = (cosmology, magnitudes, sky, observing, orbits, radiation)
    return Domain(
        name="astronomy",
        title="Observational astronomy and cosmology",
        functions=tuple(getattr(room, name) for room in rooms for name in room.__all__),
        scope="distances and redshifts, magnitudes, positions and separations on the sky, altitudes, Julian dates, "
        "orbits and black bodies",
        ask=(
            "What is the luminosity distance to a galaxy at redshift 0.5?",
            "How far apart on the sky are Sirius and Procyon?",
            "Altitude and azimuth of Jupiter at 40.4 N, 3.7 W on 2025-01-10 at 21:00 UTC?",
            "A comet has a period of 76 years. What is its semi-major axis?",
        ),
    )
