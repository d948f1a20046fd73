"""Node from its Python package, and npm packages that lock files pin."""
