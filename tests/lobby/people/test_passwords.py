"""How a password is kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher

from plainview.lobby.people.passwords import Argon2id


class Before(Argon2PasswordHasher):
    time_cost, memory_cost, parallelism = 2, 19 * 1024, 1


def test_what_is_kept_says_how_it_was_made_and_is_checked():
    kept = Argon2id().encode("correct horse battery", Argon2id().salt())
    assert kept.startswith("argon2$argon2id$v=19$m=12288,t=3,p=1$")
    assert Argon2id().verify("correct horse battery", kept)
    assert not Argon2id().verify("correct horse batterz", kept)
    assert not Argon2id().must_update(kept)


def test_one_made_by_the_earlier_setting_still_opens_and_is_made_anew():
    kept = Before().encode("correct horse battery", Before().salt())
    assert Argon2id().verify("correct horse battery", kept)
    assert Argon2id().must_update(kept)
