"""What can be set: one frozen object, checked as it is made.

`collegia.toml` has the same names: a table for each group (`[budget]`, `[roles]`, `[serving]`), one for each model
(`[models.NAME]`) and each model expert (`[experts.NAME]`), and the rest at the top.
"""

from __future__ import annotations

import math
import os
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

from collegia.settings.panel import PanelSettings
from collegia.settings.strict import Strict, WrongSetting
from collegia.settings.terminal import Terminal

__all__ = [
    "DEFAULT_MODEL",
    "SEARCHING",
    "Budget",
    "ExpertSettings",
    "ModelSettings",
    "PanelSettings",
    "Roles",
    "Routing",
    "Serving",
    "Settings",
    "Terminal",
    "WrongSetting",
    "plain_name",
]

DEFAULT_MODEL = "default"
"""The name of the model that plays every role which names no other."""

SEARCHING = ("decompose", "walk", "check", "rerank")
"""How the model of the role `searcher` may help."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}")
_URL = re.compile(r"https?://[^\s/@?#]+(?:/[^\s?#]*)?")


@dataclass(frozen=True)
class Budget(Strict):
    """Hard limits of one run.

    Attributes:
        max_steps: how many experts a plan may call.
        max_seconds: how long planning and dispatch may take together.
        max_calls: how many calls of language models it may make.
        max_tokens: how many tokens these may read and write together.
        max_cost: what they may cost, in the currency of the prices; None for no limit.
    """

    max_steps: int = 64
    max_seconds: float = 300.0
    max_calls: int = 100
    max_tokens: int = 500_000
    max_cost: float | None = None

    def __post_init__(self) -> None:
        if self.max_steps < 1:
            raise WrongSetting(f"a budget of {self.max_steps} steps allows nothing; give at least 1")
        if not (math.isfinite(self.max_seconds) and self.max_seconds > 0):
            raise WrongSetting(f"a budget of {self.max_seconds} seconds cannot be kept; give a positive number")
        for name in ("max_calls", "max_tokens", "max_cost"):
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise WrongSetting(f"a budget with {name} of {value} cannot be kept; give 0 or more")


@dataclass(frozen=True)
class ModelSettings(Strict):
    """One language model behind an endpoint.

    Attributes:
        model: PROVIDER/NAME, as litellm writes it: openai/gpt-5, hosted_vllm/qwen, ollama/llama3; or served/NAME
            for the engines of `serving`.
        api_base: the endpoint's address up to its version, as http://127.0.0.1:8000/v1; the provider's own where empty.
        api_key_env: the environment variable that holds its key; a key itself is never a setting.
        client: "direct" for our own client of OpenAI-compatible servers, "litellm" for every other; "auto" is direct
            where an address is given and the provider speaks that protocol.
        context: how many tokens it can hold; 0 asks the server.
        max_output: how many tokens an answer may have.
        temperature: 0 for the likeliest words.
        timeout: seconds that one call may take; of a reply that comes in pieces, that each piece may take.
        retries: how often a call that a server was too busy for is tried again.
        concurrency: how many calls may be open at one time.
        prompt_price: of a million tokens read; None is unknown, and so is the cost then.
        output_price: of a million tokens written.
        body: further fields of each request, as the server knows them.
    """

    model: str
    api_base: str = ""
    api_key_env: str = ""
    client: Literal["auto", "direct", "litellm"] = "auto"
    context: int = 0
    max_output: int = 1024
    temperature: float = 0.0
    timeout: float = 60.0
    retries: int = 2
    concurrency: int = 256
    prompt_price: float | None = None
    output_price: float | None = None
    body: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        provider, slash, name = self.model.partition("/")
        if not (provider and slash and name) or re.search(r"\s", self.model):
            raise WrongSetting(f"the model {self.model!r} is not PROVIDER/NAME, as in hosted_vllm/my-model")
        if self.api_base and not _URL.fullmatch(self.api_base):
            raise WrongSetting(
                f"the api_base of {self.model} is no address such as http://127.0.0.1:8000/v1;"
                " a name or a key has no place in it"
            )
        for limit in ("max_output", "concurrency"):
            if getattr(self, limit) < 1:
                raise WrongSetting(f"{limit} of the model {self.model} is {getattr(self, limit)}; give at least 1")
        if not (math.isfinite(self.timeout) and self.timeout > 0):
            raise WrongSetting(f"timeout of the model {self.model} is {self.timeout}; give seconds above 0")
        for count in ("context", "retries", "temperature", "prompt_price", "output_price"):
            value = getattr(self, count)
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise WrongSetting(f"{count} of the model {self.model} is {value}; give 0 or more")

    @property
    def provider(self) -> str:
        """What comes before the first slash."""
        return self.model.partition("/")[0]

    @property
    def name(self) -> str:
        """The model's name at its server."""
        return self.model.partition("/")[2]


@dataclass(frozen=True)
class Roles(Strict):
    """Which model plays which role; empty is the model `default`, and "none" leaves the role to what needs no model.

    Attributes:
        planner: proposes plans where types alone find none.
        caller: writes out what an expert that takes words is asked.
        reflector: checks results that are words.
        writer: writes the answer from results that are words.
        critic: goes through the writer's text once, which is then written anew at most once; only where it is named.
        extractor: finds names and relations in documents as they are added; only where it is named.
        searcher: takes questions to documents apart; only where it is named.
    """

    planner: str = ""
    caller: str = ""
    reflector: str = ""
    writer: str = ""
    critic: str = "none"
    extractor: str = "none"
    searcher: str = "none"


@dataclass(frozen=True)
class ExpertSettings(Strict):
    """A model expert: a language model, or an adapter of one, with what it is asked for.

    Attributes:
        purpose: one sentence on what it answers.
        model: the name of a model under [models].
        adapter: the name of the adapter at the server that answers instead of the base model.
        domain: the field it belongs to.
        prompt: its system text; a role is enough where no model was trained for it. Empty: a plain one.
        examples: questions it is good at; the router goes by them.
        categories: what kinds of question it is for.
        asks_first: why a plan that calls it is to be approved before it runs; empty where it is simply called.
        cost: how dear a call is, beside 1 for the smallest model.
        seconds: how long a call usually takes.
        hands_over_to: the experts to ask next where it has no answer.
        background: the model expert, a small one, that writes background for it before it is asked.
        background_tokens: how long that may be.
        candidates: the model expert, a small one, that offers it answers to choose among.
        most_candidates: how many.
    """

    purpose: str
    model: str = DEFAULT_MODEL
    adapter: str = ""
    domain: str = "models"
    prompt: str = ""
    examples: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    asks_first: str = ""
    cost: float = 1.0
    seconds: float = 2.0
    hands_over_to: tuple[str, ...] = ()
    background: str = ""
    background_tokens: int = 150
    candidates: str = ""
    most_candidates: int = 3

    def __post_init__(self) -> None:
        for least, name in ((1, "background_tokens"), (2, "most_candidates")):
            if getattr(self, name) < least:
                raise WrongSetting(f"{name} of an expert is {getattr(self, name)}; give at least {least}")


@dataclass(frozen=True)
class Routing(Strict):
    """How an expert that takes words is chosen for a question.

    Attributes:
        threshold: how like the question a card must be, from 0 to 1; below it no expert is chosen by likeness.
        good_enough: the success rate, from 0 to 1, that an expert's record must make likely; and where several experts
            may be asked one question, what their scores must sum to.
        categories: the expert that answers a category of questions, whatever the scores are.
        max_cost: what the experts of one question may cost together, in the unit of the cards; None for no limit.
        max_seconds: how long each of them may take as a rule; None for no limit.
        most: how many experts may be asked one question.
    """

    threshold: float = 0.1
    good_enough: float = 0.5
    categories: Mapping[str, str] = field(default_factory=dict, hash=False)
    max_cost: float | None = None
    max_seconds: float | None = None
    most: int = 1

    def __post_init__(self) -> None:
        for share in ("threshold", "good_enough"):
            if not 0 <= getattr(self, share) <= 1:
                raise WrongSetting(f"routing.{share} is {getattr(self, share)}; give a number from 0 to 1")
        for limit in ("max_cost", "max_seconds"):
            value = getattr(self, limit)
            if value is not None and not (math.isfinite(value) and value >= 0):
                raise WrongSetting(f"routing.{limit} is {value}; give 0 or more")
        if self.most < 1:
            raise WrongSetting(f"routing.most is {self.most}; give at least 1")


@dataclass(frozen=True)
class Serving(Strict):
    """The engine that serves model experts: one base model and its adapters, started by `collegia serve up`.

    Attributes:
        python: the interpreter of the environment that vLLM is installed in.
        command: what starts the engine instead, as a container; the engine's own flags are added to it.
        model: the base model, by path or name.
        served_name: what requests call the base model.
        host: where it listens.
        port: the same.
        max_loras: how many adapters may be loaded at one time.
        max_lora_rank: the largest rank that fits.
        context: how many tokens it can hold; 0 leaves it to the engine.
        dtype: of the weights.
        extra: further flags of the engine.
        environment: further variables of its process.
        adapters: folders by the adapters' names.
        endpoints: addresses of running engines to attach to, instead of starting one.
    """

    python: str = ""
    command: tuple[str, ...] = ()
    model: str = ""
    served_name: str = "base"
    host: str = "127.0.0.1"
    port: int = 8100
    max_loras: int = 2
    max_lora_rank: int = 16
    context: int = 0
    dtype: str = "auto"
    extra: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    adapters: tuple[tuple[str, str], ...] = ()
    endpoints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings(Strict):
    """What a run may use, and where its state lives.

    Attributes:
        home: the folder of the run store; made when it is first written to.
        budget: the limits of each run.
        max_concurrency: how many experts run at one time.
        domains: the names of the domains to load; None for all that are installed.
        embedding: what turns passages into vectors: none, hash:DIM, wordllama, openai:URL#MODEL or litellm:MODEL.
        embeddings: the same for single collections, by the name of the collection in small letters and underscores.
        embedding_base: the address of the server that litellm asks for embeddings; empty for the provider's own.
        vectors: where vectors live: "chroma", or "exact" for one file that is searched through.
        chroma_url: Chroma's server, as http://HOST:PORT; None for a folder within the home.
        models: language models by name.
        roles: which of them plays which role.
        searching: how the model of the role `searcher` helps: any of decompose, walk, check, rerank.
        planning: "auto" asks the planner's model where types alone find no plan, "model" asks it every time.
        approve: which plans wait for the user's word before they run: "never" any, "marked" those that call an expert
            whose card asks first, "always" all.
        experts: model experts by name.
        routing: which of the experts that take words is asked.
        panel: whether several model experts answer one question, and how they agree.
        prompts: the folder whose files replace prompts of the same name; None for `prompts` within the home.
        serving: the engine behind model experts.
        terminal: how the terminal app looks, and its keys.
    """

    home: Path
    budget: Budget = field(default_factory=Budget)
    max_concurrency: int = 16
    domains: tuple[str, ...] | None = None
    embedding: str = "none"
    embeddings: tuple[tuple[str, str], ...] = ()
    embedding_base: str = ""
    vectors: str = "chroma"
    chroma_url: str | None = None
    models: Mapping[str, ModelSettings] = field(default_factory=dict, hash=False)
    roles: Roles = field(default_factory=Roles)
    searching: tuple[str, ...] = SEARCHING
    planning: Literal["auto", "model"] = "auto"
    approve: Literal["never", "marked", "always"] = "marked"
    experts: Mapping[str, ExpertSettings] = field(default_factory=dict, hash=False)
    routing: Routing = field(default_factory=Routing)
    panel: PanelSettings = field(default_factory=PanelSettings)
    prompts: Path | None = None
    serving: Serving = field(default_factory=Serving)
    terminal: Terminal = field(default_factory=Terminal)

    def __post_init__(self) -> None:
        if self.max_concurrency < 1:
            raise WrongSetting(f"max_concurrency is {self.max_concurrency}; give at least 1")
        if self.vectors not in {"chroma", "exact"}:
            raise WrongSetting(f"COLLEGIA_VECTORS is {self.vectors!r}; give chroma or exact")
        _check_embedding(self.embedding, "COLLEGIA_EMBEDDING")
        if self.embedding_base and not _URL.fullmatch(self.embedding_base):
            raise WrongSetting(
                "COLLEGIA_EMBEDDING_BASE is no address such as http://127.0.0.1:8000/v1;"
                " a name or a key has no place in it"
            )
        for name, spec in self.embeddings:
            _check_embedding(spec, f"COLLEGIA_EMBEDDING_{name.upper()}")
        if strange := [one for one in self.searching if one not in SEARCHING]:
            raise WrongSetting(f"searching has {', '.join(strange)}; there are: {', '.join(SEARCHING)}")
        for name in (*self.models, *self.experts):
            if not _NAME.fullmatch(name):
                raise WrongSetting(f"{name!r} is no name of a model or an expert; use letters, digits, _ and -")
        self._check_names()

    def _check_names(self) -> None:
        """Refuse a name of a model or an expert that stands for none."""
        known = ", ".join(self.models) or "none"
        for role in fields(self.roles):
            named = getattr(self.roles, role.name)
            if named not in ("", "none") and named not in self.models:
                raise WrongSetting(f"roles.{role.name} is {named!r}; the models that are set are: {known}")
        for name, expert in self.experts.items():
            if expert.model not in self.models:
                raise WrongSetting(f"experts.{name}.model is {expert.model!r}; the models that are set are: {known}")

    @property
    def own_prompts(self) -> Path:
        """The folder whose files replace prompts of the same name; it need not be there."""
        return self.home / "prompts" if self.prompts is None else self.prompts

    def embedding_of(self, collection: str) -> str:
        """What turns the passages of a collection into vectors: its own embedding where it has one."""
        return dict(self.embeddings).get(plain_name(collection), self.embedding)

    def model_of(self, role: str, known: Container[str] | None = None) -> str | None:
        """The name of the model that plays a role; None where none does.

        Args:
            role: a field of `roles`.
            known: the names of all models that there are; those of the settings where not given.
        """
        named = getattr(self.roles, role)
        if named == "none":
            return None
        return named or (DEFAULT_MODEL if DEFAULT_MODEL in (self.models if known is None else known) else None)

    @classmethod
    def load(cls, environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
        """Read the file and the environment; what is given as an argument goes before both.

        Args:
            environ: the environment; this process's own where not given.
            **given: fields of `Settings` and of `Budget` by name, and `model` and `api_base` for the model `default`;
                None stands for not given.

        Raises:
            UsageError: a value that cannot be used; the message names the variable, or the file and the place in it.
        """
        from collegia.settings.reading import load

        return load(os.environ if environ is None else environ, given)


def plain_name(name: str) -> str:
    """A collection's name as the end of a variable's name has it, in small letters."""
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def _check_embedding(spec: str, variable: str) -> None:
    """Refuse what cannot be an embedding, without loading or calling anything.

    Raises:
        UsageError: it names the variable.
    """
    if not re.fullmatch(r"none|wordllama|hash:[1-9]\d{0,4}|openai:https?://\S+#\S+|litellm:\S+", spec, re.ASCII):
        shown = re.sub(r"//[^/@\s]*@", "//…@", spec)
        raise WrongSetting(
            f"{variable} is {shown!r}; give none, hash:DIM (hash:384), wordllama, openai:URL#MODEL"
            " (openai:http://127.0.0.1:8000/v1#my-model) or litellm:MODEL"
        )
