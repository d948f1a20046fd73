"""What the built pages are measured by: Lighthouse for speed, axe-core for barriers."""
