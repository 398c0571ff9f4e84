"""Settings as they are read: the file first, the environment over it, arguments over both.

`COLLEGIA_MAX_STEPS`, `COLLEGIA_MAX_SECONDS` and `COLLEGIA_MAX_CONCURRENCY` bound a run; `COLLEGIA_DOMAINS` narrows
what is loaded. `COLLEGIA_APPROVE` says which plans wait for the user's word. `COLLEGIA_MODEL` and
`COLLEGIA_API_BASE` set the model `default`. `COLLEGIA_EMBEDDING` says what turns
passages into vectors, `COLLEGIA_EMBEDDING_<COLLECTION>` the same for one collection, `COLLEGIA_EMBEDDING_BASE` where
litellm asks for them; `COLLEGIA_VECTORS` and `COLLEGIA_CHROMA_URL` say where vectors live. `COLLEGIA_API_KEY` and
`COLLEGIA_EMBEDDING_KEY` are secrets and stay in the environment: they are no settings, and the collection `key` has
no embedding of its own.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from collegia.errors import UsageError
from collegia.settings.types import DEFAULT_MODEL, Budget, Settings, plain_name

__all__ = ["PAIRS", "config_path", "home_path", "load", "sources"]

_OWN = "COLLEGIA_EMBEDDING_"
_MOST_BYTES = 1 << 20  # of a file of settings; what is larger is another file
PAIRS = (("embeddings",), ("serving", "adapters"), ("serving", "environment"))
"""Tables of the file that are kept as pairs."""
_BUDGET = tuple(one.name for one in fields(Budget))
_SECRET = re.compile(r"(?i)(?:.*[_-])?(?:key|token|secret|password|authorization)")


def config_path(environ: Mapping[str, str], home: Path | None = None) -> Path:
    """Where the file of settings is, whether it is there or not."""
    if named := environ.get("COLLEGIA_CONFIG", "").strip():
        return Path(named).expanduser()
    return (home_path(environ) if home is None else home) / "collegia.toml"


def load(environ: Mapping[str, str], given: Mapping[str, Any]) -> Settings:
    """The settings.

    Raises:
        UsageError: values that cannot be used; the message names each variable, or the file and the place in it.
    """
    told = {name: value for name, value in given.items() if value is not None}
    home = Path(told.pop("home")).expanduser() if "home" in told else home_path(environ)
    layers = _layers(environ, home, told)
    said: dict[str, Any] = {}
    for one in reversed(layers.values()):
        _merge(said, one)
    return _made({**said, "home": home}, layers)


def sources(environ: Mapping[str, str]) -> Callable[[tuple[str, ...]], str]:
    """What tells where a setting comes from.

    It takes a place, as ("budget", "max_steps"), and gives the file's path, or "the environment"; empty for a default.

    Raises:
        UsageError: the file, or a variable, cannot be read.
    """
    layers = _layers(environ, home_path(environ), {})
    return lambda place: next((name for name, table in layers.items() if _has(table, place)), "")


def _layers(environ: Mapping[str, str], home: Path, told: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What was said, by where: what comes first goes before what comes after."""
    path = config_path(environ, home)
    named = bool(environ.get("COLLEGIA_CONFIG", "").strip())
    return {
        "what was given": _from_arguments(told),
        "the environment": _from_environ(environ),
        str(path): _file(path, must=named),
    }


def _has(table: Any, place: Sequence[object]) -> bool:
    """Whether a table says something at a place."""
    for step in place:
        if isinstance(table, list):  # pairs
            return any(pair and pair[0] == step for pair in table)
        if not isinstance(table, dict) or step not in table:
            return False
        table = table[step]
    return table not in ({}, [])


def home_path(environ: Mapping[str, str]) -> Path:
    """Where all state is kept, whether the folder is there or not."""
    if named := environ.get("COLLEGIA_HOME", "").strip():
        return Path(named).expanduser()
    import platformdirs

    return Path(platformdirs.user_data_dir("collegia", appauthor=False))


def _file(path: Path, *, must: bool) -> dict[str, Any]:
    """What a file says, tables of pairs turned into pairs; nothing where there is none."""
    try:
        if path.is_fifo():
            raise UsageError(f"the settings in {path} cannot be read: it is a pipe, and one may wait for it for ever")
        with path.open("rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        if must:
            raise UsageError(f"COLLEGIA_CONFIG names {path}, which is not there") from None
        return {}
    except OSError as error:
        raise UsageError(f"the settings in {path} cannot be read: {error.strerror or error}") from error
    if len(raw) > _MOST_BYTES:
        raise UsageError(f"{path} has more than {_MOST_BYTES} bytes; that is no file of settings")
    try:
        said = tomllib.loads(raw.decode("utf-8-sig"))
    except RecursionError:
        raise UsageError(f"{path} cannot be read: it is nested too deeply") from None
    except ValueError as error:  # of TOML, of UTF-8, and of numbers of thousands of digits
        raise UsageError(f"{path} is not TOML: {error}") from error
    if "home" in said:
        raise UsageError(f"{path}: home is no setting of the file; give COLLEGIA_HOME")
    _refuse_secrets(said, path)
    for place in PAIRS:
        table: Any = said
        for step in place[:-1]:
            table = table.get(step) if isinstance(table, dict) else None
        if isinstance(table, dict) and isinstance(pairs := table.get(place[-1]), dict):
            table[place[-1]] = [[name, value] for name, value in pairs.items()]
    if isinstance(own := said.get("embeddings", []), list) and all(isinstance(pair, list) for pair in own):
        said["embeddings"] = [[plain_name(str(pair[0])), *pair[1:]] for pair in own]
    else:
        raise UsageError(f"{path}: embeddings is a table, as in [embeddings] and NAME = 'hash:64'")
    if isinstance(prompts := said.get("prompts"), str):
        said["prompts"] = path.parent / Path(prompts).expanduser()
    return said


def _refuse_secrets(table: Mapping[str, Any], path: Path, place: str = "") -> None:
    """Refuse a key that stands in the file: it would be shown, copied and stored with it."""
    for name, value in table.items():
        here = f"{place}{name}"
        if _SECRET.fullmatch(name) and isinstance(value, str) and place != "embeddings.":
            raise UsageError(
                f"{path}: {here} holds a secret; put it into an environment variable, and name that in api_key_env"
                " where it is a model's"
            )
        if isinstance(value, dict):
            _refuse_secrets(value, path, f"{here}.")


def _from_environ(env: Mapping[str, str]) -> dict[str, Any]:
    """What the environment says, in the shape of the file."""
    said: dict[str, Any] = {}
    budget = {
        "max_steps": _number(env, "COLLEGIA_MAX_STEPS", whole=True),
        "max_seconds": _number(env, "COLLEGIA_MAX_SECONDS"),
    }
    said["budget"] = {name: value for name, value in budget.items() if value is not None}
    concurrency = _number(env, "COLLEGIA_MAX_CONCURRENCY", whole=True)
    texts = {
        "embedding": "COLLEGIA_EMBEDDING",
        "embedding_base": f"{_OWN}BASE",
        "vectors": "COLLEGIA_VECTORS",
        "chroma_url": "COLLEGIA_CHROMA_URL",
        "planning": "COLLEGIA_PLANNING",
        "approve": "COLLEGIA_APPROVE",
    }
    said |= {name: text for name, variable in texts.items() if (text := env.get(variable, "").strip())}
    if concurrency is not None:
        said["max_concurrency"] = concurrency
    if (named := env.get("COLLEGIA_DOMAINS")) is not None:
        said["domains"] = [name.strip() for name in named.split(",") if name.strip()]
    own = [(plain_name(name[len(_OWN) :]), env[name].strip()) for name in sorted(env) if name.startswith(_OWN)]
    said["embeddings"] = [[name, spec] for name, spec in own if spec and name not in {"", "key", "base"}]
    return said | _default_model(env.get("COLLEGIA_MODEL", "").strip(), env.get("COLLEGIA_API_BASE", "").strip())


def _from_arguments(told: Mapping[str, Any]) -> dict[str, Any]:
    """What a caller says, in the shape of the file."""
    said = {name: value for name, value in told.items() if name not in (*_BUDGET, "model", "api_base")}
    said["budget"] = {name: told[name] for name in _BUDGET if name in told}
    return said | _default_model(told.get("model", ""), told.get("api_base", ""))


def _default_model(model: str, api_base: str) -> dict[str, Any]:
    said = {name: text for name, text in (("model", model), ("api_base", api_base)) if text}
    return {"models": {DEFAULT_MODEL: said}} if said else {}


def _merge(under: dict[str, Any], over: Mapping[str, Any]) -> None:
    """Lay one table over another: groups are joined, anything else is replaced; pairs are joined by name."""
    for name, value in over.items():
        if isinstance(value, Mapping) and (isinstance(under.get(name), dict) or name not in under):
            _merge(under.setdefault(name, {}), value)
        elif isinstance(value, Mapping) and not value:
            continue
        elif name == "embeddings":
            joined = dict([*under.get(name, []), *value])
            under[name] = [list(pair) for pair in joined.items()]
        else:
            under[name] = value


def _made(said: Mapping[str, Any], layers: Mapping[str, Mapping[str, Any]]) -> Settings:
    """The settings of what was said.

    Raises:
        UsageError: with every place at fault.
    """
    models = said.get("models")
    default = models.get(DEFAULT_MODEL) if isinstance(models, dict) else None
    if isinstance(default, dict) and "api_base" in default and "model" not in default:
        raise UsageError("an api_base is set and no model; give --model PROVIDER/NAME (or COLLEGIA_MODEL) too")
    import pydantic

    adapter: Callable[..., Any] = pydantic.TypeAdapter(Settings).validate_python
    try:
        made: Settings = adapter(dict(said))
    except pydantic.ValidationError as error:
        raise UsageError("\n".join(_fault(one, layers) for one in error.errors(include_url=False))) from None
    return made


def _fault(error: Mapping[str, Any], layers: Mapping[str, Mapping[str, Any]]) -> str:
    """One fault in words, the value itself left out where it may be long."""
    # The group that a value is missing in was said somewhere; the value was not.
    loc = error["loc"][:-1] if error["type"] == "missing" else error["loc"]
    *_, file = layers
    where = next((name for name, table in layers.items() if loc and _has(table, loc)), file)
    place = ".".join(str(part) for part in error["loc"])
    if error["type"] in {"unexpected_keyword_argument", "extra_forbidden"}:
        return f"{where}: {place} is not a setting; `collegia config show` lists them"
    if error["type"] == "missing":
        return f"{where}: {place} is missing"
    if isinstance(wrong := error.get("ctx", {}).get("error"), UsageError):
        return f"{where}: {place}: {wrong}" if place else f"{where}: {wrong}"
    return f"{where}: {place} is {str(error['input'])[:80]!r}: {error['msg'][0].lower()}{error['msg'][1:]}"


def _number(env: Mapping[str, str], name: str, *, whole: bool = False) -> Any:
    text = env.get(name, "").strip()
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        raise UsageError(f"{name} is {text!r}, which is not a number") from None
    if not (math.isfinite(value) and value > 0):
        raise UsageError(f"{name} is {text!r}; give a positive number")
    if whole and value != int(value):
        raise UsageError(f"{name} is {text!r}; give a whole number")
    return int(value) if whole else value
