"""What the machine around a programme folder may do with it: synchronise it, keep its history, push it."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SYNCED = (
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "iCloud",
    "Mobile Documents",
    "Nextcloud",
    "SynologyDrive",
)


def is_synced(root: Path) -> bool:
    """Does the folder lie in one that a cloud service keeps a copy of?"""
    return any(name in str(root) for name in _SYNCED)


def repository(root: Path) -> Path | None:
    """The git repository that the folder lies in."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)


def has_remote(root: Path) -> bool:
    """Does that repository know another to push to?"""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "remote"], capture_output=True, text=True, timeout=5, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return bool(done.stdout.strip())
