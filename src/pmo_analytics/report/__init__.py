"""How it travels: the workbook, the page, and the records that commands print."""
