"""What lies in exhibits/: known by name, hashed, held inside the folder; a bad one closes only itself."""

import gzip
import hashlib
import io
import os
import zipfile

import pytest

from plainview.core.dossier import unpack
from plainview.core.dossier.dossier import Kind
from plainview.core.dossier.kinds import guessed
from plainview.core.mendable import Mendable

LOG = "student,at,item,correct\na,1,x,1\n"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("log.csv", Kind.LOG),
        ("Log-2026.csv.gz", Kind.LOG),
        ("learning-log.parquet", Kind.LOG),
        ("groups.csv", Kind.GROUPS),
        ("group_autumn.csv", Kind.GROUPS),
        ("log.groups.csv", Kind.GROUPS),
        ("log.csv.gz", Kind.LOG),
        ("grouphomework.csv", Kind.OTHER),
        ("ana.har", Kind.HAR),
        ("capture.toml", Kind.CAPTURE),
        ("study.toml", Kind.STUDY),
        ("study-2.csv", Kind.STUDY),
        ("responses.csv", Kind.RESPONSES),
        ("items.csv", Kind.ITEMS),
        ("scores.csv", Kind.SCORES),
        ("framework.json", Kind.FRAMEWORK),
        ("probe-1.json", Kind.PROBE),
        ("policy.txt", Kind.POLICY),
        ("privacy-notice.md", Kind.POLICY),
        ("contract.pdf", Kind.CONTRACT),
        ("table1.csv", Kind.TABLE),
        ("notes.txt", Kind.OTHER),
    ],
)
def test_a_kind_is_guessed_from_a_name(name, kind):
    assert guessed(name) == kind


def test_what_is_said_wins_over_the_name(put, opened):
    put("exhibits/log.csv", LOG)
    put("exhibits/exhibits.toml", '[[exhibit]]\nfile = "log.csv"\nkind = "table"\nnote = "x"\n')
    (exhibit,) = opened().exhibits
    assert (exhibit.kind, dict(exhibit.settings)) == (Kind.TABLE, {"note": "x"})


def test_exhibits_stand_in_a_stable_order_with_their_hashes(put, opened):
    for name in ("log-b.csv", "log-a.csv", ".hidden.csv", "deep/log-c.csv"):
        put(f"exhibits/{name}", LOG)
    found = opened().exhibits
    assert [one.file for one in found] == [
        "exhibits/deep/log-c.csv",
        "exhibits/log-a.csv",
        "exhibits/log-b.csv",
    ]
    assert found[0].sha256 == hashlib.sha256(LOG.encode()).hexdigest()
    assert found[0].n_bytes == len(LOG)


def test_a_folder_that_is_named_is_one_exhibit(put, opened):
    put("exhibits/kt1/u1.csv", "a\n")
    put("exhibits/kt1/u2.csv", "b\n")
    put("exhibits/exhibits.toml", '[[exhibit]]\nfile = "kt1"\nkind = "log"\n')
    (exhibit,) = opened().exhibits
    before = exhibit.sha256
    put("exhibits/kt1/u2.csv", "c\n")
    assert (exhibit.n_bytes, opened().exhibits[0].sha256 == before) == (4, False)


@pytest.mark.parametrize(
    ("file", "fault"),
    [
        ("../../secret.csv", "expected a path inside exhibits/, without '..'"),
        ("/etc/passwd", "expected a path inside exhibits/, without '..'"),
        ("gone.csv", "found no file 'gone.csv'"),
        ("link.csv", "leads out of the dossier"),
        ("nowhere.csv", "leads nowhere"),
        ("pipe.csv", "which is no file"),
    ],
)
def test_a_file_that_is_not_of_the_folder_is_closed_and_the_rest_is_open(put, opened, tmp_path, file, fault):
    (tmp_path / "secret.csv").write_text(LOG)
    exhibits = put("exhibits/groups.csv", "student,g\na,1\n").parent
    (exhibits / "link.csv").symlink_to(tmp_path / "secret.csv")
    (exhibits / "nowhere.csv").symlink_to(exhibits / "gone.csv")
    os.mkfifo(exhibits / "pipe.csv")
    put("exhibits/exhibits.toml", f'# first\n[[exhibit]]\nfile = "{file}"\nkind = "log"\n')
    dossier = opened()
    told = next(one.fault for one in dossier.exhibits if one.kind == Kind.LOG)
    assert told.startswith("exhibits/exhibits.toml, line 2: ") and fault in told
    assert told in dossier.faults
    with pytest.raises(Mendable, match=r"exhibits\.toml, line 2"):
        dossier.of_kind(Kind.LOG)
    assert [one.file for one in dossier.of_kind(Kind.GROUPS)] == ["exhibits/groups.csv"]


def test_a_link_that_nobody_named_is_not_followed_out_of_the_folder(put, opened, tmp_path):
    (tmp_path / "secret.csv").write_text(LOG)
    put("exhibits/notes.txt").parent.joinpath("log.csv").symlink_to(tmp_path / "secret.csv")
    (fault,) = opened().faults
    assert "leads out of the dossier" in fault


def test_a_packed_exhibit_is_unpacked_aside_and_hashed_as_it_came(put, opened):
    packed = gzip.compress(LOG.encode())
    put("exhibits/log.csv.gz", packed)
    (exhibit,) = opened().exhibits
    assert exhibit.path.read_text() == LOG and exhibit.path.name == "log.csv"
    assert (exhibit.sha256, exhibit.kind) == (hashlib.sha256(packed).hexdigest(), Kind.LOG)


def zipped(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def test_a_zip_of_one_file_is_that_file_wherever_it_says_it_belongs(put, opened):
    put("exhibits/log.zip", zipped(**{"..__..__evil.csv": LOG}))
    (exhibit,) = opened().exhibits
    assert (exhibit.path.read_text(), exhibit.path.name) == (LOG, "evil.csv")


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (zipped(a="1", b="2"), "found 2 files in it, expected one"),
        (b"PK\x03\x04 broken", "cannot be unpacked to its end"),
    ],
)
def test_a_zip_that_is_no_exhibit_says_why(put, opened, content, fault):
    put("exhibits/log.zip", content)
    assert fault in opened().faults[0]


def test_a_packed_file_that_was_cut_off_says_so(put, opened):
    put("exhibits/log.csv.gz", gzip.compress(os.urandom(5000))[:-100])
    assert "cannot be unpacked to its end" in opened().faults[0]


@pytest.mark.parametrize("ending", ["gz", "zip"])
def test_a_file_that_unpacks_beyond_all_measure_is_not_read_further(put, opened, monkeypatch, ending):
    monkeypatch.setattr(unpack, "ALWAYS_ALLOWED", 1 << 20)
    much = b"0" * (32 << 20)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("log.csv", much)
    put(f"exhibits/log.csv.{ending}", gzip.compress(much) if ending == "gz" else buffer.getvalue())
    dossier = opened()
    assert "expected at most 200 times its size" in dossier.faults[0]
    assert not [path for path in dossier.aside.rglob("*") if path.is_file()]
