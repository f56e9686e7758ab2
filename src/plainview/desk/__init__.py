"""Face two: an independent reviewer. It may be hosted without any classroom."""
