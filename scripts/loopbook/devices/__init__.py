"""Runs on a GPU: kept beside the snippets that made them, and compared with the CPU's."""
