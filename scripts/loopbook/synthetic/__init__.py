"""A book of many long chapters, made from one of ours, to measure the build on."""
