"""Labs: py:percent scripts, run like any snippet, that the site shows as executed notebooks."""
