"""Any bytes and any text: nothing raises, lines and words stay, what is done once is done."""

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sessionlog_core.diffs import unfold
from sessionlog_core.invisible import clean
from sessionlog_core.masking import mask
from sessionlog_core.merges import settle
from sessionlog_core.mojibake import repair
from sessionlog_core.privacy import KINDS, hide, make_labels
from sessionlog_core.source import read_text
from sessionlog_core.urls import SCHEMES, safe

pytestmark = pytest.mark.slow

MANY = settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])

FRAGMENTS = st.lists(
    st.one_of(
        st.sampled_from(
            (
                *(
                    "# ",
                    "## 2026-01-05 ",
                    "- [ ] ",
                    "- ",
                    "> ",
                    "```\n",
                    "| a | b |\n",
                    "|---|---|\n",
                ),
                *(
                    "<script>",
                    "<!-- ",
                    " -->",
                    "&amp;",
                    "**bold**",
                    "`code`",
                    "[a](b)",
                    "\n",
                    "\n\n",
                ),
                *("password: ", "token=", "://a:b@", "AKIA", "ghp_", "eyJ", "-----BEGIN "),
                *(
                    "PRIVATE KEY-----",
                    "<<<<<<< a\n",
                    "=======\n",
                    ">>>>>>> b\n",
                    "diff --git a/x b/x\n",
                ),
                *(
                    "--- /dev/null\n",
                    "+++ b/x\n",
                    "@@ -0,0 +1,2 @@\n",
                    "@@ -0,0 +1,2 @@ +",
                    "+",
                    " + ",
                ),
                *(
                    "âœ…",
                    "Ã©",
                    "ğŸ",
                    "â€",
                    "\u202e",
                    "\u200b",
                    "\x1b[0m",
                    "\x00",
                    "\ufeff",
                    "👩\u200d💻",
                ),
                *("/home/anna", "10.0.0.1", "a@b.io", "sessionlog: allow-secret"),
            )
        ),
        st.text(max_size=12),
    ),
    max_size=30,
).map("".join)


@MANY
@given(st.binary(max_size=300))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf")
@example(b"\xe2\x9c")
def test_any_bytes(data: bytes) -> None:
    sources, problems = read_text(data, "a.md")
    assert sources or problems
    for source in sources:
        assert "\r" not in source.text
        assert len(source.text.splitlines()) in (
            source.text.count("\n"),
            source.text.count("\n") + 1,
        )
        source.text.encode("utf-8")
        assert not [c for c in source.text if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    for problem in problems:
        assert str(problem).isprintable()


@MANY
@given(FRAGMENTS)
def test_any_text_comes_through_every_step(text: str) -> None:
    text = text.replace("\r", "")
    repaired, _ = repair(text)
    assert repaired.count("\n") == text.count("\n")
    assert repair(repaired)[0] == repaired or repaired != text
    cleaned, _ = clean(repaired, "a.md")
    assert cleaned.count("\n") == text.count("\n")
    assert clean(cleaned, "a.md") == (cleaned, ())
    settled, _ = settle(cleaned, "a.md")
    assert settled.count("\n") == cleaned.count("\n")
    masked, problems = mask(settled, "a.md")
    assert masked.count("\n") == settled.count("\n")
    assert bool(problems) == (masked != settled)
    labels = make_labels([masked])
    assert hide(masked, KINDS, labels).count("\n") == masked.count("\n")


@MANY
@given(FRAGMENTS)
def test_a_mask_takes_nothing_but_what_it_stands_for(text: str) -> None:
    masked, _ = mask(text, "a.md")
    kept = re.split(r"\(masked:[a-z0-9-]+\)\n*", masked)
    at = 0
    for part in kept:
        at = text.index(part, at) + len(part)


@MANY
@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=60)))
def test_a_diff_gives_back_what_it_was_made_from(lines: list[str]) -> None:
    diff = f"--- /dev/null\n+++ b/a.md\n@@ -0,0 +1,{len(lines)} @@\n" + "".join(
        f"+{line}\n" for line in lines
    )
    unfolded = unfold(diff, "a.diff")
    if not lines:
        assert unfolded is None
        return
    assert unfolded is not None
    (file,), problems = unfolded
    assert problems == ()
    assert file.text == "".join(f"{line}\n" for line in lines)


WORDS = st.text(st.sampled_from("abcdefgh+-*.,:#5"), min_size=1, max_size=9)


@settings(max_examples=500, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=40))
def test_a_joined_diff_gives_back_as_many_lines_and_all_words(lines: list[str]) -> None:
    body = " ".join(f"+{line}" for line in lines)
    diff = f"--- /dev/null +++ b/a.md @@ -0,0 +1,{len(lines)} @@ {body}"
    unfolded = unfold(diff, "a.diff")
    assert unfolded is not None
    (file,), _ = unfolded
    back = file.text.split("\n")[:-1]
    assert len(back) == len(lines)
    assert sorted("".join(back).replace(" ", "")) == sorted("".join(lines).replace(" ", ""))


@MANY
@given(st.text(max_size=40))
@example("java\u0000script:alert(1)")
@example("&#106avascript:alert(1)")
def test_any_link(href: str) -> None:
    shown = safe(href)
    if shown is not None:
        assert not [c for c in shown if ord(c) < 32 or ord(c) == 127]
        assert not shown.replace("\\", "/").startswith("//")
        scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)", shown)
        assert scheme is None or scheme[0].lower() in SCHEMES
        assert safe(shown) == shown
