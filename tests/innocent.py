"""Sentences in which nobody is named, of both languages."""

from __future__ import annotations

from case_files import texts
from hypothesis import strategies as st

SENTENCES = texts("innocent.yaml")
SENTENCE = st.sampled_from(SENTENCES)
