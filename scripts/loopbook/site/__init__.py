"""What the site needs around the chapters: reading time, published sources, stable bytes."""
