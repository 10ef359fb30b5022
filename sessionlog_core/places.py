"""A journal in, the line of a log or a roadmap in which a link stands out.

Blocks know no lines. Who has to tell of a link searches for it in the texts from which they were
made: by its address, else by its words, as for a commit that became a link.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property

from sessionlog_core.blocks import Link, plain
from sessionlog_core.model import Journal
from sessionlog_core.outline import walk
from sessionlog_core.patterns import later

__all__ = ["Places"]

MOST = 1_000
"""How many places of one word are looked at for a link, so that all links take linear time."""

_WORD = later(r"[^\W_]+")

_LETTER = later(r"[^\W_]")

_LONGER_BEFORE = later(r"[^\W_]|[-/=&#%]")
"""What stands before an address that is the end of another one."""

_LONGER_BEHIND = later(r"[^\W_]|[-/=&#%]|[.?_,:;!~+@$(]+[\w/]")
"""What stands behind an address that is the start of another one; a sentence may end there."""


class Places:
    """Where links stand; nothing is searched before one is asked for."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def find(self, link: Link) -> tuple[str, int] | None:
        """Give the file and the first line in which a link stands, or None.

        What became a link by its words alone does not know its file: all are searched.
        """
        texts = self._texts
        return texts.find(link.href, link.path, _LONGER_BEFORE, _LONGER_BEHIND) or texts.find(
            plain(link.children), link.path, _LETTER, _LETTER
        )

    @cached_property
    def _texts(self) -> "_Texts":
        files: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        for path, line, text in self._pieces():
            files[path][line].append(text)
        # The cells of a row stand on one line.
        return _Texts(
            {
                path: {line: " ".join(found) for line, found in sorted(pieces.items())}
                for path, pieces in files.items()
            }
        )

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
    """The texts of all files, by their first lines, as one text with an index of its words."""

    def __init__(self, files: dict[str, dict[int, str]]) -> None:
        lines: list[str] = []
        self._starts: list[int] = []
        """Where each line starts in the whole text."""
        self._places: list[tuple[str, int]] = []
        """The file and the number of each line."""
        self._files: dict[str, tuple[int, int]] = {}
        """Where each file starts and ends."""
        at = 0
        for path, pieces in files.items():
            start = at
            for first, text in pieces.items():
                for number, line in enumerate(text.split("\n"), first):
                    self._starts.append(at)
                    self._places.append((path, number))
                    lines.append(line)
                    at += len(line) + 1
            self._files[path] = start, at
        self._whole = "\n".join(lines)
        self._words: dict[str, list[int]] = defaultdict(list)
        """Where each word stands."""
        for word in _WORD.finditer(self._whole):
            self._words[word[0]].append(word.start())

    def find(
        self, words: str, path: str, before: re.Pattern[str], behind: re.Pattern[str]
    ) -> tuple[str, int] | None:
        """Give the first place of `words` in a file, in any if `path` is empty.

        Where `before` or `behind` fits beside them, they are a part of something longer.
        """
        start, end = self._files.get(path, (0, 0)) if path else (0, len(self._whole))
        rarest: tuple[int, list[int], int, int] | None = None
        for word in _WORD.finditer(words):
            found = self._words.get(word[0], [])
            first = bisect_left(found, start)
            count = bisect_left(found, end) - first
            if rarest is None or count < rarest[0]:
                rarest = count, found, first, word.start()
        if rarest is None:
            return None
        count, found, first, offset = rarest
        for number in range(first, first + min(count, MOST)):
            at = found[number] - offset
            if (
                at >= start
                and self._whole.startswith(words, at)
                and not (at and before.match(self._whole, at - 1))
                and not behind.match(self._whole, at + len(words))
            ):
                return self._places[bisect_right(self._starts, at) - 1]
        return None
