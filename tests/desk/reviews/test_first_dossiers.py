"""The dossiers to start with are taken in at a desk, and go out again word for word."""

from pathlib import Path

import pytest

from plainview.desk.reviews import export, take_in

DOSSIERS = Path(__file__).resolve().parents[3] / "content" / "dossiers"
SLUGS = sorted(path.name for path in DOSSIERS.iterdir() if path.is_dir())


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("slug", SLUGS)
def test_it_comes_in_and_goes_out_word_for_word(slug, desk, now, tmp_path):
    review = take_in.folder(DOSSIERS / slug, by=desk.cora, at=now)
    export.folder(review, tmp_path / "out")
    assert contents(tmp_path / "out") == contents(DOSSIERS / slug)
