"""A tax return is read whatever its version; what is no return is refused with a sentence."""

from decimal import Decimal

import pytest

from plainview.desk.background import irs
from plainview.desk.background.table import Unreadable

from .conftest import a_return, row

OLD = b"""<?xml version="1.0"?>
<Return xmlns="http://www.irs.gov/efile" returnVersion="2010v3.2"><ReturnHeader>
<TaxPeriodEndDate>2011-06-30</TaxPeriodEndDate><TaxYear>2010</TaxYear>
<Filer><EIN>112233445</EIN><Name><BusinessNameLine1>Giving Fund</BusinessNameLine1></Name></Filer>
</ReturnHeader>
<ReturnData><IRS990ScheduleI><RecipientTable>
<RecipientNameBusiness><BusinessNameLine1>Acme Learning</BusinessNameLine1></RecipientNameBusiness>
<EINOfRecipient>998877665</EINOfRecipient><AmountOfCashGrant>1000</AmountOfCashGrant>
<AmountOfNonCashAssistance>50</AmountOfNonCashAssistance><PurposeOfGrant>Tablets</PurposeOfGrant>
</RecipientTable></IRS990ScheduleI></ReturnData></Return>"""
OF_A_FOUNDATION = b"""<Return xmlns="http://www.irs.gov/efile" returnVersion="2019v5.1"><ReturnHeader>
<TaxPeriodEndDt>2019-12-31</TaxPeriodEndDt><TaxYr>2019</TaxYr><Filer><EIN>112233445</EIN>
<BusinessName><BusinessNameLine1Txt>Family Foundation</BusinessNameLine1Txt></BusinessName></Filer>
</ReturnHeader>
<ReturnData><IRS990PF><SupplementaryInformationGrp>
<GrantOrContributionPdDurYrGrp><RecipientBusinessName>
<BusinessNameLine1Txt>Acme Learning</BusinessNameLine1Txt>
</RecipientBusinessName><GrantOrContributionPurposeTxt>General support</GrantOrContributionPurposeTxt>
<Amt>70000</Amt></GrantOrContributionPdDurYrGrp>
<GrantOrContributionPdDurYrGrp><RecipientPersonNm>Somebody Real</RecipientPersonNm><Amt>900</Amt>
</GrantOrContributionPdDurYrGrp></SupplementaryInformationGrp></IRS990PF></ReturnData></Return>"""
BOMB = b"""<?xml version="1.0"?><!DOCTYPE Return [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<Return xmlns="http://www.irs.gov/efile"><ReturnHeader>&b;</ReturnHeader></Return>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE Return [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<Return xmlns="http://www.irs.gov/efile"><ReturnHeader>&x;</ReturnHeader></Return>"""


def test_a_return_of_today_gives_filer_year_and_grants():
    found = irs.read(a_return(row(in_kind="500")), called="r.xml")
    assert (found.filer, found.ein, found.year, found.ends) == (
        "Giving Fund of the West",
        "112233445",
        2022,
        "2022-12-31",
    )
    (given,) = found.given
    assert (given.to, given.ein, given.cash, given.in_kind) == ("Acme Learning", "998877665", 250_000, 500)
    assert given.purpose == "Program support"


def test_a_return_from_before_2013_says_the_same_under_its_old_names():
    (given,) = irs.read(OLD, called="r.xml").given
    assert (given.to, given.cash, given.in_kind, given.purpose) == ("Acme Learning", 1000, 50, "Tablets")


def test_a_foundations_return_is_read_and_a_person_is_counted_but_never_named():
    found = irs.read(OF_A_FOUNDATION, called="r.xml")
    assert [(one.to, one.cash) for one in found.given] == [("Acme Learning", Decimal(70_000))]
    assert found.n_to_persons == 1
    assert "Somebody" not in repr(found)


def test_a_row_without_an_amount_is_left_out_and_counted():
    found = irs.read(a_return(row(), row(cash="0", name="See attached")), called="r.xml")
    assert (len(found.given), found.n_without_amount) == (1, 1)


@pytest.mark.parametrize(
    "raw, says",
    [
        (BOMB, "entities"),
        (OUTSIDE, "entities"),
        (b"<html><body>hello</body></html>", "begins with"),
        (b"not xml at all", "not whole"),
        (a_return()[:400], "not whole"),
        (b'<Return xmlns="http://www.irs.gov/efile"><ReturnHeader/></Return>', "who filed it"),
        (b'<Return xmlns="http://evil.example/efile"></Return>', "not a tax return"),
        (b"", "not whole"),
    ],
)
def test_what_is_no_whole_return_is_refused_with_a_sentence(raw, says):
    with pytest.raises(Unreadable) as refused:
        irs.read(raw, called="r.xml")
    assert says in str(refused.value) and "r.xml" in str(refused.value)


def test_an_amount_that_is_no_amount_moves_no_money():
    found = irs.read(a_return(row(cash="NaN"), row(cash="-5"), row(cash="1e400")), called="r.xml")
    assert (len(found.given), found.n_without_amount) == (0, 3)
