"""What every group of settings is: strict about its names, and loud about a value that cannot be used."""

from __future__ import annotations

from collegia.errors import UsageError

__all__ = ["Strict", "WrongSetting"]


class WrongSetting(UsageError, ValueError):
    """A value that cannot be used; as a ValueError it is gathered with the other faults of a file."""


class Strict:
    """A group of settings that refuses a name it does not know; read by pydantic where a file is checked."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012  # pydantic reads this off the class
