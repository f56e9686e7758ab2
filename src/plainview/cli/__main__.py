"""``python -m plainview.cli``: the same words where the command itself is not installed."""

import sys

from plainview.cli.ask import main

sys.exit(main())
