"""The book to take along: one zip that opens from the file system, and one PDF."""
