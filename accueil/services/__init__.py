"""Use cases: find a site, book, move, cancel, notify, hand over, erase. They talk to ports only."""
