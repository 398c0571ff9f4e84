"""`python -m collegia` is `collegia`."""

from __future__ import annotations

from collegia.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
