"""A project for each test, and builds of one project that tests share."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx import locale

from tests.sphinx.sites import Built, Site, make_site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Give a project with a log and a roadmap beside its documentation."""
    return make_site(tmp_path)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Give builds of one and the same project, each builder run once for all tests."""
    made = make_site(tmp_path_factory.mktemp("shared"))
    built: dict[str, Built] = {}

    def build(builder: str) -> Built:
        if builder not in built:
            doctrees = "doctrees-gettext" if builder == "gettext" else "doctrees"
            built[builder] = made.build(builder, doctrees=doctrees)
        return built[builder]

    return build


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "translators", {})  # Sphinx keeps them for the whole process


@pytest.fixture(autouse=True)
def _no_colors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
