"""What is in a file: its format by content, its cells as they stand, read in a process of its own."""
