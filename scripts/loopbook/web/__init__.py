"""The site's scripts: small ES modules of our own, bundled by esbuild while the site is built."""

from loopbook.web.bundles import bundle

__all__ = ["bundle"]
