"""Texts of a project in, what is private in them out, and labels in the place of it.

Home folders, addresses and names of machines in private networks, e-mail addresses, and names that
a team lists: nothing that opens a door, but nothing that a reader of a site has to know. The same
thing has the same label on every page (`host-2`), so that a log can still be followed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sessionlog_core.patterns import later
from sessionlog_core.records import record

KINDS = ("paths", "hosts", "emails", "names")
"""What the option `privacy` may list."""

_USER = r"[^\s/\\:*?\"'<>|`,;()\[\]{}]{1,64}"
_PATHS = later(
    rf"(?<![\w./:-])(?:/home|/Users|/export/home|/var/home|/mnt/c/Users)/(?P<unix>{_USER})"
    r"|(?<![\w])[A-Za-z]:(?:\\{1,2}|/)Users(?:\\{1,2}|/)"
    rf"(?P<windows>[^/\\:*?\"<>|`\n]{{1,64}}(?=\\)|{_USER})"
)
_SHARED = frozenset(
    {
        "shared",
        "public",
        "runner",
        "user",
        "username",
        "you",
        "me",
        "name",
        "<user>",
        "$user",
        "all",
    }
)
"""Folders below `/home` and `/Users` that are nobody's."""

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_HOSTS = later(
    rf"(?<![\w.-])(?:(?:10\.{_OCTET}|192\.168|172\.(?:1[6-9]|2\d|3[01])|169\.254|100\.(?:6[4-9]|[789]\d|1[01]\d|12[0-7]))"
    rf"\.{_OCTET}\.{_OCTET}(?![\w.]*\d)"
    r"|f[cd][0-9a-f]{2}:[0-9a-f:]{2,35}"
    r"|(?:[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\.){1,6}(?:local|localdomain|internal|intranet|lan|corp|home\.arpa)(?![\w-]|\.\w))",
    re.IGNORECASE,
)
_EMAILS = later(
    r"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])"
)
_NOBODY = later(
    r"@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|example|test|invalid|users\.noreply\.github\.com)$|^(?:no-?reply|git)@",
    re.IGNORECASE,
)


_SIGNS = {
    _PATHS: (later("home/|Users"),),
    _HOSTS: (
        later(r"\.(?:\d{1,3}\.|(?i:local|intern|intranet|lan|corp|home\.arpa))"),
        later("[fF][cdCD][0-9a-fA-F]{2}:"),
    ),
    _EMAILS: (later("@"),),
}
"""What stands in each match of a pattern, which never goes beyond a line: only lines with one of
its signs are searched, since most have none."""


@record(frozen=True, slots=True)
class Private:
    """Something private: where it stands, which of `KINDS` it is, and what it is."""

    start: int
    end: int
    kind: str
    value: str


def find_private(text: str, *, names: Sequence[str] = ()) -> tuple[Private, ...]:
    """Find what is private in `text`, in its order; none overlaps another."""
    found: list[Private] = []
    for match in _search(_PATHS, text):
        group = "unix" if match["unix"] else "windows"
        user = match[group]
        if user.casefold().rstrip(".") not in _SHARED and not user.startswith(("$", "%", "~", ".")):
            found.append(Private(match.start(), match.end(), "paths", user))
    found += (Private(m.start(), m.end(), "hosts", m[0].casefold()) for m in _search(_HOSTS, text))
    found += (
        Private(m.start(), m.end(), "emails", m[0].casefold())
        for m in _search(_EMAILS, text)
        if not _NOBODY.search(m[0])
    )
    if names:
        words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
        found += (
            Private(m.start(), m.end(), "names", m[0].casefold()) for m in pattern.finditer(text)
        )
    kept: list[Private] = []
    for one in sorted(found, key=lambda x: (x.start, -x.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def _search(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Give what `finditer` gives of a pattern above."""
    lines = {line for sign in _SIGNS[pattern] for line in _lines_with(sign, text)}
    for start, end in sorted(lines):
        yield from pattern.finditer(text, start, end)


def _lines_with(sign: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Give where each line that has a sign begins and ends."""
    at = 0
    while hit := sign.search(text, at):
        start = max(text.rfind("\n", at, hit.start()) + 1, at)
        end = text.find("\n", hit.end())
        end = len(text) if end < 0 else end
        yield start, end
        at = end + 1


_LABELS = {"paths": "user", "hosts": "host", "emails": "email", "names": "name"}

Labels = Mapping[tuple[str, str], str]
"""Kind and value of something private to its label."""


def make_labels(texts: Iterable[str], *, names: Sequence[str] = ()) -> dict[tuple[str, str], str]:
    """Give what is private in a project a number: names as listed, the rest as it comes."""
    labels = {
        ("names", name.casefold()): f"name-{number}" for number, name in enumerate(names, start=1)
    }
    counts: Counter[str] = Counter()
    for text in texts:
        for one in find_private(text, names=names):
            if (one.kind, one.value) not in labels:
                counts[one.kind] += 1
                labels[one.kind, one.value] = f"{_LABELS[one.kind]}-{counts[one.kind]}"
    return labels


def hide(text: str, kinds: Sequence[str], labels: Labels, *, names: Sequence[str] = ()) -> str:
    """Put labels in the place of what is private and of one of `kinds`; the lines stay."""
    out: list[str] = []
    at = 0
    for one in find_private(text, names=names):
        if one.kind not in kinds:
            continue
        label = labels[one.kind, one.value]
        out += (text[at : one.start], f"/home/{label}" if one.kind == "paths" else label)
        at = one.end
    out.append(text[at:])
    return "".join(out)


_TOLD = {
    "paths": "home folders",
    "hosts": "private addresses and machines",
    "emails": "e-mail addresses",
    "names": "names",
}


def count_private(texts: Iterable[str], names: Sequence[str]) -> Counter[str]:
    """Count what is private in `texts`, by its kind."""
    return Counter(one.kind for text in texts for one in find_private(text, names=names))


def tell_private(counts: Mapping[str, int], kinds: Sequence[str]) -> str | None:
    """Say how much of what is private is shown, since it is none of `kinds`."""
    missing = [kind for kind in KINDS if counts.get(kind) and kind not in kinds]
    if not missing:
        return None
    shown = ", ".join(f"{counts[kind]} {_TOLD[kind]}" for kind in missing)
    return f"shown as written: {shown}; the option privacy masks {', '.join(missing)}"
