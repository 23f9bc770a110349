"""Assertions are read from files below the allowed folders, and from nowhere else."""

import os
import threading
from pathlib import Path

import pytest

from console.adapters import assertion_files
from console.adapters.assertion_files import MAX_BYTES, AssertionFileProblem
from console.core.credential import Secret

TEXT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"
OUTSIDE = "It lies outside of the folders from which the administrator of this console allows them."


@pytest.fixture
def folder(tmp_path):
    allowed = tmp_path / "tokens"
    allowed.mkdir()
    (tmp_path / "other").write_text(TEXT)
    return allowed


def why(path, *folders):
    read = assertion_files.read(str(path), [str(one) for one in folders])
    assert isinstance(read, AssertionFileProblem)
    assert TEXT not in f"{read.what} {read.why} {read.do}"
    return read.why


def test_the_text_is_read_anew_each_time_without_blanks_around_it(folder):
    file = folder / "token"
    for text in (TEXT, f"{TEXT}x"):
        file.write_text(f"\n {text}\n")
        assert assertion_files.read(str(file), [str(folder)]) == Secret(text)


def test_a_link_inside_is_followed_as_projected_tokens_are_such(folder):
    (folder / "..2026").mkdir()
    (folder / "..2026/token").write_text(TEXT)
    (folder / "..data").symlink_to("..2026")
    (folder / "token").symlink_to("..data/token")
    assert assertion_files.read(str(folder / "token"), [str(folder)]) == Secret(TEXT)


def test_the_allowed_folder_may_itself_be_a_link(folder, tmp_path):
    (folder / "token").write_text(TEXT)
    (tmp_path / "named").symlink_to(folder)
    assert assertion_files.read(str(tmp_path / "named/token"), [str(tmp_path / "named")]) == Secret(TEXT)


def test_without_an_allowed_folder_nothing_is_read(folder):
    (folder / "token").write_text(TEXT)
    assert why(folder / "token") == (
        "The administrator of this console allows no folder for this provider (CONSOLE_ASSERTION_FOLDERS)."
    )


@pytest.mark.parametrize(
    "path", ["../other", "a/../../other", "/etc/passwd", "", "token\0", "../tokens-of-others/token", "."]
)
def test_no_path_leads_out(folder, tmp_path, path):
    (tmp_path / "tokens-of-others").mkdir()
    (tmp_path / "tokens-of-others/token").write_text(TEXT)
    assert why(f"{folder}/{path}" if not path.startswith("/") else path, folder) != ""
    assert "outside" in why(path, folder)  # relative to wherever the console runs


@pytest.mark.parametrize("through", ["file", "folder", "chain"])
def test_a_link_that_leads_out_is_not_read(folder, tmp_path, through):
    if through == "file":
        (folder / "token").symlink_to(tmp_path / "other")
    elif through == "folder":
        (folder / "sub").symlink_to(tmp_path)
    else:
        (folder / "first").symlink_to("../other")
        (folder / "token").symlink_to("first")
    path = folder / ("sub/other" if through == "folder" else "token")
    assert path.read_text() == TEXT
    assert why(path, folder) == OUTSIDE


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "It is empty."),
        (b"  \n", "It is empty."),
        (b"a" * (MAX_BYTES + 1), "It is larger than 16 KB, which no assertion is."),
        (b"two words.a.b", "It holds no assertion"),
        (b"no dots", "It holds no assertion"),
        (b"-----BEGIN PRIVATE KEY-----\nabc\n", "It holds no assertion"),
        ("é.b.c".encode(), "It holds no assertion"),
        (b"\xff\xfe.b.c", "It holds no assertion"),
    ],
)
def test_what_is_no_assertion_is_not_sent(folder, content, told):
    (folder / "token").write_bytes(content)
    assert told in why(folder / "token", folder)


def test_what_is_no_plain_file_is_not_read_and_nothing_waits_for_it(folder):
    (folder / "sub").mkdir()
    os.mkfifo(folder / "fifo")
    assert why(folder / "missing", folder) == "It is not there, or this console may not read it."
    assert why(folder / "sub", folder) == "It is no plain file."
    found = []
    thread = threading.Thread(target=lambda: found.append(why(folder / "fifo", folder)), daemon=True)
    thread.start()
    thread.join(5)
    assert found == ["It is no plain file."]


def test_no_file_stays_open(folder):
    (folder / "token").write_text(TEXT)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(20):
        assertion_files.read(str(folder / "token"), [str(folder)])
        assertion_files.read(str(folder / "missing"), [str(folder)])
    assert len(list(Path("/proc/self/fd").iterdir())) == before
