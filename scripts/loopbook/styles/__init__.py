"""One style sheet for the whole site, of the rules that its pages use."""

from loopbook.styles.sheet import SHEET, join_sheets, sheets_of

__all__ = ["SHEET", "join_sheets", "sheets_of"]
