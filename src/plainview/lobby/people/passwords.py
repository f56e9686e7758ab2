"""Argon2id at OWASP's floor: 19 MiB, two passes, one lane.

About 20 ms on a small machine. Django's default costs ten times that, and a school signs in at eight o'clock.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
