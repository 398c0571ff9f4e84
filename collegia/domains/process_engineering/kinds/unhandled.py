"""Words that change a question, and that no expert of the domain takes into account yet: they are asked about."""

from __future__ import annotations

from collegia.tools import Kind

__all__ = ["circumference", "qualifier", "radius", "side"]

_WORDS = (
    "square duct", "square pipe", "square", "rectangular", "elliptical", "ellipse", "oval", "parallel pipes",
    "altitude", "discount", "cast iron", "elbow", "elbows", "bends", "humidity",
    "relative humidity", "polytropic", "diluted", "dilution", "bypass", "bypassed",
    "bypasses", "recycle ratio", "recycle of", "recycled", "purged", "flashed off", "flashes off",
    "boiled off", "boils off",
    "bled off", "tapped off", "drawn off", "topped up", "equal volume", "equal volumes", "spherical tank",
    "dished ends", "boiler efficiency",
)  # fmt: skip

qualifier = Kind("qualifier", None, words={word: word for word in _WORDS})
radius = Kind("radius", "m", names=("radius", "radii"))
circumference = Kind("circumference", "m", names=("circumference", "perimeter", "girth"))
side = Kind("side", "m", names=("side length", "edge length", "side"))
