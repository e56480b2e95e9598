"""Where the disk refuses, a build tells so with exit code 3 and leaves every old file as it was."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from build_files import NAMES, NOW, THEN, changed, data, edit

from studytool.build import build
from studytool.errors import OUTSIDE, StudytoolError


def refused(tea: Path, out: Path) -> str:
    with pytest.raises(StudytoolError, match="cannot be written: ") as caught:
        build([tea], out, NOW)
    assert caught.value.code == OUTSIDE
    assert str(caught.value).endswith("; free some space, or name another folder with -o; the old files are untouched")
    return str(caught.value)


def mount(*arguments: str) -> None:
    """Mount something, or skip the test where that is not allowed."""
    if shutil.which("mount") is None:
        pytest.skip("no `mount` here")
    done = subprocess.run(["mount", *arguments], capture_output=True)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.decode().strip()}")


def test_an_output_folder_below_a_file(tea: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert refused(tea, tmp_path / "file" / "out").startswith(f"{tmp_path}/file/out/tea.jsonl: ")
    assert (tmp_path / "file").read_text("utf-8") == "x"


def test_an_output_folder_that_is_a_file(tea: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x", "utf-8")
    refused(tea, tmp_path / "out")
    assert (tmp_path / "out").read_text("utf-8") == "x"


def test_where_one_file_cannot_be_replaced_none_is(tea: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([tea], out, THEN)
    (out / "tea.apkg").unlink()
    (out / "tea.apkg").mkdir()
    before = (out / "tea.jsonl").read_bytes()
    edit(tea / "quay-2024.toml", 'answer_en = "2030"', 'answer_en = "the year 2030"')
    assert refused(tea, out).startswith(f"{out}/tea.apkg: ")
    assert (out / "tea.jsonl").read_bytes() == before
    assert sorted(path.name for path in out.iterdir()) == sorted(NAMES)  # and nothing is left lying about


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions stop nobody here: root, or no POSIX")
def test_an_output_folder_that_may_not_be_written(tea: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([tea], out, THEN)
    before = data(out)
    edit(tea / "quay-2024.toml", 'answer_en = "2030"', 'answer_en = "the year 2030"')
    out.chmod(0o555)
    try:
        refused(tea, out)
    finally:
        out.chmod(0o755)
    assert data(out) == before


def test_a_full_disk_leaves_the_old_files_untouched(tea: Path, tmp_path: Path) -> None:
    out = tmp_path / "disk"
    out.mkdir()
    mount("-t", "tmpfs", "-o", "size=256k", "studytool-test", str(out))
    try:
        build([tea], out, THEN)
        before = data(out)
        edit(tea / "quay-2024.toml", 'answer_en = "2030"', 'answer_en = "the year 2030"')
        for kept_free in (0, 8192):  # no room for anything; room for the deck file, but not for the package
            filler = 262_144 - sum(-(-len(old) // 4096) * 4096 for old in before.values()) - kept_free
            (out / "filler").write_bytes(b"x" * filler)
            assert "No space left on device" in refused(tea, out)
            assert data(out) == before | {"filler": b"x" * filler}
        (out / "filler").unlink()
        build([tea], out, NOW)
        assert changed(out)["price-will-fall/qa"] == THEN + 1
    finally:
        subprocess.run(["umount", str(out)], check=True)


def test_what_was_replaced_before_a_refusal_is_put_back(tea: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([tea], out, THEN)
    before = data(out)
    edit(tea / "quay-2024.toml", 'answer_en = "2030"', 'answer_en = "the year 2030"')
    mount("--bind", str(out / "tea.apkg"), str(out / "tea.apkg"))  # can be read and copied, but not replaced
    try:
        assert refused(tea, out).startswith(f"{out}/tea.apkg: ")
        assert data(out) == before
        (out / "tea.jsonl").unlink()
        refused(tea, out)
        assert set(data(out)) == {"tea.apkg"}  # what was not there before is not there after
    finally:
        subprocess.run(["umount", str(out / "tea.apkg")], check=True)
