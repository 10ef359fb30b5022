"""What `-b linkcheck` found in, the lines of the logs with links that are broken out.

Sphinx tells the page on which a link stands, and of ours there is no file in which to mend it.
"""

import json
from pathlib import Path

from sphinx.application import Sphinx

from sessionlog_core.problems import Code, Problem
from sessionlog_core.urls import safe
from sphinx_sessionlog import problems
from sphinx_sessionlog.domain import domain_of

__all__ = ["tell"]

BAD = ("broken", "timeout")
"""States of a link that are told."""


def tell(app: Sphinx, exception: Exception | None) -> None:
    """Tell the line of each broken link that stands in a log, as gravely as the builder does."""
    if exception is not None or app.builder.name != "linkcheck":
        return
    said = Path(app.outdir, "output.json").read_text("utf-8").splitlines()
    found = [link for link in map(json.loads, said) if link["status"] in BAD]
    bad = {link["uri"]: f"{link['status']}: {link['uri']}" for link in found}
    if not bad:
        return
    domain = domain_of(app.env)
    views = domain.content.views
    links = [
        link
        for seen in domain.shown.values()
        for one in seen
        for link in views.inventory(one.shown).links
        if safe(link.href) in bad
    ]
    grave = app.config.verbosity < 0
    told = {
        Problem(Code.LINK, bad[safe(link.href) or ""], *place, grave=grave)
        for link in links
        if (place := views.places.find(link))
    }
    problems.say(sorted(told, key=lambda x: (x.path or "", x.line or 0, x.message)), app.config)
