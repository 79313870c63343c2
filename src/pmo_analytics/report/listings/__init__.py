"""The lists of a report: which columns and rows stand in each, for the workbook and the page alike."""
