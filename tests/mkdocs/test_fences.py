from pathlib import Path

import pytest

from mkdocs_sessionlog.fences import MARK, mark_fences
from tests.fixture_files import Case, read_cases


@pytest.mark.parametrize("case", read_cases(Path(__file__).with_name("fences.txt")), ids=str)
def test_fence(case: Case) -> None:
    lines, fences, unclosed = mark_fences(case.input.splitlines())
    told = [
        f"{f.view} {dict(f.options)} line {f.line}" + (f" rest {f.rest!r}" if f.rest else "")
        for f in fences
    ] + [f"unclosed line {line}" for line in unclosed]
    text = "\n".join(MARK.sub(lambda m: f"<{m['number']}>", line) for line in lines)
    assert "\n".join([text, "--", *told]).strip("\n") == case.expected.strip("\n")


def test_text_of_a_fence_is_kept_as_written() -> None:
    page = "- a\n\n    ```{sessionlog} timeline\n    :limit: 1\n    ```"
    _, fences, _ = mark_fences(page.splitlines())
    assert fences[0].text == "```{sessionlog} timeline\n:limit: 1\n```"
