"""The error tree, grouped by who has to react.

    CollegiaError
    ├── UsageError            the caller: a setting, a flag, a file that cannot be read
    │   ├── UnknownRun            no stored run has that id
    │   ├── UnknownSession        no stored session has that id or name
    │   ├── StoreError            the run store cannot be read or written
    │   └── OverLimits            what was set for cost or time leaves no expert to ask
    ├── ContractError         the author of an expert or a domain
    │   └── DomainRefused         a domain was not loaded; the message says why
    ├── PlanRejected          the planner: a plan did not pass the check
    ├── UnitError             whoever wrote the unit: unknown, or of another dimension
    ├── ModelError            whoever runs the language model: its server, its settings
    │   ├── ModelUnreachable      no answer: refused, broken off, too slow, too busy
    │   ├── ModelRefused          the server turned the request down; its own words are in the message
    │   ├── ContextTooLong        what was to be sent does not fit the model
    │   ├── BadReply              it answered, and not in the form that was asked
    │   ├── BudgetSpent           the run has used up its calls, tokens or money
    │   └── ServingError          an engine does not start, or an adapter can't be had from it
    └── ExpertError           what an expert says of its inputs
        ├── OutOfRange            the inputs lie outside its validity, or are physically impossible
        ├── Unclear               a name has more than one meaning; the user must choose
        ├── NoData                the data behind the expert does not hold this
        └── MissingLibrary        the library behind the expert is not installed

Their messages are whole sentences that say what to do; `str(error)` is fit to be shown.
"""

from __future__ import annotations

__all__ = [
    "BadReply",
    "BudgetSpent",
    "CollegiaError",
    "ContextTooLong",
    "ContractError",
    "DomainRefused",
    "ExpertError",
    "MissingLibrary",
    "ModelError",
    "ModelRefused",
    "ModelUnreachable",
    "NoData",
    "OutOfRange",
    "OverLimits",
    "PlanRejected",
    "ServingError",
    "StoreError",
    "Unclear",
    "UnitError",
    "UnknownRun",
    "UnknownSession",
    "UsageError",
]


class CollegiaError(Exception):
    """The root of every error that Collegia raises on purpose."""


class UsageError(CollegiaError):
    """Something the caller gave cannot be used; the message names it and the fix."""


class UnknownRun(UsageError):
    """No stored run has this id."""


class UnknownSession(UsageError):
    """No stored session has this id or name."""


class StoreError(UsageError):
    """The run store cannot be read or written."""


class OverLimits(UsageError):
    """The limits of cost and time leave no expert that could answer; the message names the limit and what would do."""


class ContractError(CollegiaError):
    """An expert or a domain does not keep the contract; the message names the place and the fix."""


class DomainRefused(ContractError):
    """A domain was refused on load."""


class PlanRejected(CollegiaError):
    """A plan did not pass the check.

    `findings` lists every reason, so that a planner can mend them all at once.
    """

    def __init__(self, findings: list[str]) -> None:
        super().__init__("; ".join(findings))
        self.findings = findings


class UnitError(CollegiaError):
    """A unit is unknown, or its dimension does not fit the quantity it was given for."""


class ModelError(CollegiaError):
    """A language model could not be used; the message names the model and its address."""


class ModelUnreachable(ModelError):
    """The server gave no answer: it refused, broke off, took too long, or was too busy."""


class ModelRefused(ModelError):
    """The server turned the request down; its own words are in the message."""


class ContextTooLong(ModelError):
    """What was to be sent, with room for an answer, does not fit the model; the message names the limit."""


class BadReply(ModelError):
    """The model answered, and not in the form that was asked, also when it was told so."""


class BudgetSpent(ModelError):
    """The run has used up what its budget allows of calls, tokens or money."""


class ServingError(ModelError):
    """An engine does not start, or an adapter can't be had from it; the message says why."""


class ExpertError(CollegiaError):
    """An expert declines, and says why."""


class OutOfRange(ExpertError):
    """The inputs lie outside the expert's validity, or describe a state that cannot exist."""


class Unclear(ExpertError):
    """A name means more than one thing; the message asks which."""


class NoData(ExpertError):
    """The data behind the expert does not hold what was asked."""


class MissingLibrary(ExpertError):
    """The library behind the expert is not installed; the message holds the command that installs it."""
