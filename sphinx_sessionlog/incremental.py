"""What pages showed at the last build in, those that are stale now out."""

from collections.abc import Iterable, Set

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_sessionlog.domain import Key, Stand, domain_of
from sphinx_sessionlog.project import digest

__all__ = ["find_outdated", "find_relinked"]


def find_outdated(
    app: Sphinx,  # noqa: ARG001
    env: BuildEnvironment,
    added: Set[str],
    changed: Set[str],
    removed: Set[str],
) -> Iterable[str]:
    """Give the pages on which a view shows something else than when they were read."""
    domain = domain_of(env)
    read_anyway = {*added, *changed, *removed}
    content = domain.content
    return [
        docname
        for docname, seen in domain.shown.items()
        if docname not in read_anyway
        and any(digest(content.blocks(shown)) != was for shown, was in seen)
    ]


def find_relinked(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:  # noqa: ARG001
    """Give the pages with a link to a record that moved: they are written again, not read."""
    domain = domain_of(env)
    domain.settle()
    before: dict[Key, Stand | None] = domain.data["resolved"]
    now: dict[Key, Stand | None] = {
        key: domain.find(key) for uses in domain.uses.values() for key in uses
    }
    domain.data["resolved"] = now
    moved = {key for key in now if key in before and now[key] != before[key]}
    return [docname for docname, uses in domain.uses.items() if not uses.isdisjoint(moved)]
