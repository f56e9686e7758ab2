"""An archive that was made to do harm does none: no file outside, no disk filled, no link followed."""

import io
import stat
import zipfile
from pathlib import Path

import pytest

from plainview.core.mendable import Mendable
from plainview.desk.reviews import take_in, unzip
from plainview.desk.reviews.models import Review

PRODUCT = b'name = "P"\nvendor = "V"\nversion = "1"\n'


def archive(path: Path, *files: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, body in files:
            out.writestr(name, body)
    return path


def link(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize(
    "name",
    [
        *("../evil.txt", "/etc/evil", "exhibits/../../evil", "exhibits\\..\\evil", "C:/evil"),
        *("exhibits/<script>.csv", "exhibits/a\nb.csv", "exhibits/con.txt", "exhibits/ .csv"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused_whole(tmp_path, name):
    bad = archive(tmp_path / "d.zip", ("product.toml", PRODUCT), (name, b"x"))
    with pytest.raises(Mendable):
        unzip.unzip(bad, tmp_path / "there" / "in")
    assert not list(tmp_path.rglob("*evil*"))


def test_a_link_is_refused(tmp_path):
    bad = archive(tmp_path / "d.zip", ("product.toml", PRODUCT), (link("exhibits/log.csv"), b"/etc/passwd"))
    with pytest.raises(Mendable, match="link"):
        unzip.unzip(bad, tmp_path / "in")


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path, monkeypatch):
    monkeypatch.setattr(unzip, "ALWAYS_ALLOWED", 1 << 20)
    bad = archive(tmp_path / "d.zip", ("product.toml", PRODUCT), ("exhibits/log.csv", bytes(64 << 20)))
    with pytest.raises(Mendable, match="not read further"):
        unzip.unzip(bad, tmp_path / "in")
    written = sum(path.stat().st_size for path in (tmp_path / "in").rglob("*") if path.is_file())
    assert written < 20 << 20


def test_many_small_files_are_a_bomb_too(tmp_path, monkeypatch):
    monkeypatch.setattr(unzip, "MOST_FILES", 3)
    bad = archive(tmp_path / "d.zip", *((f"exhibits/{n}.csv", b"") for n in range(4)))
    with pytest.raises(Mendable, match="4 files"):
        unzip.unzip(bad, tmp_path / "in")


def test_too_many_entries_are_refused_before_the_directory_is_read(tmp_path, monkeypatch):
    bad = archive(tmp_path / "d.zip", *((f"exhibits/{n}.csv", b"") for n in range(7)))
    monkeypatch.setattr(unzip, "MOST_FILES", 2)
    monkeypatch.setattr(unzip.zipfile, "ZipFile", lambda path: pytest.fail("the directory was read"))
    with pytest.raises(Mendable, match="7 entries"):
        unzip.unzip(bad, tmp_path / "in")


def test_a_directory_larger_than_it_counts_is_not_read_either(tmp_path, monkeypatch):
    bad = archive(tmp_path / "d.zip", *((f"exhibits/{n}.csv", b"") for n in range(90)))
    body = bytearray(bad.read_bytes())
    body[-14:-10] = b"\x01\x00\x01\x00"  # how many entries, said twice
    bad.write_bytes(body)
    monkeypatch.setattr(unzip, "MOST_FILES", 2)
    with pytest.raises(Mendable, match="directory has"):
        unzip.unzip(bad, tmp_path / "in")


@pytest.mark.parametrize(
    "names", [("exhibits/a", "exhibits/a/b"), ("exhibits/" + "/".join(["abcdefghi"] * 500),)]
)
def test_what_no_disk_can_hold_is_said_in_a_sentence(tmp_path, names):
    bad = archive(tmp_path / "d.zip", ("product.toml", PRODUCT), *((name, b"x") for name in names))
    with pytest.raises(Mendable):
        unzip.unzip(bad, tmp_path / "in")


@pytest.mark.parametrize("body", [b"", b"PK", b"no archive at all"])
def test_what_is_no_archive_says_so(tmp_path, body):
    (tmp_path / "d.zip").write_bytes(body)
    with pytest.raises(Mendable, match="cannot be unpacked"):
        unzip.unzip(tmp_path / "d.zip", tmp_path / "in")


def test_a_dossier_in_a_folder_of_the_archive_is_found(tmp_path, desk, now):
    good = archive(
        tmp_path / "d.zip", ("acme/product.toml", PRODUCT), ("__MACOSX/._x", b""), ("acme/.x", b"")
    )
    review = take_in.archive(good, by=desk.cora, at=now)
    assert Review.objects.get(pk=review.pk).product.name == "P"


def test_an_archive_without_a_product_says_so(tmp_path):
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as out:
        out.writestr("readme.txt", "x")
    (tmp_path / "d.zip").write_bytes(empty.getvalue())
    with pytest.raises(Mendable, match=r"product\.toml"):
        unzip.unzip(tmp_path / "d.zip", tmp_path / "in")
