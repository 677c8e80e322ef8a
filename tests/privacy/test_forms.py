"""Every example of corpus/privacy/forms.toml is found as it says, and nothing else of its kind."""

from __future__ import annotations

import re

import pytest

from assistant.privacy.identify import spans
from assistant.privacy.known import Known
from assistant.privacy.patterns import listed

EXAMPLES = [(form.kind, example) for form in listed() for example in form.examples]


@pytest.mark.parametrize(("kind", "example"), EXAMPLES)
def test_a_form_is_found_as_its_example_says(kind: str, example: str) -> None:
    text = re.sub(r"[{}]", "", example)
    found = [text[span.start : span.end] for span in spans(text, Known([])) if span.kind == kind]
    assert found == re.findall(r"\{(.*?)\}", example)
