"""How it travels: the workbook, and the records that commands print."""
