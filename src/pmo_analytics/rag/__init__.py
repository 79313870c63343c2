"""What the figures mean: rule sets, colours per dimension and overall, and why each is what it is."""
