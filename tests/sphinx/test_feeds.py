"""Feeds stand beside the pages of a site that knows its address, and its timeline names them."""

from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

from tests.sphinx.sites import Site

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "https://tides.example/docs/"

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_entries_lead_to_sessions_of_the_site(site: Site, builder: str) -> None:
    built = site.build(builder, html_baseurl=HOME)
    assert built.warnings == ""
    feed = ET.fromstring(built.text("sessionlog/feed.xml"))
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        url, anchor = urldefrag(link.get("href", ""))
        assert url.startswith(HOME)
        name = unquote(url.removeprefix(HOME))
        page = built.text(name if name.endswith(".html") else f"{name}index.html")
        assert BeautifulSoup(page, "html.parser").find(id=anchor)
    timeline = BeautifulSoup(built.text("sessionlog/index.html"), "html.parser")
    head = timeline.select("head link[rel~=alternate]")
    assert [x["href"] for x in head] == ["feed.xml", "feed.json"]
    assert (built.out / "sessionlog/feed.json").is_file()


def test_ids_are_those_of_the_session_whatever_the_builder(site: Site) -> None:
    ids = []
    for builder in ("html", "dirhtml"):
        built = site.build(builder, html_baseurl=HOME, doctrees=builder)
        feed = ET.fromstring(built.text("sessionlog/feed.xml"))
        ids.append([x.text for x in feed.iter(f"{ATOM}id")])
    assert ids[0] == ids[1]


def test_a_site_without_an_address_has_no_feed_and_says_so_once(site: Site) -> None:
    built = site.build()
    assert not (built.out / "sessionlog/feed.xml").exists()
    assert "feed.xml" not in built.text("sessionlog/index.html")
    assert built.status.count("no feeds, since html_baseurl") == 1
