"""Where a programme lies is looked at: who synchronises it, where its history may go, who may look in."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assistant.programme import place

NAMES = {
    "OneDrive - Achterberg BV": "OneDrive",
    "onedrive": "OneDrive",
    "Dropbox (Persoonlijk)": "Dropbox",
    "Google Drive": "Google Drive",
    "GoogleDrive-noor@example.org": "Google Drive",
    "Mijn Drive": "Google Drive",
    "iCloud Drive": "iCloud",
    "iCloudDrive": "iCloud",
    "Mobile Documents": "iCloud",
    "Nextcloud": "Nextcloud or ownCloud",
    "ownCloud2": "Nextcloud or ownCloud",
    "SynologyDrive": "Synology Drive",
    "Box Sync": "Box",
    "CloudStorage": "a cloud service",
}
SIGNS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.driveupload": "Google Drive",
    ".sync_0a1b2c.db": "Nextcloud or ownCloud",
    "._sync_0a1b2c.db": "Nextcloud or ownCloud",
    ".stfolder": "Syncthing",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_synchronised_folder_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    root = tmp_path / name / "Werk" / "mentoraat"
    root.mkdir(parents=True)
    assert place.synced_by(root) == NAMES[name]


@pytest.mark.parametrize("sign", SIGNS)
def test_and_by_what_its_service_leaves_in_it(tmp_path: Path, sign: str) -> None:
    root = tmp_path / "Werk" / "mentoraat"
    root.mkdir(parents=True)
    assert place.synced_by(root) is None
    (tmp_path / "Werk" / sign).write_bytes(b"")
    assert place.synced_by(root) == SIGNS[sign]


@pytest.mark.parametrize("name", ["boxen", "omega", "drives", "my drivers", "cloud", "mailbox"])
def test_a_name_that_only_resembles_one_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    assert place.synced_by(tmp_path / name) is None


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_into_a_synchronised_folder_is_seen(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "p").mkdir(parents=True)
    (tmp_path / "p").symlink_to(tmp_path / "Dropbox" / "p")
    assert place.synced_by(tmp_path / "p") == "Dropbox"


REMOTE = '[core]\n\tbare = false\n[remote "origin"]\n\turl = https://git.example/p.git\n'


def test_a_repository_with_a_remote_is_known_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    root = tmp_path / "repo" / "programme"
    root.mkdir(parents=True)
    assert not place.has_remote(root)
    (tmp_path / "repo" / ".git").mkdir()
    assert not place.has_remote(root)
    config = tmp_path / "repo" / ".git" / "config"
    config.write_text("[core]\n\tbare = false\n", "utf-8")
    assert not place.has_remote(root)
    config.write_text(REMOTE, "utf-8")
    assert place.has_remote(root)


def test_a_second_work_tree_has_the_remotes_of_the_first(tmp_path: Path) -> None:
    first, second = tmp_path / "first" / ".git", tmp_path / "second"
    (first / "worktrees" / "second").mkdir(parents=True)
    second.mkdir()
    (first / "config").write_text(REMOTE, "utf-8")
    (first / "worktrees" / "second" / "commondir").write_text("../..\n", "utf-8")
    (second / ".git").write_text(f"gitdir: {first / 'worktrees' / 'second'}\n", "utf-8")
    assert place.has_remote(second)


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_a_folder_is_open_to_all_only_if_every_folder_above_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "home" / "programme"
    root.mkdir(parents=True)
    above = [folder for folder in tmp_path.parents if not folder.stat().st_mode & 0o001]
    monkeypatch.setattr(Path, "parents", property(lambda path: [path.parent] if path == root else above[:0]))
    for home, own, said in ((0o755, 0o755, True), (0o700, 0o755, False), (0o755, 0o700, False), (0o711, 0o701, True)):
        root.parent.chmod(home)
        root.chmod(own)
        assert place.is_open_to_all(root) is said
