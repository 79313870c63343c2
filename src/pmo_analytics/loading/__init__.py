"""Where it comes from: reading files, finding tables, naming columns, parsing cells, assembling."""
