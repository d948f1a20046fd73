"""What the newest torch, NumPy and matplotlib would change in the book."""
