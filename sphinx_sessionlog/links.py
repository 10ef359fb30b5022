"""Links that a log writes: where a relative one leads in the site, or None."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from sphinx.environment import BuildEnvironment

from sessionlog_core.blocks import Link

__all__ = ["page_of"]


def page_of(link: Link, root: Path, env: BuildEnvironment) -> tuple[str, str] | None:
    """Give the page and the fragment that a relative link of a log means, existing or not."""
    try:
        parts = urlsplit(link.href)
    except ValueError:
        return None
    if parts.scheme or parts.netloc or not parts.path:
        return None
    try:
        target = (root / link.path).parent.joinpath(unquote(parts.path)).resolve()
        docname = env.path2doc(target)
    except (OSError, ValueError, RuntimeError):
        return None
    if docname is None or docname.startswith(("/", "..")) or Path(docname).is_absolute():
        return None
    return docname, parts.fragment
