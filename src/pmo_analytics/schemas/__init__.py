"""What a table is: one pandera model per table, closed word lists, and the records that travel with data."""
