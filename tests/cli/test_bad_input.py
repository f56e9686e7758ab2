"""Whatever was handed over: a clear sentence with its place, no traceback, and the rest is answered."""

import gzip
import io
import json
import resource
import subprocess
import sys
import zipfile

import pytest

from plainview.cli import main

GROUPS = "student,sex\n" + "".join(f"s{n},{'girl' if n % 2 else 'boy'}\n" for n in range(40))
HEADER = "student,at,item,correct\n"
ROWS = "".join(
    f"s{n % 40},2026-03-{1 + n // 40 % 28:02d}T09:{n % 60:02d}:00Z,i{n * 7 % 20},{n * 13 % 2}\n"
    for n in range(2000)
)


@pytest.fixture
def reviewed(tmp_path, capsys):
    """``reviewed({"log.csv": "..."})``: the findings of a dossier with these exhibits, and what was said."""

    def reviewed(files: dict[str, str | bytes], **toml: str) -> tuple[dict, str]:
        folder = tmp_path / "dossier"
        (folder / "exhibits").mkdir(parents=True)
        (folder / "product.toml").write_text('name = "a"\nvendor = "b"\nversion = "c"\n')
        for name, text in {"plan": "seed = 1\n", **toml}.items():
            (folder / ("exhibits" if name == "exhibits" else ".") / f"{name}.toml").write_text(text)
        for name, content in files.items():
            path = folder / "exhibits" / name
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        assert main(["review", str(folder)]) in (0, 3)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        found = json.loads((folder / "findings.json").read_text())
        assert str(tmp_path) not in (folder / "report.html").read_text()
        return found, "\n".join((*found["told"], *reasons(found)))

    return reviewed


def reasons(found: dict) -> list[str]:
    told = [answer.get("reason", "") for check in found["checks"] for answer in check["answers"]]
    assert [one for one in told if "the check itself broke" in one] == []
    return told


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("log.csv", content)
    return out.getvalue()


BOMB = b"a,1,x,1\n" * (12 << 20)  # 96 MB that pack to 100 kB


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"log.csv": ""}, "log.csv: found an empty file"),
        ({"log.csv": "a,b,c\n1,2,3\n"}, "the header (a, b, c) is of no format that is known here"),
        ({"log.csv": HEADER}, ""),
        ({"log.csv": HEADER + ROWS[:-20]}, ""),
        ({"log.csv": (HEADER + ROWS).encode("utf-16")}, ""),
        ({"log.csv": (HEADER + ROWS).replace("s1,", "s\xe4,").encode("latin-1")}, ""),
        ({"log.csv": HEADER + ROWS + ROWS}, ""),
        ({"log.csv": HEADER + ROWS.replace("2026-03-01", "2026-02-31")}, ""),
        ({"log.csv": HEADER + ROWS.replace(",1\n", ",yes\n")}, ""),
        ({"log.csv": HEADER + '"' + ROWS}, ""),
        (
            {"log.csv.gz": gzip.compress(ROWS.encode())[:-50]},
            "log.csv.gz: found a packed file that cannot be",
        ),
        ({"log.csv.gz": gzip.compress(BOMB)}, "log.csv.gz: found a packed file of"),
        ({"log.zip": zipped(BOMB)}, "log.zip: found a packed file of"),
        ({"log.parquet": b"PAR1 nothing"}, "log.parquet: this file cannot be read"),
        ({"ana.har": "{", "capture.toml": ""}, ""),
        ({"ana.har": '{"log": {"entries": [3, null, {"request": 5}]}}', "capture.toml": "[[student]]\n"}, ""),
        ({"ana.har": "[" * 200_000}, ""),
        ({"study.toml": "[[outcome]\n"}, ""),
        ({"study.toml": 'kind = 3\n[[outcome]]\nname = "x"\n'}, ""),
        ({"study.csv": "a\n"}, ""),
        ({"responses.csv": "a,b\n1,x\n2\n"}, ""),
        ({"items.csv": "", "responses.csv": ""}, ""),
        ({"scores.csv": "\0\0\0"}, ""),
        ({"framework.json": "{}", "items.csv": "item\n"}, ""),
        ({"probe.json": '{"blocks": "none"}'}, ""),
        ({"table.csv": "\xff\xfe"}, ""),
        ({"policy.txt": b"\xff\xff", "contract.txt": b"\x00"}, ""),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, dict) else value[:30],
)
def test_a_bad_exhibit_is_told_and_stops_nothing(reviewed, files, words):
    found, told = reviewed({"groups.csv": GROUPS} | files)
    assert words in told
    assert {one["file"] for one in found["exhibits"]} == {
        f"exhibits/{name}" for name in (*files, "groups.csv")
    }


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ("student,sex\ns1,girl\ns1,boy\n", "groups.csv, line 3, column 'sex'"),
        ("name,sex\ns1,girl\n", "groups.csv, line 1: found no column 'student'"),
    ],
)
def test_a_table_of_groups_that_cannot_be_joined_is_told(reviewed, groups, words):
    _found, told = reviewed({"log.csv": HEADER + ROWS, "groups.csv": groups})
    assert words in told


def test_what_exhibits_toml_names_must_lie_in_the_folder(reviewed):
    exhibits = "".join(
        f'[[exhibit]]\nfile = "{file}"\nkind = "{kind}"\n'
        for file, kind in (("../plan.toml", "policy"), ("gone.har", "har"), ("/etc/hostname", "contract"))
    )
    _found, told = reviewed({"groups.csv": GROUPS}, exhibits=exhibits)
    assert "exhibits.toml, line 1: found the file '../plan.toml', expected a path inside exhibits/" in told
    assert "exhibits.toml, line 4: found no file 'gone.har'" in told
    assert "exhibits.toml, line 7: found the file '/etc/hostname'" in told


def test_a_plan_with_an_unknown_check_is_told(reviewed):
    found, told = reviewed({"groups.csv": GROUPS}, plan='checks = ["efficacy", "fairness.guess"]\n')
    assert "plan.toml, 'checks': found the check 'fairness.guess'" in told
    assert {one["question"] for one in found["checks"]} == {"efficacy"}


@pytest.mark.parametrize("name", ["log.csv", "groups.csv", "ana.har", "responses.csv", "study.csv"])
def test_a_line_without_end_is_not_held_in_memory(tmp_path, name):
    """300 MB in one line; all that the process ever holds is less than a gibibyte."""
    folder = tmp_path / "dossier"
    (folder / "exhibits").mkdir(parents=True)
    (folder / "product.toml").write_text('name = "a"\nvendor = "b"\nversion = "c"\n')
    with (folder / "exhibits" / name).open("wb") as file:
        file.write(b"student,at,item,correct\n" if name.endswith("csv") else b'{"log": "')
        file.truncate(300 << 20)  # zeros that take no room on the disk
    done = subprocess.run(
        [sys.executable, "-m", "plainview.cli", "review", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert done.returncode in (0, 3), done.stderr
    assert "Traceback" not in done.stderr and "the check itself broke" not in done.stdout
    assert most < 1 << 30
