"""The versions of Python, Sphinx and docutils with which the extension is tested: `nox`."""

import nox

LATEST = ("sphinx>=9,<10", "docutils", "markdown-it-py>=4,<5")

MATRIX = {
    "3.11-lowest": ("-c", "tests/lowest.txt", "sphinx", "docutils", "markdown-it-py"),
    "3.11-sphinx8.1": ("sphinx==8.1.3", "docutils==0.21.2", "markdown-it-py>=3,<5"),
    "3.12-sphinx8.2": ("sphinx==8.2.3", "docutils==0.21.2", "markdown-it-py>=3,<5"),
    "3.11-latest": LATEST,
    "3.12-sphinx9.0": ("sphinx==9.0.*", "docutils", "markdown-it-py>=4,<5"),
    "3.12-latest": LATEST,
    "3.13-latest": LATEST,
    "3.14-latest": LATEST,
}
"""Python and a name -> what is installed; each takes the docutils and the rest that it allows."""


def _add(name: str, packages: tuple[str, ...]) -> None:
    @nox.session(name=name, python=name.partition("-")[0])
    def run(session: nox.Session) -> None:
        session.install(
            "beautifulsoup4", "pytest", "myst-parser", "furo", "sphinx-rtd-theme", *packages
        )
        session.install("--no-deps", "-e", ".")
        session.run("python", "-m", "pytest", "-q", "tests/sphinx", *session.posargs)


for _name, _packages in MATRIX.items():
    _add(_name, _packages)
