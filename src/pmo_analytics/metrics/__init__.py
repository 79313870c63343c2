"""What we count: measures and metrics as records, and what forms them at any level on any engine."""
