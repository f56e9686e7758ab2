"""A bare page: so many bytes from one template, through the same middleware and context processors.

In:   how many bytes.
Out:  a page of exactly that size.
Not here: queries of its own. What the middleware asks for a signed-in person, it asks here too.
"""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

TEMPLATE = "bench/bare.html"
AROUND = "<!doctype html><title>Bare</title>\n"
SENTENCE = "The quick brown fox jumps over the lazy dog. "


def bare(request: HttpRequest, n_bytes: int) -> HttpResponse:
    return render(request, TEMPLATE, {"words": words(n_bytes - len(AROUND))})


@lru_cache(maxsize=8)
def words(n_bytes: int) -> SafeString:
    return mark_safe((SENTENCE * (n_bytes // len(SENTENCE) + 1))[:n_bytes])  # noqa: S308 - our own sentence
