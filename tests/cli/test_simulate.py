"""`plainview simulate`: what makes no sense is refused, and the truth is never taken for an exhibit."""

import subprocess
import sys

import pytest

from plainview.cli import main
from plainview.core.dossier.dossier import Kind
from plainview.core.dossier.folder import open_dossier

WORLDS = {
    "irt": ["irt", "log.csv", "--students", "30", "--items", "20", "--answers", "5"],
    "bkt": ["bkt", "log.csv", "--students", "30", "--items", "20", "--answers", "5"],
    "study": ["study", "study.csv", "--students", "40", "--clusters", "4"],
    "product": ["product", "mastery", "log.csv", "--students", "5"],
}


@pytest.mark.parametrize("world", WORLDS)
def test_what_was_true_is_no_exhibit_that_a_check_would_read(world, tmp_path, monkeypatch, capsys):
    (tmp_path / "product.toml").write_text('name = "p"\nvendor = "v"\nversion = "1"\n')
    (tmp_path / "exhibits").mkdir()
    monkeypatch.chdir(tmp_path / "exhibits")
    assert main(["simulate", *WORLDS[world], "--seed", "1"]) == 0
    exhibits = open_dossier(tmp_path, aside=tmp_path / "aside").exhibits
    truth = [one for one in exhibits if one.kind is Kind.OTHER]
    assert truth and {one.file.rpartition("/")[2].split(".")[0] for one in truth} == {
        f"truth-of-{world.replace('irt', 'log').replace('bkt', 'log').replace('product', 'log')}"
    }
    told = capsys.readouterr().out
    assert all(one.file.rpartition("/")[2] in told for one in truth)
    expected = {"study": [Kind.STUDY] * 2, "product": [Kind.LOG, Kind.GROUPS]}.get(world, [Kind.LOG])
    assert sorted(one.kind for one in exhibits if one not in truth) == sorted(expected)


@pytest.mark.parametrize(
    ("world", "words", "expected"),
    [
        ("product", ["--students", "0"], "--students: found '0', expected a whole number, 1 or more."),
        ("product", ["--students", "-3"], "--students: found '-3', expected a whole number"),
        ("product", ["--steps", "0"], "--steps: found '0', expected a whole number, 1 or more."),
        ("product", ["--guess", "3"], "--guess: found '3', expected a share from 0 to below 1"),
        ("product", ["--leaves", "nan"], "--leaves: found 'nan', expected a share"),
        ("product", ["--gap", "inf"], "--gap: found 'inf', expected a number."),
        ("product", ["--unequal", "-1"], "--unequal: found '-1', expected a number, 0 or more."),
        ("irt", ["--skills", "0"], "--skills: found '0', expected a whole number, 1 or more."),
        ("bkt", ["--skills", "0"], "--skills: found '0', expected a whole number, 1 or more."),
        ("bkt", ["--missing", "1"], "--missing: found '1', expected a share from 0 to below 1"),
        ("bkt", ["--students", "many"], "--students: found 'many', expected a whole number"),
        ("study", ["--effect", "nan"], "--effect: found 'nan', expected a number."),
        ("study", ["--clusters", "2.5"], "--clusters: found '2.5', expected a whole number, 0 or more."),
    ],
)
def test_a_world_that_cannot_be_is_refused_and_nothing_is_written(
    world, words, expected, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["simulate", *WORLDS[world], "--seed", "1", *words])
    assert ended.value.code == 2
    assert f"argument {expected}" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_seed_is_no_less_than_0(tmp_path, capsys):
    with pytest.raises(SystemExit):
        main(["simulate", "irt", str(tmp_path / "log.csv"), "--seed", "-1"])
    assert "argument --seed: found '-1', expected a whole number, 0 or more." in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told(tmp_path, capsys):
    assert main(["simulate", "irt", str(tmp_path / "gone" / "log.csv"), "--seed", "1"]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'gone'}: there is no such folder.\n"


def test_help_names_the_products_too(capsys):
    told = subprocess.run(
        [sys.executable, "-m", "plainview.cli", "simulate", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={"COLUMNS": "200"},
    ).stdout
    assert "{irt,bkt,study,product}" in told
    assert "plainview simulate product KIND OUT.csv" in " ".join(told.split())


def test_a_product_that_does_not_come_first_is_told_how_to_ask(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["simulate", "--seed", "1", "product", "cat"]) == 2
    assert "`product` comes first" in capsys.readouterr().err
