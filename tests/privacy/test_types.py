"""Text that was cut, said without names or audited is of a type that is made in privacy/ alone."""

from __future__ import annotations

import ast
from pathlib import Path

import assistant

ROOT = Path(assistant.__file__).parent
TYPES = {"Readable", "Shareable", "Masked", "Audited", "Outgoing"}


def test_only_privacy_makes_text_of_these_types() -> None:
    made: dict[str, set[str]] = {name: set() for name in TYPES}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TYPES:
                made[node.func.id].add(path.relative_to(ROOT).parts[0])
    assert made == {name: {"privacy"} for name in TYPES}
