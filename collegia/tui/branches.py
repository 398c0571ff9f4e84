"""Trees of text: made as plain data, shown by a widget that the keyboard walks, drawn in box characters for copying."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.text import Text
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

__all__ = ["Branch", "BranchTree", "drawn"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Branch(Generic[T]):
    """A line of a tree, what it stands for, and the lines under it.

    Attributes:
        label: of rich's text, since the tree reads plain strings as markup.
        data: what it stands for; None for a heading.
        inside: under it.
    """

    label: Text
    data: T | None = None
    inside: tuple[Branch[T], ...] = ()


def drawn(branch: Branch[T]) -> Iterator[str]:
    """The tree as lines of text."""
    yield branch.label.plain
    yield from _under(branch, "")


def _under(branch: Branch[T], indent: str) -> Iterator[str]:
    for place, one in enumerate(branch.inside):
        last = place == len(branch.inside) - 1
        yield f"{indent}{'└─ ' if last else '├─ '}{one.label.plain}"
        yield from _under(one, indent + ("   " if last else "│  "))


class BranchTree(Tree[T]):
    """Shows a branch, all of it open; Enter selects a line and leaves it as it is, Space folds it."""

    DEFAULT_CSS = """
    BranchTree { height: 1fr; padding: 0 1; background: transparent; }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002  # Textual's own name
        super().__init__(Text(""), id=id)
        self.auto_expand = False
        self.guide_depth = 3
        self.branch: Branch[T] | None = None

    def plant(self, branch: Branch[T], line: int = 0) -> None:
        """Show this one, with the cursor on that line."""
        self.branch = branch
        self.reset(branch.label, branch.data)
        self._grow(self.root, branch)
        self.root.expand()
        self.call_after_refresh(self._point, line)

    def _grow(self, node: TreeNode[T], branch: Branch[T]) -> None:
        for one in branch.inside:
            if one.inside:
                self._grow(node.add(one.label, one.data, expand=True), one)
            else:
                node.add_leaf(one.label, one.data)

    def _point(self, line: int) -> None:
        self.cursor_line = line
        self.scroll_to_line(line, animate=False)
