"""Which Plainview this is: a file that leaves a school says what made it. ``pyproject.toml`` agrees."""

VERSION = "0.1.0"
