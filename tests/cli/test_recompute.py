"""`plainview recompute`: one question of one file, on a machine that has only the core."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.core.rules.story import a_class, child, not_yet, steady

from plainview.cli import main
from plainview.core.rules.catalogue import propose
from plainview.core.rules.recompute import export

SRC = Path(__file__).parents[2] / "src"

# Nothing but Python's own library, the core and the shell can be imported here.
ONLY_THE_CORE = """
import sys
sys.path.insert(0, sys.argv.pop(1))
class NothingElse:
    def find_spec(self, name, path=None, target=None):
        ours = name == "plainview" or name.startswith(("plainview.core", "plainview.cli"))
        if not ours and name.partition(".")[0] not in sys.stdlib_module_names:
            raise ModuleNotFoundError(f"{name} is not on this machine", name=name)
sys.meta_path.insert(0, NothingElse())
from plainview.cli import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def raw() -> bytes:
    snapshot = a_class(
        child("s1", equal=steady(), compare=not_yet()), child("s2", equal=not_yet(), compare=steady())
    )
    return export(propose(snapshot)[0], snapshot)


@pytest.fixture
def file(raw, tmp_path) -> Path:
    path = tmp_path / "suggestion.json"
    path.write_bytes(raw)
    return path


def elsewhere(*words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command on a bare machine: isolated, without site-packages, with another order of hashes."""
    command = [sys.executable, "-I", "-S", "-c", ONLY_THE_CORE, str(SRC), *words]
    return subprocess.run(command, input=given, capture_output=True, timeout=60, check=False)


def test_a_machine_with_only_the_core_computes_the_same_bytes(file):
    answer = elsewhere("recompute", str(file))
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert b"Yes, byte for byte" in answer.stdout


def test_that_machine_really_has_nothing_else(file):
    answer = elsewhere("serve")
    assert answer.returncode == 2
    said = answer.stderr.decode()
    assert said.startswith("The classroom needs its own packages: pip install 'plainview[site]'.")
    assert len(said.splitlines()) == 1


def test_a_file_from_the_standard_input_is_answered_for_programs_too(raw):
    answer = elsewhere("recompute", "-", "--json", given=raw)
    said = json.loads(answer.stdout)
    assert (answer.returncode, said["same"], said["difference"]) == (0, True, "")
    assert said["sha256_was"] == said["sha256_now"]


def test_a_difference_is_a_sentence_and_an_exit_code(raw, file, capsys):
    file.write_bytes(raw.replace(b'"teacher_minutes": 2\n', b'"teacher_minutes": 1\n'))
    assert main(["recompute", str(file)]) == 1
    said = capsys.readouterr().out
    assert said.startswith(
        "Does pair_up/1 suggest pair_up:4.NF.A.1:4.NF.A.2:s1,s2 from the file's own inputs?\n"
    )
    assert "output.cost.teacher_minutes: the file has 1, computed here 2." in said


def test_a_difference_is_told_to_programs(raw, file, capsys):
    file.write_bytes(raw.replace(b'"teacher_minutes": 2\n', b'"teacher_minutes": 1\n'))
    assert main(["recompute", str(file), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["same"] is False


def test_a_card_that_cannot_be_made_here_has_no_sum(raw, file, capsys):
    file.write_bytes(raw.replace(b'"absent": false', b'"absent": true'))
    assert main(["recompute", str(file), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["sha256_now"] is None


def test_all_faults_of_a_file_are_said_without_a_traceback(raw, file, capsys):
    file.write_bytes(raw.replace(b'"kind": "answer"', b'"kind": "guess"'))
    assert main(["recompute", str(file)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == raw.count(b'"kind": "answer"') > 1
    assert all(f"{file}, inputs.students[" in sentence for sentence in err.splitlines())


def test_all_faults_are_told_to_programs(file, capsys):
    file.write_bytes(b"{")
    assert main(["recompute", str(file), "--json"]) == 2
    said = json.loads(capsys.readouterr().out)
    assert said["same"] is None
    assert "is not JSON" in said["faults"][0]


@pytest.mark.parametrize(
    ("name", "sentence"), [("nothing.json", "there is no such file."), (".", "Is a directory")]
)
def test_a_file_that_cannot_be_read_is_said(name, sentence, tmp_path, capsys):
    assert main(["recompute", str(tmp_path / name)]) == 2
    assert sentence in capsys.readouterr().err
