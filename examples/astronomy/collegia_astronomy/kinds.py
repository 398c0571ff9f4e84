"""Kinds of astronomy, with the words people say for them."""

from __future__ import annotations

from collegia.tools import Kind
from collegia.tools import common as k
from collegia_astronomy import constants
from collegia_astronomy.names import BODIES, STARS, find_bodies, find_stars
from collegia_astronomy.notation import find_geographic_positions, find_sky_positions, in_solar_units
from collegia_astronomy.times import find_times

__all__ = [
    "absolute_magnitude", "airmass", "altitude", "angular_diameter_distance", "angular_separation", "angular_size",
    "apparent_magnitude", "azimuth", "body", "central_mass", "comoving_distance", "constellation", "cosmology",
    "declination", "distance", "distance_modulus", "ecliptic_coordinates", "ecliptic_latitude", "ecliptic_longitude",
    "equatorial_coordinates", "flux_ratio", "galactic_coordinates", "galactic_latitude", "galactic_longitude",
    "geographic_position", "julian_date", "linear_size", "lookback_time", "luminosity", "luminosity_distance",
    "modified_julian_date", "orbital_period", "orbital_speed", "parallax", "peak_wavelength", "received_flux",
    "redshift", "right_ascension", "semi_major_axis", "sky_position", "star", "stellar_radius", "surface_flux",
    "temperature", "utc_time", "zenith_angle",
]  # fmt: skip

star = Kind("star", None, names=("star",), words=STARS, find=find_stars, subject=True)
body = Kind(
    "solar_system_body", None, names=("body of the solar system",), words=BODIES, find=find_bodies, subject=True
)
utc_time = Kind(
    "utc_time", None, names=("date and time in UTC", "UTC time", "calendar date", "date and time"), find=find_times
)
geographic_position = Kind(
    "geographic_position", None,
    names=("latitude and longitude", "geographic position", "observing site", "observer's position"),
    find=find_geographic_positions,
)  # fmt: skip
sky_position = Kind(
    "sky_position", None,
    names=("position on the sky", "sky position", "position (right ascension and declination)"),
    find=find_sky_positions,
)  # fmt: skip
cosmology = Kind(
    "cosmology", None, names=("cosmology", "cosmological model"),
    words={"Planck18": "Planck18", "Planck 18": "Planck18", "Planck 2018": "Planck18", "Planck2018": "Planck18",
           "Planck15": "Planck15", "Planck 15": "Planck15", "Planck 2015": "Planck15", "Planck2015": "Planck15",
           "Planck13": "Planck13", "Planck 2013": "Planck13", "WMAP9": "WMAP9", "WMAP7": "WMAP7", "WMAP5": "WMAP5"},
)  # fmt: skip
constellation = Kind("constellation", None, names=("constellation",))

redshift = Kind("redshift", "", names=("redshift", "cosmological redshift", "z"))
distance = Kind(
    "distance", "m",
    names=("distance", "how far", "how far away", "how distant", "how remote", "distance from Earth",
           "distance from us"),
    hints=("away", "distant"), show=("parsec",),
)  # fmt: skip
luminosity_distance = Kind(
    "luminosity_distance", "m", names=("luminosity distance", "DL", "D_L", "d_L"), show=("megaparsec",)
)
angular_diameter_distance = Kind(
    "angular_diameter_distance", "m",
    names=("angular diameter distance", "angular-diameter distance", "angular size distance", "DA", "D_A", "d_A"),
    show=("megaparsec",),
)  # fmt: skip
comoving_distance = Kind(
    "comoving_distance", "m",
    names=("comoving distance", "co-moving distance", "proper distance", "how far", "how far away", "how distant",
           "how remote"),
    show=("megaparsec",),
)  # fmt: skip
lookback_time = Kind(
    "lookback_time", "s",
    names=("lookback time", "look-back time", "light travel time", "light-travel time", "how long ago",
           "how long has the light", "how long has its light", "travel time of the light"),
    show=("gigayear",),
)  # fmt: skip

parallax = Kind(
    "parallax", "arcsecond", names=("parallax", "annual parallax", "trigonometric parallax", "stellar parallax"),
    show=("milliarcsecond",),
)  # fmt: skip
distance_modulus = Kind("distance_modulus", "", names=("distance modulus", "mu", "μ", "m-M"))
apparent_magnitude = Kind(
    "apparent_magnitude", "",
    names=("apparent magnitude", "apparent visual magnitude", "visual magnitude", "V magnitude",
           "apparent V magnitude", "V-band magnitude", "how bright"),
)  # fmt: skip
absolute_magnitude = Kind(
    "absolute_magnitude", "",
    names=("absolute magnitude", "absolute visual magnitude", "absolute V magnitude", "intrinsic magnitude",
           "peak absolute magnitude"),
)  # fmt: skip
flux_ratio = Kind(
    "flux_ratio", "",
    names=("flux ratio", "brightness ratio", "ratio of fluxes", "ratio of their fluxes", "ratio of brightness",
           "how many times brighter", "how much brighter", "how many times fainter"),
)  # fmt: skip

angular_separation = Kind(
    "angular_separation", "radian",
    names=("angular separation", "separation", "angular distance", "how far apart", "how far apart on the sky",
           "how widely separated", "angle between", "distance on the sky", "separation on the sky", "sky separation",
           "angle from"),
    hints=("apart", "separated"), show=("degree",),
)  # fmt: skip
right_ascension = Kind("right_ascension", "degree", names=("right ascension", "RA"), show=("degree",))
declination = Kind("declination", "degree", names=("declination", "Dec"), show=("degree",))
equatorial_coordinates = Kind(
    "equatorial_coordinates", None,
    names=("right ascension and declination", "RA and Dec", "RA and declination", "equatorial coordinates",
           "J2000 coordinates", "coordinates", "where on the sky"),
)  # fmt: skip
galactic_coordinates = Kind(
    "galactic_coordinates", None,
    names=("galactic coordinates", "galactic l and b", "galactic position"),
)  # fmt: skip
galactic_longitude = Kind("galactic_longitude", "degree", names=("galactic longitude",), show=("degree",))
galactic_latitude = Kind("galactic_latitude", "degree", names=("galactic latitude",), show=("degree",))
ecliptic_coordinates = Kind(
    "ecliptic_coordinates", None,
    names=("ecliptic coordinates", "ecliptic position"),
)  # fmt: skip
ecliptic_longitude = Kind("ecliptic_longitude", "degree", names=("ecliptic longitude",), show=("degree",))
ecliptic_latitude = Kind("ecliptic_latitude", "degree", names=("ecliptic latitude",), show=("degree",))

altitude = Kind(
    "altitude", "degree",
    names=("altitude", "altitude angle", "elevation angle", "elevation above the horizon", "height above the horizon",
           "angle above the horizon", "altitude above the horizon", "how high"),
    show=("degree",),
)  # fmt: skip
azimuth = Kind("azimuth", "degree", names=("azimuth", "azimuth angle", "compass bearing"), show=("degree",))
zenith_angle = Kind(
    "zenith_angle", "degree", names=("zenith angle", "zenith distance", "angle from the zenith"), show=("degree",)
)
airmass = Kind(
    "airmass", "",
    names=("airmass", "air mass", "relative airmass", "relative air mass", "sec z", "sec(z)", "airmass sec z",
           "relative airmass sec z", "air mass sec z", "relative air mass sec z"),
)  # fmt: skip
julian_date = Kind("julian_date", "", names=("Julian date", "Julian day", "Julian day number", "JD"))
modified_julian_date = Kind("modified_julian_date", "", names=("modified Julian date", "modified Julian day", "MJD"))

semi_major_axis = Kind(
    "semi_major_axis", "m",
    names=("semi-major axis", "semimajor axis", "semi major axis", "mean distance from the Sun", "orbital radius",
           "orbit radius", "mean orbital radius", "size of the orbit"),
    hints=("orbit", "orbits", "orbiting", "from the Sun", "from its star"), show=("astronomical_unit",),
)  # fmt: skip
orbital_period = Kind(
    "orbital_period", "s",
    names=("orbital period", "period", "period of revolution", "sidereal period", "period of the orbit",
           "how long is its year", "time per orbit"),
    hints=("orbit", "orbits", "orbiting", "revolution"), show=("year",),
)  # fmt: skip
central_mass = Kind(
    "central_mass", "kg",
    names=("mass of the central body", "central mass", "mass of the central star", "mass of its star",
           "mass of the star", "stellar mass", "host star mass", "mass of its host", "mass of the planet",
           "mass of the primary"),
    hints=("star", "around", "orbiting"), parent=k.mass, find=in_solar_units("mass(?:es)?",
           "M", constants.SOLAR_MASS),
)  # fmt: skip
orbital_speed = Kind(
    "orbital_speed", "m/s",
    names=("mean orbital speed", "orbital speed", "mean orbital velocity", "orbital velocity",
           "average orbital speed", "speed in its orbit", "speed in orbit", "speed along its orbit",
           "how fast does it orbit", "circular velocity"),
    show=("km/s",),
)  # fmt: skip
angular_size = Kind(
    "angular_size", "radian",
    names=("angular size", "angular diameter", "angular extent", "apparent size", "apparent diameter",
           "angle subtended", "how large on the sky", "how big on the sky", "angular width"),
    hints=("across", "wide"), show=("arcsecond",),
)  # fmt: skip
linear_size = Kind(
    "linear_size", "m",
    names=("physical size", "linear size", "true size", "actual size", "physical diameter", "linear diameter",
           "true diameter", "physical extent", "size of the galaxy", "size of a galaxy", "how large is the galaxy",
           "how large is a galaxy", "how big is the galaxy", "how big is a galaxy"),
    hints=("across", "wide"), parent=k.diameter, show=("parsec",),
)  # fmt: skip

temperature = Kind(
    "effective_temperature", "K",
    names=("effective temperature", "surface temperature", "black-body temperature", "blackbody temperature",
           "black body temperature", "photospheric temperature"),
    hints=("star", "black body", "blackbody", "photosphere", "spectrum"),
    parent=k.temperature, scale="point", show=("K",),
)  # fmt: skip
peak_wavelength = Kind(
    "peak_wavelength", "m",
    names=("peak wavelength", "wavelength of peak emission", "wavelength of maximum emission",
           "wavelength of the peak", "wavelength of the maximum", "Wien peak", "peak of the spectrum",
           "what wavelength", "which wavelength", "wavelength", "peaks at"),
    show=("nanometer",),
)  # fmt: skip
stellar_radius = Kind(
    "stellar_radius", "m", names=("radius", "stellar radius", "radius of the star", "star radius"),
    find=in_solar_units("radi(?:i|us)", "R", constants.SOLAR_RADIUS), show=("km",),
)  # fmt: skip
luminosity = Kind(
    "luminosity", "W",
    names=("luminosity", "bolometric luminosity", "total luminosity", "radiated power", "power radiated",
           "total radiated power", "total power radiated", "power output", "energy output"),
    find=in_solar_units("luminosit(?:y|ies)", "L", constants.SOLAR_LUMINOSITY), show=("watt",),
)  # fmt: skip
surface_flux = Kind(
    "surface_flux", "W/m**2",
    names=("surface flux", "flux at the surface", "flux at its surface", "radiant exitance", "exitance",
           "emitted flux", "radiated flux", "emissive power", "flux per unit area", "power per unit area",
           "radiate per unit area", "flux"),
    show=("W/m**2",),
)  # fmt: skip
received_flux = Kind(
    "received_flux", "W/m**2",
    names=("received flux", "flux received", "flux at Earth", "observed flux", "flux do we receive", "apparent flux",
           "irradiance"),
    show=("W/m**2",),
)  # fmt: skip
