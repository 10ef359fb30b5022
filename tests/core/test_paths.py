"""What lies in a project: links and dots are followed before anything is said."""

from pathlib import Path

import pytest

from sessionlog_core.paths import find_real
from sessionlog_core.paths import is_inside as is_really_inside


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root/docs").mkdir(parents=True)
    (tmp_path / "root-other").mkdir()
    (tmp_path / "secret.md").touch()
    return tmp_path / "root"


def is_inside(path: Path, root: Path) -> bool:
    return is_really_inside(find_real(path), find_real(root))


def test_inside(root: Path) -> None:
    (root / "a.md").touch()
    (root / "docs/link.md").symlink_to(root / "a.md")
    (root / "docs/folder").symlink_to(root)
    for name in ("", ".", "a.md", "docs/../a.md", "docs/link.md", "docs/folder/a.md", "gone/x.md"):
        assert is_inside(root / name, root)


def test_outside(root: Path) -> None:
    (root / "link.md").symlink_to(root.parent / "secret.md")
    (root / "folder").symlink_to(root.parent)
    for name in ("..", "../secret.md", "docs/../../secret.md", "link.md", "folder/secret.md"):
        assert not is_inside(root / name, root)
    assert not is_inside(root.parent / "root-other", root)
    assert not is_inside(Path("/etc/passwd"), root)


def test_a_root_that_is_a_link(root: Path) -> None:
    (root.parent / "link").symlink_to(root)
    assert is_inside(root / "a.md", root.parent / "link")
    assert is_inside(root.parent / "link/a.md", root)


def test_circles_are_nowhere(root: Path) -> None:
    (root / "a").symlink_to(root / "b")
    (root / "b").symlink_to(root / "a")
    assert find_real(root / "a") is None
    assert not is_inside(root / "a", root)
    assert not is_inside(root, root / "a")
    assert find_real(root / "docs/..") == root.resolve()


def test_what_no_path_can_hold_is_nowhere(root: Path) -> None:
    assert find_real(root / "a\0b") is None
    assert not is_inside(root / "a\0b", root)
