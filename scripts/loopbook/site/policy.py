"""What a page may load and run: only what the site itself serves, and no script inside a page."""

from __future__ import annotations

#: The Content-Security-Policy of every page. A host of plain files sends no headers of ours, so
#: each page carries it; a host that sends headers may send the same.
DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self'",  # no 'unsafe-inline', no 'unsafe-eval', no hashes to keep
    "style-src": "'self' 'unsafe-inline'",  # formulas and the theme set sizes in style attributes
    "img-src": "'self' data:",  # the theme's icons are masks in its style sheet
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}
POLICY = "; ".join(f"{name} {value}" for name, value in DIRECTIVES.items())
