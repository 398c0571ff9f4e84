"""What the language models that are set need: a key in the environment, a server that answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from collegia.health import Finding, fault, ok, warning
from collegia.settings import ModelSettings, Settings
from collegia.tools.reaching import Door

__all__ = ["look_at_models", "model_doors"]

_OWN = ("served",)  # their server is the engine of `serving`
_KEYLESS = ("served", "ollama", "hosted_vllm", "ollama_chat")


def look_at_models(settings: Settings, environ: Mapping[str, str]) -> list[Finding]:
    """Each model and its key, which is looked for and never shown."""
    if not settings.models:
        return [ok("models", "none is set; questions are planned without one")]
    return [_key(name, model, environ) for name, model in settings.models.items()]


def model_doors(settings: Settings) -> Iterator[Door]:
    """The servers of models whose address is set; a provider's own address is asked by `config check --connect`."""
    for name, model in settings.models.items():
        if model.api_base:
            url = f"{model.api_base.rstrip('/')}/models"
            yield Door(f"model {name}", url, _start(name, model), model.name)


def _key(name: str, model: ModelSettings, environ: Mapping[str, str]) -> Finding:
    variable = model.api_key_env or "COLLEGIA_API_KEY"
    what = f"model {name}"
    if environ.get(variable, "").strip():
        return ok(what, f"{model.model}, with the key in {variable}{_untouched(model)}")
    if model.api_key_env:
        return fault(what, f"{model.model} wants its key in {variable}, which is not set", f"export {variable}=KEY")
    if not model.api_base and model.provider not in _KEYLESS:
        said = f"{model.model} asks its provider, and no key is in {variable}; litellm may find one of its own"
        return warning(what, said, f"export {variable}=KEY")
    return ok(what, f"{model.model}, without a key{_untouched(model)}")


def _untouched(model: ModelSettings) -> str:
    asked = model.api_base or model.provider in _OWN
    return "" if asked else "; its provider was not asked (`collegia config check --connect` does)"


def _start(name: str, model: ModelSettings) -> str:
    """The command that brings up the server of a model, where its provider tells which."""
    where = urlsplit(model.api_base)
    if where.hostname in ("localhost", "127.0.0.1", "::1"):
        if model.provider.startswith("ollama"):
            return "ollama serve"
        if model.provider == "hosted_vllm":
            return f"vllm serve {model.name} --port {where.port or 80}"
    return f"start the server, or set models.{name}.api_base to where it is: collegia config path"
