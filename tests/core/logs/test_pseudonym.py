import hmac
from base64 import b32encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainview.core.logs.pseudonym import pseudonym
from plainview.core.logs.safe import guard

KEY, OTHER = b"k" * 32, b"o" * 32


def test_by_hand_it_is_hmac_sha256_in_sixteen_letters():
    digest = hmac.new(KEY, b"student\x00Bo", sha256).digest()
    assert pseudonym("Bo", key=KEY) == b32encode(digest).decode()[:16].lower()


def test_the_same_name_and_key_give_the_same_and_any_other_another():
    assert pseudonym("Bo", key=KEY) == pseudonym("Bo", key=KEY)
    others = {pseudonym("Bo", key=OTHER), pseudonym("Bö", key=KEY), pseudonym("Bo", key=KEY, of="class")}
    assert len(others | {pseudonym("Bo", key=KEY)}) == 4


def test_ten_thousand_names_stay_apart():
    assert len({pseudonym(str(i), key=KEY) for i in range(10_000)}) == 10_000


@given(name=st.text(st.characters(exclude_categories=["Cs"])))
def test_it_needs_no_guarding_in_a_spreadsheet_and_holds_nothing_of_the_name(name):
    found = pseudonym(name, key=KEY)
    assert len(found) == 16 and found.isalnum() and guard(found) == found


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="a key of 3 bytes"):
        pseudonym("Bo", key=b"abc")
