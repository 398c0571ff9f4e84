"""astropy, set to work without a network: no downloads, built-in ephemerides."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from collegia.errors import NoData

__all__ = ["cosmology_named", "far_years", "offline", "sky_coordinates"]


@lru_cache(maxsize=1)
def offline() -> None:
    """Turn every download of astropy off (once).

    Earth rotation comes from the tables installed with astropy; outside them UT1 is taken as UTC, which experts that
    depend on it say aloud.
    """
    from astropy.coordinates import solar_system_ephemeris
    from astropy.utils import data, iers

    iers.conf.auto_download = False
    iers.conf.auto_max_age = None
    iers.conf.iers_degraded_accuracy = "ignore"
    data.conf.allow_internet = False
    solar_system_ephemeris.set("builtin")


@contextmanager
def far_years() -> Iterator[None]:
    """Let years pass for which Earth's rotation is not known yet; who uses it warns in the answer instead."""
    from astropy.utils.exceptions import AstropyWarning
    from erfa import ErfaWarning

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*dubious year.*", category=ErfaWarning)
        warnings.filterwarnings("ignore", message="Tried to get polar motions", category=AstropyWarning)
        yield


def cosmology_named(model: str) -> Any:
    """The cosmology of that name (`Planck18`).

    Raises:
        NoData: astropy has no such model.
    """
    import astropy.cosmology

    if model not in astropy.cosmology.available:
        raise NoData(f"there is no cosmology {model!r}; there are {', '.join(sorted(astropy.cosmology.available))}")
    return getattr(astropy.cosmology, model)


def sky_coordinates(position: tuple[float, float]) -> Any:
    """An ICRS position from right ascension and declination in degrees."""
    from astropy.coordinates import SkyCoord

    offline()
    return SkyCoord(ra=position[0], dec=position[1], unit="deg", frame="icrs")
