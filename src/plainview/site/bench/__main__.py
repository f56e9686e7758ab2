"""The processes of the bench: ``python -m plainview.site.bench measure | measure_desk | write | serve``.

In:   one word, and that deed's own input.
Out:  that deed's own output.
Not here: the deeds. They are imported when the settings stand.
"""

import sys
from importlib import import_module

import django

DEEDS = {"measure": "run", "measure_desk": "desk.run", "write": "writer", "serve": "served"}


def main(word: str, *rest: str) -> None:
    django.setup()
    # Models cannot be read before the settings are; and a desk alone has no classroom to read.
    import_module(f"plainview.site.bench.{DEEDS[word]}").main(*rest)


if __name__ == "__main__":
    main(*sys.argv[1:])
