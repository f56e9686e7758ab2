"""The processes of the bench: ``python -m plainview.site.bench measure | write | serve``.

In:   one word, and that deed's own input.
Out:  that deed's own output.
Not here: the deeds. They are imported when the settings stand.
"""

import sys

import django


def main(word: str, *rest: str) -> None:
    django.setup()
    from plainview.site.bench import run, served, writer  # models cannot be read before the settings are

    {"measure": run.main, "write": writer.main, "serve": served.main}[word](*rest)


if __name__ == "__main__":
    main(*sys.argv[1:])
