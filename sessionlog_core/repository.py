"""The addresses that `pyproject.toml` names in, that of the project's repository out."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from sessionlog_core.checks import web_address

__all__ = ["repository_of"]

SURE = ("repository", "source", "sourcecode", "github", "gitlab", "codeberg", "code")
"""Labels, without signs, whose address is the repository on whatever host, the surest first."""

LIKELY = tuple(
    "bitbucket repo homepage home issues issuetracker bugtracker bugreports bugs tracker changelog "
    "changes history releasenotes releases download discussions documentation docs".split()
)
"""Labels whose address lies in the repository where its host is a forge that we know."""

KNOWN_FORGES = ("github.com", "gitlab.com", "codeberg.org", "bitbucket.org")

NO_OWNERS = frozenset(
    "about apps dashboard explore features groups marketplace orgs sponsors topics users".split()
)
"""What stands at the place of an owner in addresses of a forge that are of no repository."""

PARTS_OF_NAME = 2
"""An owner and a project; on GitLab, groups may stand in between."""

GITLAB = "gitlab.com"
GITLAB_PAGES = frozenset(
    "- blob commits issues merge_requests raw releases tags tree wikis".split()
)
"""Where an address below a GitLab project begins."""


def repository_of(table: Any) -> str:
    """Give the address of the repository by the table of a `pyproject.toml`; empty for none."""
    urls = dict(_labelled(table))
    for label in SURE:
        url = urls.get(label, "")
        if found := in_forge(url) or _as_it_is(url):
            return found
    return next((found for label in LIKELY if (found := in_forge(urls.get(label, "")))), "")


def in_forge(url: str) -> str:
    """Give the repository in which an address of a known forge lies; empty for any other."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    names = [name for name in parts.path.split("/") if name]
    if parts.scheme not in ("http", "https") or host not in KNOWN_FORGES:
        return ""
    size = PARTS_OF_NAME
    if host == GITLAB:
        pages = (i for i, name in enumerate(names) if name in GITLAB_PAGES and i >= size)
        size = next(pages, len(names))
    names = names[:size]
    if len(names) < PARTS_OF_NAME or names[0] in NO_OWNERS:
        return ""
    return _as_it_is(f"https://{host}/{'/'.join(names)}")


def _as_it_is(url: str) -> str:
    """Give an address that is one, without what Git adds to it; else nothing."""
    try:
        return web_address(url.removesuffix(".git")).rstrip("/")
    except ValueError:
        return ""


def _labelled(table: Any) -> Iterator[tuple[str, str]]:
    """Give label without signs -> address; of a label that is there twice, `[project.urls]` last.

    Poetry had a table of its own before there was one for all.
    """
    poetry = _below(table, "tool", "poetry")
    for urls in (poetry, _below(poetry, "urls"), _below(table, "project", "urls")):
        for label, url in urls.items():
            if isinstance(url, str):
                yield re.sub(r"[\W_]+", "", label.casefold()), url


def _below(table: Any, *keys: str) -> Mapping[str, Any]:
    for key in keys:
        table = table.get(key) if isinstance(table, Mapping) else None
    return table if isinstance(table, Mapping) else {}
