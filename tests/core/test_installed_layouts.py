"""Layouts that another distribution brings, by entry points of the group `sessionlog.layouts`."""

import subprocess
import sys
from pathlib import Path

READ = """
from pathlib import Path
from sessionlog_core.options import read_options
from sessionlog_core.reader import read_log
from sessionlog_core.rows import make_vocabulary

options, problems = read_options(Path("."))
text = "Watch 7 of the pier\\n- painted the lamp\\n\\nWatch 8 of the pier\\n- oiled the bell\\n"
log = read_log(text, "notes/pier.txt", vocabulary=make_vocabulary(options))
print(*[s.number for s in log.sessions], *problems, sep="\\n")
"""


def read_with(tmp_path: Path, pattern: str) -> list[str]:
    """Read a log in a process in which a distribution with a layout is installed."""
    (tmp_path / "pier_layout.py").write_text(f"WATCH = {pattern!r}\n")
    info = tmp_path / "pier-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: pier\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[sessionlog.layouts]\nwatch = pier_layout:WATCH\n")
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}){READ}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


def test_an_installed_layout_starts_sessions(tmp_path: Path) -> None:
    assert read_with(tmp_path, r"^Watch (?P<number>\d+) of .+$") == ["7", "8"]


def test_a_wrong_one_is_told_and_changes_nothing(tmp_path: Path) -> None:
    told = read_with(tmp_path, "^Watch (")
    assert told[-1].startswith("installed layout watch (pier_layout:WATCH): not a pattern")
    assert told[-1].endswith("[sessionlog.option]")
