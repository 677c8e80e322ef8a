"""What the machine around a programme folder may do with it: synchronise it, keep its history, push it, show it."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from assistant.files import decode

# What a folder that a service keeps copies of is called (letters and digits alone), and what it has in it.
_SERVICES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("OneDrive", r"onedrive.*", (".849C9593-D756-4E56-8D6E-42412F2A707B",)),
    ("Dropbox", r"dropbox.*", (".dropbox", ".dropbox.cache")),
    ("Google Drive", r"googledrive.*|mydrive|mijndrive", (".tmp.drivedownload", ".tmp.driveupload")),
    ("iCloud", r"icloud.*|mobiledocuments|comappleclouddocs", (".iCloud",)),
    ("Nextcloud or ownCloud", r"(?:nextcloud|owncloud).*", (".sync_*.db", "._sync_*.db", ".nextcloudsync.log")),
    ("Syncthing", r"syncthing", (".stfolder",)),
    ("Synology Drive", r"synologydrive.*", (".SynologyWorkingDirectory",)),
    ("Box", r"box|boxsync", ()),
    ("pCloud", r"pcloud.*", ()),
    ("Proton Drive", r"protondrive.*", ()),
    ("MEGA", r"mega|megasync.*", ()),
    ("a cloud service", r"cloudstorage", ()),
)


def synced_by(root: Path) -> str | None:
    """The service that seems to keep a copy of the folder, by the names of the folders it lies in and their marks."""
    for way in dict.fromkeys((root.absolute(), root.resolve())):
        for folder in (way, *way.parents):
            name = re.sub(r"[\W_]", "", folder.name.casefold())
            for service, called, signs in _SERVICES:
                if re.fullmatch(called, name) or any(_holds(folder, sign) for sign in signs):
                    return service
    return None


def _holds(folder: Path, sign: str) -> bool:
    try:
        return any(True for _ in folder.glob(sign))
    except OSError:
        return False


def repository(root: Path) -> Path | None:
    """The git repository that the folder lies in."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)


def has_remote(root: Path) -> bool:
    """Does that repository know another to push to? Read from its settings, so that git itself need not be there."""
    home = repository(root)
    try:
        text = decode((_git_folder(home) / "config").read_bytes())[0] if home is not None else ""
    except OSError:
        return False
    return re.search(r'^\s*\[remote\s+"', text, re.MULTILINE) is not None


def _git_folder(home: Path) -> Path:
    """Where a repository keeps its settings: .git, or what .git points to in a second work tree; raises OSError."""
    there = home / ".git"
    if there.is_file():
        there = home / there.read_text("utf-8").removeprefix("gitdir:").strip()
    common = there / "commondir"
    return there / common.read_text("utf-8").strip() if common.is_file() else there


def is_open_to_all(root: Path) -> bool:
    """May everybody with an account on this machine look into the folder? Only where modes are of POSIX."""
    if os.name == "nt":
        return False
    return all(stat.S_IMODE(folder.stat().st_mode) & 0o001 for folder in (root, *root.resolve().parents))
