"""A host in, what its builds must stand out: kills, full disks, files that change meanwhile.

Each host is run as its users run it, as a command of its own. What a build made is right where it
is, byte by byte, what a build makes that nobody disturbed.
"""

import locale
import os
import random
import resource
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

GOOD = "# Log\n\n## Session 1 - 2026-01-02: Good\n\nTests: 12 passing\n\n- T001 GOODWORDS\n"
LONG = "# Log\n\n" + "".join(
    f"## Session {n} - 2026-{n % 12 + 1:02}-{n % 27 + 1:02}: Shelf {n}\n\n"
    f"- moved T{n:03}\n- [ ] next\n\n"
    for n in range(2, 120)
)
ROADMAP = "# Roadmap\n\n- [ ] T001 shelves\n- [ ] T002 boards\n"
SLOW = 120


class Disturbed:
    """Tests for a host; a class of its own for each says how it is run and what it writes."""

    def command(self, root: Path) -> list[str]:
        """Give the command that builds the site of `root`."""
        raise NotImplementedError

    def write(self, root: Path) -> None:
        """Write the configuration and a first page."""
        raise NotImplementedError

    def pages(self, root: Path) -> Path:
        """Give the folder of our pages in the site."""
        raise NotImplementedError

    # What tests use -----------------------------------------------------------------------------

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        root = tmp_path / "project"
        root.mkdir()
        (root / ".git").mkdir()
        (root / "docs").mkdir()
        files = {"session-log.md": GOOD, "logs/session-log.md": LONG, "ROADMAP.md": ROADMAP}
        for name, text in files.items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(text, "utf-8")
        self.write(root)
        return root

    def start(self, root: Path, *, largest: int = 0, **environment: str) -> "subprocess.Popen[str]":
        def limit() -> None:
            if largest:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

        return subprocess.Popen(
            self.command(root),
            cwd=root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            preexec_fn=limit,
        )

    def build(self, root: Path, **environment: str) -> str:
        """Build, and give what was said; it must end well."""
        process = self.start(root, **environment)
        said, _ = process.communicate(timeout=SLOW)
        assert process.returncode == 0, said
        assert "Traceback" not in said
        assert "fault of Sessionlog" not in said
        return said

    def made(self, root: Path) -> Mapping[str, bytes]:
        folder = self.pages(root)
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    def afresh(self, root: Path) -> Mapping[str, bytes]:
        """Give what a build makes of the same files where there was none before."""
        for name in ("site", "_build"):
            shutil.rmtree(root / name, ignore_errors=True)
        self.build(root)
        return self.made(root)

    # The tests ----------------------------------------------------------------------------------

    def test_killed_at_any_point(self, root: Path) -> None:
        chance = random.Random(1)
        for _ in range(6):
            process = self.start(root)
            time.sleep(chance.uniform(0.2, 2.5))
            process.kill()
            process.communicate(timeout=SLOW)
            with (root / "session-log.md").open("a") as log:
                log.write("- one more\n")
        self.build(root)
        made = self.made(root)
        assert made == self.afresh(root)

    def test_two_at_once(self, root: Path) -> None:
        both = [self.start(root), self.start(root)]
        for process in both:
            said, _ = process.communicate(timeout=SLOW)
            assert "fault of Sessionlog" not in said
        self.build(root)
        made = self.made(root)
        assert made == self.afresh(root)

    def test_full_disk(self, root: Path) -> None:
        process = self.start(root, largest=4_000)
        said, _ = process.communicate(timeout=SLOW)
        assert "fault of Sessionlog" not in said
        self.build(root)
        made = self.made(root)
        assert made == self.afresh(root)

    def test_same_bytes_wherever_it_runs(self, root: Path) -> None:
        epoch = {"SOURCE_DATE_EPOCH": "0"}
        places: tuple[dict[str, str], ...] = (
            {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
            {"TZ": "Etc/GMT+12", **_locale("tr_TR"), "PYTHONHASHSEED": "1"},
            {"TZ": "Asia/Kathmandu", **_locale("ja_JP"), "PYTHONHASHSEED": "2"},
        )
        made = []
        for place in places:
            for name in ("site", "_build"):
                shutil.rmtree(root / name, ignore_errors=True)
            self.build(root, **epoch, **place)
            made.append(self.made(root))
        assert made[0]
        for other in made[1:]:
            assert [name for name in made[0] if made[0][name] != other.get(name)] == []

    def test_logs_that_change_meanwhile(self, root: Path) -> None:
        log = root / "logs" / "session-log.md"

        def replaced() -> None:
            beside = root / "logs" / "new"
            beside.write_text(LONG, "utf-8")
            beside.replace(log)

        ways: tuple[Callable[[], object], ...] = (
            lambda: log.open("a").write("- more\n"),
            lambda: log.write_text(""),
            lambda: log.unlink(missing_ok=True),
            replaced,
        )
        with _again_and_again(ways):
            self.build(root)
        log.write_text(LONG, "utf-8")
        self.build(root)
        made = self.made(root)
        assert made == self.afresh(root)

    def test_odd_files_beside_a_good_log(self, root: Path) -> None:
        odd = root / "odd"
        odd.mkdir()
        (odd / "session-log.md").symlink_to("gone.md")
        (root / "progress.md").symlink_to("progress.md")
        (odd / "circle").symlink_to(".")
        os.mkfifo(root / "worklog.md")
        (odd / "devlog.md").symlink_to("/dev/zero")
        (root / "SESSION_REPORT_2026-01-05.md").symlink_to("/etc/passwd")
        (root / "SESSION_LOG.md").mkdir()
        (odd / "locked").mkdir()
        (odd / "locked" / "progress.md").write_text("# Log\n")
        (odd / "locked" / "progress.md").chmod(0)
        (odd / "locked").chmod(0)
        try:
            self.build(root)
        finally:
            (odd / "locked").chmod(0o700)
        text = b"".join(self.made(root).values())
        assert b"GOODWORDS" in text
        assert b"root:x:0" not in text

    def test_nothing_is_written_beside_the_sources(self, root: Path) -> None:
        def sources() -> dict[str, tuple[int, bytes]]:
            return {
                path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
                for path in root.rglob("*")
                if path.is_file() and not {"site", "_build"} & {*path.relative_to(root).parts}
            }

        before = sources()
        self.build(root)
        assert sources() == before

    def test_sources_that_cannot_be_written(self, root: Path) -> None:
        """A build writes into its own folders alone; the superuser too is held to that here."""
        self.build(root)
        right = self.made(root)
        for name in ("site", "_build"):
            shutil.rmtree(root / name, ignore_errors=True)
            (root / name).mkdir()
        if subprocess.run([*READ_ONLY, str(root), "true"], check=False).returncode:
            pytest.skip("no file system can be made read-only here")
        said = subprocess.run(
            [*READ_ONLY, str(root), *self.command(root)],
            cwd=root,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=SLOW,
        )
        assert said.returncode == 0, said.stdout + said.stderr
        assert "Traceback" not in said.stdout + said.stderr
        assert self.made(root) == right

    @pytest.mark.skipif(shutil.which("faketime") is None, reason="faketime is not there")
    @pytest.mark.parametrize("clock", ["1970-01-01 00:00:01", "2038-01-19 03:14:08"])
    def test_a_clock_that_is_wrong(self, root: Path, clock: str) -> None:
        """Every file is of the future, or very old; what was kept of a build is used all the same.

        Nothing of ours says when it was made, so that pages are those of any other day.
        """
        self.build(root)
        right = self.made(root)
        for _ in range(2):
            said = subprocess.run(
                ["faketime", clock, *self.command(root)],
                cwd=root,
                env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
                capture_output=True,
                text=True,
                check=False,
                timeout=SLOW,
            )
            assert said.returncode == 0, said.stdout + said.stderr
            assert self.made(root) == right
            with (root / "session-log.md").open("a") as log:
                log.write("- a line of that time\n")
            self.build(root)
            right = self.made(root)
            assert b"a line of that time" in b"".join(right.values())

    def test_what_was_kept_is_odd(self, root: Path) -> None:
        """A cache that was damaged in any way is one that is not there."""
        chance = random.Random(2)
        self.build(root)
        right = self.made(root)
        for damage in DAMAGES:
            for path in sorted(root.rglob("sessionlog-read/*.json")):
                damage(path, chance)
            for name in ("session-log.md", "ROADMAP.md"):
                os.utime(root / name)
            self.build(root)
            assert self.made(root) == right


_HELD = (
    'for own in site _build; do mount --bind "$0/$own" "$0/$own" || exit 125; done; '
    'mount --rbind "$0" "$0" && mount -o remount,ro,bind "$0" || exit 125; '
    'cd "$0" && touch session-log.md 2>/dev/null && exit 125; exec "$@"'
)
READ_ONLY = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", _HELD)
"""Runs the command behind a folder, which is read-only to it except for what builds write."""


def _locale(language: str) -> dict[str, str]:
    """Give a locale of a language where the machine has one; Sphinx ends where it has not."""
    for name in (f"{language}.UTF-8", f"{language}.utf8", language, "C.UTF-8"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        finally:
            locale.setlocale(locale.LC_ALL, "C.UTF-8")
        return {"LC_ALL": name}
    return {}


def _cut(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: chance.randrange(len(data) + 1)])


def _turn(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes() or b"x")
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def _fill(path: Path, chance: random.Random) -> None:
    path.write_bytes(chance.randbytes(200))


def _nest(path: Path, _: random.Random) -> None:
    head = path.read_bytes().partition(b"\n")[0]
    path.write_bytes(head + b"\n" + b"[" * 100_000)


def _pipe(path: Path, _: random.Random) -> None:
    path.unlink()
    os.mkfifo(path)


def _folder(path: Path, _: random.Random) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: tuple[Callable[[Path, random.Random], None], ...] = (
    *(_cut, _turn, _fill, _nest, _pipe, _folder),
)


@contextmanager
def _again_and_again(ways: tuple[Callable[[], object], ...]) -> Iterator[None]:
    """Change a file in each of the ways, one after the other, every twenty milliseconds."""
    end = threading.Event()

    def run() -> None:
        number = 0
        while not end.wait(0.02):
            ways[number % len(ways)]()
            number += 1

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()
