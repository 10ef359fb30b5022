"""The versions of Python, Sphinx and docutils with which the extension is tested: `nox`."""

import nox

LATEST = ("sphinx>=9,<10", "docutils", "markdown-it-py>=4,<5")

MATRIX = {
    "3.11-lowest": ("sphinx==8.0.2", "docutils==0.20.1", "markdown-it-py==3.0.0"),
    "3.11-sphinx8.1": ("sphinx==8.1.3", "docutils==0.21.2", "markdown-it-py>=3,<5"),
    "3.11-sphinx8.2": ("sphinx==8.2.3", "docutils==0.21.2", "markdown-it-py>=3,<5"),
    "3.11-latest": LATEST,
    "3.12-latest": LATEST,
    "3.13-latest": LATEST,
}
"""Python and a name -> Sphinx, docutils and markdown-it-py; the lowest are the lowest allowed."""


def _add(name: str, packages: tuple[str, ...]) -> None:
    @nox.session(name=name, python=name.partition("-")[0])
    def run(session: nox.Session) -> None:
        session.install("pytest", "myst-parser", "furo", *packages)
        session.install("--no-deps", "-e", ".")
        session.run("python", "-m", "pytest", "-q", "tests/sphinx", *session.posargs)


for _name, _packages in MATRIX.items():
    _add(_name, _packages)
