"""A return as the IRS publishes it, new and old; a table; the ties of Acme."""

import pytest

from plainview.desk.background import write_down

ROW = """
<RecipientTable><RecipientBusinessName><BusinessNameLine1Txt>{name}</BusinessNameLine1Txt></RecipientBusinessName>
{ein}<CashGrantAmt>{cash}</CashGrantAmt><NonCashAssistanceAmt>{in_kind}</NonCashAssistanceAmt>
<PurposeOfGrantTxt>{purpose}</PurposeOfGrantTxt></RecipientTable>"""
RETURN = """<?xml version="1.0" encoding="utf-8"?>
<Return xmlns="http://www.irs.gov/efile" returnVersion="2022v5.0">
<ReturnHeader><TaxPeriodEndDt>2022-12-31</TaxPeriodEndDt><ReturnTypeCd>990</ReturnTypeCd>
<TaxPeriodBeginDt>2022-01-01</TaxPeriodBeginDt>
<Filer><EIN>112233445</EIN><BusinessName><BusinessNameLine1Txt>Giving Fund</BusinessNameLine1Txt>
<BusinessNameLine2Txt>of the West</BusinessNameLine2Txt></BusinessName></Filer>
<TaxYr>2022</TaxYr></ReturnHeader>
<ReturnData documentCnt="2"><IRS990><CashGrantAmt>1</CashGrantAmt></IRS990>
<IRS990ScheduleI>{rows}</IRS990ScheduleI></ReturnData></Return>"""


def row(name="Acme Learning", cash="250000", in_kind="0", ein="998877665", purpose="Program support") -> str:
    told = f"<RecipientEIN>{ein}</RecipientEIN>" if ein else ""
    return ROW.format(name=name, cash=cash, in_kind=in_kind, ein=told, purpose=purpose)


def a_return(*rows: str) -> bytes:
    return RETURN.format(rows="".join(rows or (row(),))).encode()


@pytest.fixture
def acme_is_tied(desk, now):
    """Acme Learning offers Fractal; Big Holding owns Acme."""
    for name, ein, kind in (("Acme Learning", "998877665", "is_vendor"), ("Big Holding", "", "owns_vendor")):
        write_down.tie(
            name=name, ein=ein, kind=kind, vendor=desk.acme, says_so="Its own page.", by=desk.cora, at=now
        )
    return desk
