"""The table of views: a view is a pure function from the journal and a query to blocks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sessionlog_core.blocks import Block
from sessionlog_core.model import Journal
from sessionlog_core.query import Query


@dataclass(frozen=True, slots=True)
class View:
    """A view: the name that users write, the title of its page, a sentence of help, and the function."""

    name: str
    title: str
    help: str
    function: Callable[[Journal, Query], tuple[Block, ...]]


VIEWS: Mapping[str, View] = {}
