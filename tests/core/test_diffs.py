"""A log that arrives as a diff is the file that the diff adds, also where its lines were joined."""

import re
import time
from pathlib import Path

import pytest

from sessionlog_core.diffs import unfold
from tests.corpus import CORPUS, labelled, needs_corpus
from tests.growth import LINEAR, growth

LOG = """# Session 2 Notes

## What happened

The reader was built in one go, and the table of words was filled while the tests
ran + the pages were made. It reads logs of three shapes now, and says of each why
it was taken for one.

1. **Reader.** Two levels of headings, and label lines, with 12 + 5 tests. Coverage
   went up by +3 to 84 %.
2. **Writer.**
   - blocks to text
   - blocks to HTML

```python
total = first + second
for line in lines:
    total += 1
```

| what | before | after |
|---|---|---|
| tests | 12 | 17 (+5) |

- [x] a task
6. a list that goes on
> quoted
"""


def git_diff(files: dict[str, str], *, binary: bool = False) -> str:
    return "".join(
        f"diff --git a/{name} b/{name}\nnew file mode 100644\nindex 0000000..de5a224\n"
        f"--- /dev/null\n+++ b/{name}\n@@ -0,0 +1,{len(text.splitlines())} @@\n"
        + "".join(f"+{line}\n" for line in text.splitlines())
        for name, text in files.items()
    )


def join(diff: str, *, blanks: bool) -> str:
    """Put the lines of a diff on one; `blanks` also makes one blank of many."""
    return re.sub(r"\s+", " ", diff).strip() if blanks else diff.replace("\n", " ").strip()


def read(diff: str) -> dict[str, str]:
    unfolded = unfold(diff, "a.diff")
    assert unfolded is not None
    files, problems = unfolded
    assert problems == ()
    return {file.path: file.text for file in files}


TWO = {"SESSION_LOG.md": LOG, "docs/notes/a b.md": "# Notes\n\n- one\n"}


@pytest.mark.parametrize("files", [{"a.md": LOG}, TWO], ids=["one", "two"])
def test_a_diff_gives_its_files(files: dict[str, str]) -> None:
    assert read(git_diff(files)) == files


@pytest.mark.parametrize("files", [{"a.md": LOG}, TWO], ids=["one", "two"])
def test_a_joined_diff_that_kept_its_blanks_gives_its_files(files: dict[str, str]) -> None:
    assert read(join(git_diff(files), blanks=False)) == files


@pytest.mark.parametrize("files", [{"a.md": LOG}, TWO], ids=["one", "two"])
def test_a_joined_diff_gives_its_lines_but_for_indents(files: dict[str, str]) -> None:
    found = read(join(git_diff(files), blanks=True))
    assert list(found) == list(files)
    for name, text in files.items():
        assert [" ".join(x.split()) for x in found[name].split("\n")] == [
            " ".join(x.split()) for x in text.split("\n")
        ]


def test_nesting_survives_though_its_width_does_not() -> None:
    found = read(join(git_diff({"a.md": "- top\n    - nested\n- top\n"}), blanks=True))
    assert found == {"a.md": "- top\n - nested\n- top\n"}


@pytest.mark.parametrize(
    "before",
    [
        "",
        "commit 1234567890abcdef\nAuthor: A <a@example.com>\nDate: now\n\n    Add a log\n\n",
        "From 1234567890abcdef1234567890abcdef12345678 Mon Sep 17 2001\nSubject: x\n---\n\n",
    ],
    ids=["git diff", "git show", "git format-patch"],
)
def test_what_stands_before_the_first_file(before: str) -> None:
    assert read(before + git_diff({"a.md": LOG}) + "-- \n2.39\n") == {"a.md": LOG}


def test_diff_without_git() -> None:
    diff = (
        "--- /dev/null\t1970-01-01 00:00:00\n+++ b.md\t2026-01-01 10:00:00\n@@ -0,0 +1 @@\n+# B\n"
    )
    assert read(diff) == {"b.md": "# B\n"}


def test_a_quoted_path_and_a_file_without_a_last_newline() -> None:
    head = '--- /dev/null\n+++ "b/caf\\303\\251.md"\n@@ -0,0 +1 @@\n'
    diff = f"{head}+# B\n\\ No newline at end of file\n"
    assert read(diff) == {"café.md": "# B\n"}


def test_lines_that_look_like_a_diff_inside_a_diff() -> None:
    text = "# Log\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n- old\n+ new\n"
    assert read(git_diff({"a.md": text})) == {"a.md": text}


@pytest.mark.parametrize(
    "text",
    [
        LOG,
        "# Log\n\n```diff\n" + git_diff({"a.md": "x\n"}) + "```\n",
        "commit the log before you go\n\n- done\n",
        "diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n",
    ],
    ids=["a log", "a log with a diff", "words", "nothing added"],
)
def test_what_is_no_diff_of_an_added_file(text: str) -> None:
    assert unfold(text, "a.md") is None


def test_a_changed_file_is_left_out_and_told() -> None:
    change = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"
    unfolded = unfold(git_diff({"a.md": LOG}) + change, "a.diff")
    assert unfolded is not None
    files, problems = unfolded
    assert [file.path for file in files] == ["a.md"]
    assert [str(p) for p in problems] == [
        "a.diff: the diff changes x and does not add it, left out [sessionlog.diff]"
    ]


def test_a_diff_that_was_cut_is_read_and_told() -> None:
    diff = git_diff({"a.md": LOG})
    unfolded = unfold("\n".join(diff.split("\n")[:20]), "a.diff")
    assert unfolded is not None
    (file,), (problem,) = unfolded
    assert LOG.startswith(file.text)
    assert "before what its header announces" in problem.message


def test_a_joined_diff_that_was_cut_is_read_and_told() -> None:
    unfolded = unfold(join(git_diff({"a.md": LOG}), blanks=True)[:600], "a.diff")
    assert unfolded is not None
    (file,), (problem,) = unfolded
    assert file.text.startswith("# Session 2 Notes\n\n## What happened\n\n")
    assert re.fullmatch(r"the diff of a.md has \d+ lines, its header announces 27", problem.message)


@pytest.mark.parametrize(
    "bait",
    ["+ ", "+a ", "+1 ", "a + b ", "+ + ", "diff --git ", "--- /dev/null ", "+++ b/x "],
)
def test_time_is_linear(bait: str) -> None:
    def seconds(count: int) -> float:
        head = join(git_diff({"a.md": "x\n" * (count // 2)})[:200], blanks=True).split("@@ ")
        text = f"{head[0]}@@ -0,0 +1,{count // 2} @@ +" + bait * count
        start = time.process_time()
        unfold(text, "a.diff")
        return time.process_time() - start

    seconds(1000)
    assert growth(seconds, 8_000) < LINEAR


# Real logs --------------------------------------------------------------------------------------


@needs_corpus
def test_the_real_joined_diff_has_the_lines_that_its_header_promises() -> None:
    text = labelled("report", "Session2.diff").read_text("utf-8")
    promised = re.search(r"@@ -0,0 \+1,(\d+) @@", text)
    assert promised is not None
    (lines,) = (body.split("\n")[:-1] for body in read(text).values())
    assert len(lines) == int(promised[1]) == 298
    # Nothing of the text is lost or added but the signs at the beginnings of lines.
    words = text[promised.end() :].split()
    signs = len(re.findall(r"(?<!\S)\+", text[promised.end() :])) - len(lines)
    kept = " ".join(lines).split()
    assert len(re.findall(r"(?<!\S)\+", " ".join(lines))) == signs == 9
    assert "".join(kept).replace("+", "") == "".join(words).replace("+", "")


@needs_corpus
@pytest.mark.parametrize("blanks", [True, False], ids=["one blank", "blanks kept"])
def test_nearly_all_lines_of_real_logs_come_back(*, blanks: bool) -> None:
    right = total = 0
    for path in sorted((CORPUS / "files").glob("*/**/*.md")):
        lines = path.read_text("utf-8", errors="replace").replace("\r", "").strip("\n").split("\n")
        if len(lines) > 600:
            continue
        diff = join(git_diff({"a.md": "\n".join(lines)}), blanks=blanks)
        found = unfold(diff, "a.diff")
        assert found is not None
        back = found[0][0].text.split("\n")[:-1]
        assert len(back) == len(lines), Path(path).name
        total += len(lines)
        right += sum(
            " ".join(a.split()) == " ".join(b.split()) for a, b in zip(back, lines, strict=True)
        )
    assert right / total > 0.9
