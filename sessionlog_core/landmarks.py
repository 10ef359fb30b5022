"""The blocks of a page in, those headings out that its table of contents and the search shall know.

Thirty sessions of a month would fill both with thirty times "Summary", so that headings inside of a
session stay with the text around them.
"""

from collections.abc import Iterable
from typing import TypeGuard

from sessionlog_core.blocks import Block, Section

__all__ = ["count_levels", "is_landmark"]

PART = "part"
"""The kind of a heading inside of a session."""

MOST = 120
"""Headings of a page in its table of contents, at most; else only the outer ones are there."""


def is_landmark(block: Block) -> TypeGuard[Section]:
    """Tell whether a block has a heading that may be in the table of contents."""
    return isinstance(block, Section) and block.kind != PART


def count_levels(blocks: Iterable[Block]) -> int:
    """Say how many levels of landmarks a page shows, so that they are not too many."""
    depth, total = 0, 0
    level = [x for x in blocks if is_landmark(x)]
    while level:
        total += len(level)
        if depth and total > MOST:
            break
        depth += 1
        level = [x for section in level for x in section.blocks if is_landmark(x)]
    return depth
