"""Credentials planted in every place of a project: no file that MkDocs writes holds one."""

import re
from pathlib import Path

import pytest

from tests.mkdocs.conftest import Built, build, write_project
from tests.planted import VALUES, found_in, planted, write_planted

pytestmark = pytest.mark.slow


def make(root: Path, **options: object) -> Built:
    if not (root / ".git").exists():
        (root / ".git").mkdir()
    settings = ["search", {"sessionlog": options}]
    write_project(root, plugins=settings, site_url="https://cargo.example/")
    write_planted(root)
    return build(root, strict=False)


def test_no_file_and_no_message_holds_one(tmp_path: Path) -> None:
    built = make(tmp_path)
    told = "\n".join(built.messages)
    assert found_in(built.site) == {}
    assert not [place for place, value in VALUES.items() if value in told]
    assert "GOODWORDS" in built.read("sessionlog/2026-01/index.html")
    assert re.search(r"session-log\.md:19: masked as a credential: slack-token", told)
    assert "in the name of the file" in told


def test_a_log_among_the_pages_is_not_copied_as_it_is(tmp_path: Path) -> None:
    for name, content in planted().items():
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (tmp_path / "docs" / "ROADMAP.md").unlink()
    built = make(tmp_path)
    places = found_in(built.site)
    # What a file of the docs folder is called is for its team to choose: the host goes by it.
    assert {*places} <= {"name"}


def test_what_is_waived_is_shown(tmp_path: Path) -> None:
    told = "\n".join(make(tmp_path).messages)
    [mark] = re.findall(r"secrets_allow takes (stripe-key:\w+)", told)
    page = make(tmp_path, secrets_allow=[mark]).read("sessionlog/2026-01/index.html")
    assert {place for place, value in VALUES.items() if value in page} == {"fence"}


@pytest.mark.parametrize("mode", ["warn", "off"])
def test_modes_that_show(tmp_path: Path, mode: str) -> None:
    built = make(tmp_path, secrets=mode)
    assert VALUES["table"] in built.read("sessionlog/2026-01/index.html")
    assert any("[sessionlog.secret]" in x for x in built.messages) == (mode == "warn")


def test_a_build_may_fail_before_the_old_site_is_touched(tmp_path: Path) -> None:
    make(tmp_path)
    failed = make(tmp_path, secrets="fail")
    assert failed.aborted
    assert any(m.startswith("ERROR") and "masked as a credential" in m for m in failed.messages)
    assert (tmp_path / "site/index.html").exists()
    assert found_in(tmp_path / "site") == {}
