"""The sheets of the workbook, one per file; each writes what the contents say and computes nothing."""
