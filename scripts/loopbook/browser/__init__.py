"""A real browser, and a server for the built site."""
