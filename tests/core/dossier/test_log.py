"""A log is parsed once in a review, however many checks ask for it."""

import pytest

from plainview.core.dossier.dossier import Kind
from plainview.core.dossier.log import how_read, log_of
from plainview.core.logs import whole
from plainview.core.mendable import Mendable


def test_a_second_question_reads_what_the_first_one_wrote(put, opened, monkeypatch):
    put("exhibits/log.csv", "student,at,item,correct,class\na,1,x,1,red\nb,2,x,0,\n")
    dossier = opened()
    (exhibit,) = dossier.of_kind(Kind.LOG)
    assert log_of(dossier, exhibit).coded.n_rows == 2
    monkeypatch.setattr(whole, "convert", None)
    again = log_of(dossier, exhibit, ("class",))
    assert again.text("class").codes.tolist() == [0, -1]


def test_the_same_file_read_with_another_mapping_is_another_log(put, opened):
    put("exhibits/x.csv", "u,t,q,a,b\na,1,x,1,0\n")
    common = 'file = "x.csv"\nkind = "log"\nmapping = {student = "u", at = "t", item = "q", correct = '
    put("exhibits/exhibits.toml", f'[[exhibit]]\n{common}"a"}}\n[[exhibit]]\n{common}"b"}}\n')
    dossier = opened()
    right = [log_of(dossier, one).coded.correct.tolist() for one in dossier.of_kind(Kind.LOG)]
    assert right == [[1.0], [0.0]]


def test_how_a_log_was_read_is_told_with_its_faults_by_line(put, opened):
    put("exhibits/log.csv", "student,at,item,correct\na,1,x,1\nb,2,x,maybe\nb,soon,y,0\n")
    dossier = opened()
    assert how_read(dossier) == (), "nobody has asked for it yet"
    log_of(dossier, *dossier.of_kind(Kind.LOG))
    (told,) = how_read(dossier)
    assert told.held == "1 attempts from 3 rows (plainview)."
    assert told.n_faults == 2
    assert told.first[0].startswith("exhibits/log.csv, line 3, column 'correct': found 'maybe', expected")


def test_a_log_of_which_no_row_can_be_read_is_told_by_its_first_fault(put, opened):
    put("exhibits/log.csv", "student,at,item,correct\nZoë,1,x,1\nZoë,2,y,0\n".encode("latin-1"))
    dossier = opened()
    with pytest.raises(Mendable) as fault:
        log_of(dossier, *dossier.of_kind(Kind.LOG))
    (said,) = fault.value.faults
    assert said.startswith("exhibits/log.csv, line 2, column 'student': found bytes that are not UTF-8")
    assert said.endswith("and so none of 2 rows can be read.")
