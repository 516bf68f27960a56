"""Commands of the Makefile: Python 3.9 or later and its standard library, nothing to install."""
