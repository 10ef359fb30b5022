"""The built documentation in, the pictures of its example out: `make docs`, then run this.

    python docs/pictures.py [SITE]

Needs playwright and a Chromium; `CHROMIUM` names one that is not playwright's own.
"""

import os
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
SIZE = {"width": 1100, "height": 1000}

PICTURES = {
    "timeline": ("sessionlog/index.html", "light"),
    "continue-here": ("sessionlog/continue-here.html", "light"),
    "roadmap": ("sessionlog/roadmap.html", "dark"),
    "metrics": ("sessionlog/metrics.html", "dark"),
}
"""Name of the picture -> page and colours."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


def take(site: Path) -> None:
    """Take each picture of the table."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        for name, (page, scheme) in PICTURES.items():
            tab = browser.new_page(viewport=SIZE, color_scheme=scheme)
            tab.goto(f"http://127.0.0.1:{server.server_port}/{page}")
            tab.wait_for_timeout(300)
            tab.screenshot(path=IMAGES / f"{name}.png")
            tab.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    take(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "docs" / "sphinx")
