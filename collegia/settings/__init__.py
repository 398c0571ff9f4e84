"""Settings: one frozen object, read once from a file and the environment, and overridden by arguments.

`COLLEGIA_HOME` is the folder that holds all state; the platform's data folder is the default. `collegia.toml` in it, or
the file that `COLLEGIA_CONFIG` names, holds settings; a variable goes before the file, an argument before both.
"""

from collegia.settings.reading import config_path
from collegia.settings.types import (
    Budget,
    ExpertSettings,
    ModelSettings,
    PanelSettings,
    Roles,
    Routing,
    Serving,
    Settings,
    Terminal,
)

__all__ = [
    "Budget",
    "ExpertSettings",
    "ModelSettings",
    "PanelSettings",
    "Roles",
    "Routing",
    "Serving",
    "Settings",
    "Terminal",
    "config_path",
]
