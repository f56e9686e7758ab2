"""Text in a cell that a spreadsheet must not take for a formula.

In:   any text.
Out:  the same text, with an apostrophe before it where a spreadsheet would calculate; and back.
Not here: numbers. They are written as numbers.
"""

# What the common spreadsheets take for the beginning of a formula, the full-width signs included.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guard(text: str) -> str:
    return "'" + text if text.lstrip("'").startswith(BEGINS_A_FORMULA) else text


def unguard(cell: str) -> str:
    """Takes off exactly the apostrophe that ``guard`` put on."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(BEGINS_A_FORMULA) else cell
