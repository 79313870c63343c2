"""Corrections: workbooks of rows to mend on their way back into the files that they came from."""
