"""What is private gets a label, the same on every page; what only looks private stays."""

import random
import time
from collections import Counter

import pytest

from sessionlog_core import privacy
from sessionlog_core.privacy import (
    KINDS,
    count_private,
    find_private,
    hide,
    make_labels,
    tell_private,
)
from tests.growth import LINEAR, growth


def masked(text: str, *names: str) -> str:
    return hide(text, KINDS, make_labels([text], names=names), names=names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in /home/coder/app/a.py", "in /home/user-1/app/a.py"),
        ("in `/Users/anna/app`", "in `/home/user-1/app`"),
        (
            "/home/anna and /home/ben and /home/anna/x",
            "/home/user-1 and /home/user-2 and /home/user-1/x",
        ),
        (r"C:\Users\anna\app", r"/home/user-1\app"),
        (r"C:\Users\Anna Bo\app", r"/home/user-1\app"),
        (r"C:\\Users\\anna\\app", r"/home/user-1\\app"),
        ("file:///home/anna/x", "file:///home/anna/x"),
        ("ssh 192.168.1.51, 10.0.0.7 and 172.18.0.1:80", "ssh host-1, host-2 and host-3:80"),
        ("100.64.1.2 169.254.3.4 fd12:3456:789a::1", "host-1 host-2 host-3"),
        ("nas.local and db.prod.internal.", "host-1 and host-2."),
        ("mail a.b+c@firm.co.uk or A.B+C@firm.co.uk", "mail email-1 or email-1"),
        ("<anna@firm.io>", "<email-1>"),
    ],
)
def test_labels(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "/home, /home/user/x, /home/runner/work, /Users/Shared, /home/$USER/x, /Users/<name>/x",
        "https://example.com/home/anna and api/Users/1 and src/home/anna",
        "127.0.0.1 0.0.0.0 8.8.8.8 172.15.0.1 172.32.0.1 version 10.2.3 and 10.2.3.4.5 v10.1.2.3",
        "CLAUDE.local.md, localhost, example.com, internal/server.go",
        "a@example.com, git@github.com, noreply@firm.io, x@y.test, user@localhost, @me, p@1.2.3",
    ],
)
def test_what_is_nobodys_stays(text: str) -> None:
    assert masked(text) == text


def test_names_are_labelled_by_their_place_in_the_list() -> None:
    text = "Ben asked anna; ANNA and Bennet agreed"
    assert masked(text, "Anna", "Ben") == "name-2 asked name-1; name-1 and Bennet agreed"


def test_only_what_is_asked_for_and_lines_stay() -> None:
    text = "/home/anna\na@firm.io\n10.0.0.1\n"
    labels = make_labels([text])
    assert hide(text, ("emails",), labels) == "/home/anna\nemail-1\n10.0.0.1\n"
    assert hide(text, (), labels) == text


def test_labels_are_the_same_in_all_texts() -> None:
    labels = make_labels(["10.0.0.1 x", "10.0.0.2 10.0.0.1"])
    assert hide("10.0.0.2 10.0.0.1", KINDS, labels) == "host-2 host-1"


def test_what_is_shown_is_told_in_one_sentence() -> None:
    texts = ["/home/anna/x and /home/anna/y", "10.0.0.1 a@firm.io"]
    assert tell_private(count_private(texts, ()), ()) == (
        "shown as written: 2 home folders, 1 private addresses and machines, 1 e-mail addresses; "
        "the option privacy masks paths, hosts, emails"
    )
    assert tell_private(count_private(texts, ()), ("paths", "hosts")) == (
        "shown as written: 1 e-mail addresses; the option privacy masks emails"
    )
    assert tell_private(count_private(texts, ()), KINDS) is None
    assert tell_private(count_private(["nothing"], ()), ()) is None


@pytest.mark.parametrize(
    "bait",
    ["/home/", "a@", "a.", "192.168.", "10.", "fd00:", "a.local", "x@a.", r"C:\Users" + "\\"],
)
def test_time_is_linear(bait: str) -> None:
    def seconds(size: int) -> float:
        text = bait * (size // len(bait))
        start = time.process_time()
        find_private(text)
        return time.process_time() - start

    seconds(1000)
    assert growth(seconds, 50_000) < LINEAR


PIECES = """
    /home/ /home/anna /Users /Users/ben/ C:\\Users\\ben\\x D:/Users/ file:///home/ home Users anna@
    10.0.0.7 10. .1.2.3 192.168.1. 172.16.0.1 169.254 100.64.1.2 ١٠.٠.٠.٧ 10.٠.٠.٧ 1.2.3.4.5 v1.2
    fd12: FD1A:: fc00:12:ab f: fd nas.local NAS.LOCAL db.prod.ınternal x.İnternal .lan a.corp
    srv.home.arpa .intranet localdomain a.localdomain .loKal a@firm.io A.B+c@Firm.co.uk @ x@y .com
    a b - . : / \\ " ` ( ) < > é 日本
""".split()


def test_lines_without_a_sign_hold_nothing_private() -> None:
    chance = random.Random(5)
    found: Counter[int] = Counter()
    for _ in range(6_000):
        text = "".join(
            chance.choice(PIECES) + chance.choice(("", "", " ", "\n", "\r"))
            for _ in range(chance.randint(1, 12))
        )
        for number, pattern in enumerate(privacy._SIGNS):
            whole = [match.span() for match in pattern.finditer(text)]
            assert [match.span() for match in privacy._search(pattern, text)] == whole
            found[number] += len(whole)
    assert len(found) == 3
    assert min(found.values()) > 200


@pytest.mark.parametrize("piece", ["@", "@\n"])
def test_signs_are_looked_for_in_linear_time(piece: str) -> None:
    def look(count: int) -> float:
        text = piece * count
        (sign,) = privacy._SIGNS[privacy._EMAILS]
        start = time.process_time()
        for _ in privacy._lines_with(sign, text):
            pass
        return time.process_time() - start

    assert growth(look, 20_000) < LINEAR
