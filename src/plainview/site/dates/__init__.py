"""How days are written in languages that need no translation here. The others have it beside their words."""
