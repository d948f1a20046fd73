"""Other people's galleries of examples, run as a test of the runner."""

#: Name in the environment of the file that gets a line for each figure: see `counting`.
TALLY = "LOOPBOOK_TALLY"
