"""Argon2id at OWASP's floor: 12 MiB, three passes, one lane (docs/adr/0010).

About 18 ms on a small machine. Django's default costs ten times that, and a school signs in at eight o'clock.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    time_cost = 3
    memory_cost = 12 * 1024
    parallelism = 1
