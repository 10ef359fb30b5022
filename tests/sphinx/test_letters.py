"""Signs and letters for pdfLaTeX."""

import pytest

from sphinx_sessionlog.letters import speller

CASES = [
    ("plain", "plain"),
    ("Büro – “a” … • †", "Büro – “a” … • †"),
    ("✅ done, ❌ not, ☐ open", "✔ done, ✖ not, [ ] open"),
    ("a → b ⇒ c ≥ 3", "a → b => c >= 3"),
    ("⚠\ufe0f mind", "(!) mind"),
    ("🚀 off", "[rocket] off"),
    ("Δt in λ", "Deltat in lamda"),
    ("├── src ╔═╗", "├── src +++"),
    ("完成 and 次回", "[…] and […]"),
    ("Сделано", "[…]"),
]


@pytest.mark.parametrize(("text", "spelled"), CASES)
def test_signs_become_what_can_be_set(text: str, spelled: str) -> None:
    assert speller("")(text) == spelled


def test_letters_stay_where_their_font_is_loaded() -> None:
    fonts = r"\usepackage[LGR,X2,T1]{fontenc}"
    assert speller(fonts)("Сделано, Δt ✅") == "Сделано, Δt ✔"
