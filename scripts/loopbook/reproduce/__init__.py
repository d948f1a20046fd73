"""The same bytes everywhere: two clones built under different circumstances, and compared."""
