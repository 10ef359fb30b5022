"""A journal in, the line of a log or a roadmap in which a link stands out.

Blocks know no lines. Who has to tell of a link searches for it in the texts from which they were
made: by its address, else by its words, as for a commit that became a link.
"""

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate

from sessionlog_core.blocks import Link, plain
from sessionlog_core.model import Journal
from sessionlog_core.outline import walk

__all__ = ["Places"]


class Places:
    """Where links stand; nothing is searched before one is asked for."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def find(self, link: Link) -> tuple[str, int] | None:
        """Give the file and the first line in which a link stands, or None.

        What became a link by its words alone does not know its file: all are searched.
        """
        words = plain(link.children)
        for path in (link.path,) if link.path else self._texts:
            texts = self._texts.get(path)
            line = texts and (texts.find(link.href) or texts.find(words, alone=True))
            if line:
                return path, line
        return None

    @cached_property
    def _texts(self) -> dict[str, "_Texts"]:
        pieces: dict[str, dict[int, str]] = {}
        for path, line, text in self._pieces():
            of_file = pieces.setdefault(path, {})
            # The cells of a row stand on one line.
            of_file[line] = f"{of_file[line]} {text}" if line in of_file else text
        return {path: _Texts(dict(sorted(found.items()))) for path, found in pieces.items()}

    def _pieces(self) -> Iterator[tuple[str, int, str]]:
        """Give each text of which blocks are made, with its file and its first line."""
        for s in self._journal.sessions:
            yield s.source.path, s.source.line, s.heading
            yield from ((s.source.path, x.line, x.text) for x in walk(s.body) if x.text)
        for log in self._journal.logs:
            for part in log.standing.parts:
                yield from ((log.path, x.line, x.text) for x in walk(part.nodes) if x.text)
        for item in self._journal.roadmap:
            yield item.source.path, item.source.line, item.text
        for milestone in self._journal.milestones:
            yield milestone.source.path, milestone.source.line, milestone.title


class _Texts:
    """The texts of one file, by their first lines, as one text to search in."""

    def __init__(self, texts: dict[int, str]) -> None:
        self._lines = list(texts)
        self._whole = "\n".join(texts.values())
        self._starts = [0, *accumulate(len(text) + 1 for text in texts.values())]

    def find(self, words: str, *, alone: bool = False) -> int | None:
        """Give the line on which words stand first; `alone` are no part of a longer word."""
        whole, at = self._whole, -1
        while words and (at := whole.find(words, at + 1)) >= 0:
            beside = whole[max(at - 1, 0) : at] + whole[at + len(words) : at + len(words) + 1]
            if not alone or not any(c.isalnum() for c in beside):
                number = bisect_right(self._starts, at) - 1
                return self._lines[number] + whole.count("\n", self._starts[number], at)
        return None
