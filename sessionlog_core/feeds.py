"""A journal and the addresses of its site in, feeds of its sessions out: Atom and JSON Feed.

Formats: RFC 4287 (Atom), https://www.jsonfeed.org/version/1.1/. Both ask for a date, so that a
session without a whole date is in no feed; and both ask for ids that never change: they are made
from the address of the feed's folder and the key of the session.
"""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

from sessionlog_core.blocks import plain
from sessionlog_core.body import inlines
from sessionlog_core.escape import escape
from sessionlog_core.model import Journal, Session
from sessionlog_core.patterns import later
from sessionlog_core.records import record

__all__ = ["ATOM_NAME", "JSON_NAME", "Channel", "atom", "head_links", "json_feed"]

ATOM_NAME, JSON_NAME = "feed.xml", "feed.json"
"""What the files are called."""

NEWEST = 50
"""Sessions of a feed at most, the newest."""

NEVER = "1970-01-01T00:00:00Z"
"""When a feed of nothing was updated: the clock is not asked, and Atom wants a date."""

WORDS = 80
"""Words of a summary at most."""

ATOM = "http://www.w3.org/2005/Atom"

NOT_XML = later("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML document may hold (https://www.w3.org/TR/xml/#charsets)."""


@record(frozen=True, slots=True)
class Channel:
    """Where a feed stands: all addresses are whole (`https://example.org/sessionlog/`).

    `home` is the page with the timeline, `here` the folder of the feeds; `page` gives the address
    at which a session stands, or None.
    """

    title: str
    home: str
    here: str
    page: Callable[[Session], str | None]


def head_links(title: str) -> str:
    """Write what a page in the folder of the feeds has in its head, so that readers find them.

    The link says `feed`, too: Material takes each that is an alternate and nothing else for the
    site in another language, and asks for its map.
    """
    kinds = ((ATOM_NAME, "application/atom+xml"), (JSON_NAME, "application/feed+json"))
    return "".join(
        f'<link rel="alternate feed" type="{kind}" title="{escape(title)}" href="{name}">\n'
        for name, kind in kinds
    )


def atom(journal: Journal, channel: Channel) -> str:
    """Write the newest sessions as an Atom feed, the newest first."""
    entries = tuple(_entries(journal, channel))
    feed = ET.Element("feed", {"xmlns": ATOM})
    _add(feed, "title", channel.title)
    _add(feed, "id", _id(channel, "feed"))
    _add(feed, "updated", max((x.date for x in entries), default=NEVER))
    _add(feed, "link", rel="self", type="application/atom+xml", href=f"{channel.here}{ATOM_NAME}")
    _add(feed, "link", rel="alternate", type="text/html", href=channel.home)
    _add(feed, "generator", "sessionlog-docs")
    _add(ET.SubElement(feed, "author"), "name", channel.title)
    for entry in entries:
        one = ET.SubElement(feed, "entry")
        _add(one, "title", entry.title)
        _add(one, "id", entry.id)
        _add(one, "updated", entry.date)
        _add(one, "link", rel="alternate", type="text/html", href=entry.url)
        if entry.state:
            _add(one, "category", term=entry.state)
        _add(one, "summary", entry.summary or entry.title)
    ET.indent(feed, " ")
    text = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def json_feed(journal: Journal, channel: Channel) -> str:
    """Write the newest sessions as a JSON Feed 1.1, the newest first."""
    items: list[dict[str, Any]] = []
    for entry in _entries(journal, channel):
        item: dict[str, Any] = {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "content_text": entry.summary or entry.title,
            "date_published": entry.date,
        }
        if entry.state:
            item["tags"] = [entry.state]
        items.append(item)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": f"{channel.here}{JSON_NAME}",
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=True, indent=1) + "\n"


@record(frozen=True, slots=True)
class _Entry:
    id: str
    url: str
    title: str
    date: str
    summary: str
    state: str


def _entries(journal: Journal, channel: Channel) -> Iterator[_Entry]:
    markup = {log.path: log.markup for log in journal.logs}
    count = 0
    for session in reversed(journal.sessions):
        url = channel.page(session)
        if count == NEWEST or session.planned or url is None or not _is_day(session.date):
            continue
        count += 1
        path = session.source.path
        kind = markup.get(path, "markdown")
        words = [plain(inlines(x.text, kind, path)) for x in session.summary or session.done]
        yield _Entry(
            _id(channel, session.key),
            url,
            _title(session, kind),
            f"{session.date}T00:00:00Z",
            _short(" ".join(words)),
            str(session.status or ""),
        )


def _is_day(date: str | None) -> bool:
    try:
        dt.date.fromisoformat(date or "")
    except ValueError:
        return False
    return date is not None and len(date) == 10


def _title(session: Session, markup: str) -> str:
    words = plain(inlines(session.title or "", markup, session.source.path))
    number = f"Session {session.number}" if session.number else ""
    return " – ".join(part for part in (session.date or "", number, words) if part)


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words[:WORDS]) + (" …" if len(words) > WORDS else "")


def _id(channel: Channel, key: str) -> str:
    """Give an id that depends on the site and the session alone, not on how pages are called."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{channel.here}#session-{key}").urn


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> None:
    safe = {key: NOT_XML.sub("\ufffd", value) for key, value in attributes.items()}
    element = ET.SubElement(parent, name, safe)
    if text is not None:
        element.text = NOT_XML.sub("\ufffd", text)
