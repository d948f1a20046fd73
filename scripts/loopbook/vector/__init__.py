"""Makes the book's figures light: the same picture in a fraction of the bytes."""
