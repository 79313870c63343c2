"""The sheets of the workbook that are laid out by hand, one per file, and the one way a listing is written."""
