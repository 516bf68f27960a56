"""Conversations in messaging apps: each message is received once, and answered once."""
