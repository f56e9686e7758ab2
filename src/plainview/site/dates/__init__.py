"""How days are written in languages that need no translation here. Others have it beside their words (locale)."""
