"""Where in a sheet the tables stand, what their rows are, and which heading is which field."""
