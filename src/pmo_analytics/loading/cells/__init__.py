"""What a cell says: dates, amounts, words and colours, read strictly and by whole columns."""
