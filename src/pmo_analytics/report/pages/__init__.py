"""The parts of the page: cells, tables, figures and filters, with its template, style and script."""
