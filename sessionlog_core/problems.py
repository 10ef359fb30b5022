"""What can go wrong with a log, as values: a closed list of codes, and the problem with one."""

from enum import StrEnum
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from sessionlog_core.records import record


class Code(StrEnum):
    """A kind of problem. Hosts show it as `[sessionlog.<code>]`, and each can be silenced alone."""

    UNREADABLE = "unreadable"
    """A file could not be opened, is not a regular file, is binary or is too large."""
    ENCODING = "encoding"
    """Bytes that are not UTF-8, or characters that were damaged on their way and repaired."""
    DIFF = "diff"
    """A log that arrived as a unified diff and could not be restored exactly."""
    MERGE = "merge"
    """Conflict markers of an unfinished merge, or a block that stands twice."""
    INVISIBLE = "invisible"
    """Text that cannot be seen, such as zero-width characters, terminal escapes or comments, and
    was dropped."""
    FENCE = "fence"
    """A code fence or a comment that is never closed."""
    FRONT_MATTER = "front-matter"
    """Front matter that a reader of YAML would not take."""
    LAYOUT = "layout"
    """A file that was named as a log and in which no session was found."""
    DATE = "date"
    """A date that does not exist, or whose day and month cannot be told apart."""
    NUMBER = "number"
    """Two sessions with one number, or numbers out of order."""
    STATUS = "status"
    """A state that contradicts another, such as an open session below newer ones."""
    METRIC = "metric"
    """Figures that do not add up."""
    ROADMAP = "roadmap"
    """A roadmap that could not be read, or an id that means two things."""
    LINK = "link"
    """A reference that leads nowhere."""
    SECRET = "secret"  # noqa: S105  the name of a code, no password
    """Text that looks like a credential and was masked."""
    WITHHELD = "withheld"
    """A private passage that is not closed, or not opened."""
    PRIVACY = "privacy"
    """Private things that a page shows, such as home folders; the option `privacy` masks them."""
    OPTION = "option"
    """An option that is unknown or has a wrong value."""
    VIEW = "view"
    """A view, or an option of a view, that does not exist."""
    DIRECTIVE = "directive"
    """A directive in a log, which is shown as it is written and never carried out."""
    LIMIT = "limit"
    """A limit that was reached, such as nesting that was flattened."""
    FAULT = "fault"
    """A fault of Sessionlog itself. The log is shown as it was written."""


_LONGEST = 1_000
"""So many characters of a message at most are told; a log may hold words of any length."""


def visible(text: str) -> str:
    r"""Write what cannot be printed as `\x1b`, `\u202e`; cut what is longer than anyone reads."""
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + " ..."
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


@record(frozen=True, slots=True)
class Problem:
    """One thing that a user should know, with the place where it stands.

    `message` is in lower case without a full stop and says what is wrong, the value found and
    what was expected. `path` is as the user would write it, or None for an option. `line` is
    1-based, or None for a file as a whole. `grave` is False for what only concerns the text
    of a log: it is told, and never fails a build. `fatal` is True where the user asked for the
    build to fail.
    """

    code: Code
    message: str
    path: str | None = None
    line: int | None = None
    grave: bool = True
    fatal: bool = False

    def __post_init__(self) -> None:
        # Words of a log stand in messages: whoever prints one shall not send orders to a terminal.
        object.__setattr__(self, "message", visible(self.message))

    @property
    def where(self) -> str:
        """Give `path:line`, `path`, or an empty string."""
        if self.path is None:
            return ""
        path = visible(self.path)
        return path if self.line is None else f"{path}:{self.line}"

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{where}{self.message} [sessionlog.{self.code}]"


DISTRIBUTION = "sessionlog-docs"

REPORT = "please report it, with the lines that bring it about"

ADDRESSES = ("issues", "repository", "homepage", "documentation")
"""Labels of the addresses in `[project.urls]`, that at which faults are reported first."""


def report_address() -> str:
    """Give where faults of ours are reported, as `pyproject.toml` says; else nothing."""
    try:
        rows = metadata(DISTRIBUTION).get_all("Project-URL") or ()
    except PackageNotFoundError:
        return ""
    parts = (row.partition(",") for row in rows)
    urls = {label.strip().casefold(): url.strip() for label, _, url in parts}
    return next((urls[label] for label in ADDRESSES if label in urls), "")


def make_fault(error: Exception, verb: str, path: str | None, *, what: str = "") -> Problem:
    """Say that a fault of ours, and not of the log, kept `what` from being `verb`, such as read.

    `what` is the log at `path`, or all logs, unless it is said.
    """
    # The words of an exception may hold words of a log that are not masked: its place says enough.
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    place = f" at {Path(at.tb_frame.f_code.co_filename).name}:{at.tb_lineno}" if at else ""
    what = what or ("the log" if path else "the logs")
    fault = f"a fault of Sessionlog itself ({type(error).__name__}{place})"
    where = report_address() or f"the makers of {DISTRIBUTION}"
    return Problem(Code.FAULT, f"{what} could not be {verb}: {fault}, {REPORT}: {where}", path)
