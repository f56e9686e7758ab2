"""A table is read whole or refused whole, with every fault by its line."""

from decimal import Decimal

import pytest

from plainview.desk.background import table, take_in

HEAD = "giver,receiver,year,amount,purpose\n"


def read(text: str):
    return table.rows(text.encode(), called="grants.csv", columns=take_in.COLUMNS)


def test_a_table_gives_each_row_with_its_line():
    ((line, row),) = read(HEAD + 'Fund,Acme,2024,"1,200.50",Books\n')
    assert (line, row["giver"], row["amount"], row["currency"]) == (2, "Fund", Decimal("1200.50"), "USD")


def test_every_fault_is_told_at_once_by_line_and_column():
    with pytest.raises(table.Unreadable) as refused:
        read(HEAD + "Fund,Acme,last year,100,\n,Acme,2024,100,\nFund,Acme,2024,many,\n")
    first, second, third = refused.value.faults
    assert "line 2, column 'year': found 'last year'" in first
    assert "line 3, column 'giver'" in second
    assert "line 4, column 'amount': found 'many', expected an amount such as 1200.50" in third


def test_fifty_faults_are_shown_and_the_rest_is_counted():
    with pytest.raises(table.Unreadable) as refused:
        read(HEAD + "Fund,Acme,x,1,\n" * 80)
    assert len(refused.value.faults) == 51 and "80 faults" in refused.value.faults[-1]


@pytest.mark.parametrize("amount", ["1200,50", "-5", "1e9", "1.234", "NaN", "12,34,567"])
def test_an_amount_that_could_mean_two_things_is_asked_for_again(amount):
    with pytest.raises(table.Unreadable):
        read(HEAD + f'Fund,Acme,2024,"{amount}",\n')


@pytest.mark.parametrize(
    "raw, says",
    [
        (b"", "no column"),
        (b"giver,receiver,year\nA,B,2024\n", "no column amount"),
        (b"giver,receiver,year,amount,year\n", "more than once"),
        (HEAD.encode() + b"\xff\xfe\xfa,,,,\n", "UTF-8"),
        (b"x" * (table.MOST_BYTES + 1), "larger"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(raw, says):
    with pytest.raises(table.Unreadable) as refused:
        table.rows(raw, called="grants.csv", columns=take_in.COLUMNS)
    assert says in str(refused.value)


def test_a_cell_that_was_guarded_against_formulas_comes_back_as_it_was():
    out = "".join(
        table.written(["giver", "receiver", "year", "amount", "purpose"], [["=1+1", "@x", 2024, 5, "-"]])
    )
    assert "'=1+1" in out and "'@x" in out
    ((_line, row),) = read(out)
    assert (row["giver"], row["receiver"], row["purpose"]) == ("=1+1", "@x", "-")


def test_semicolons_a_mark_at_the_beginning_and_a_break_in_a_cell_are_read():
    ((line, row),) = read('\ufeffgiver;receiver;year;amount;purpose\n\nFund;Acme;2024;7;"two\nlines"\n')
    assert row["purpose"] == "two\nlines" and line == 4
