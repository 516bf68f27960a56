"""The web application: public pages, appointment links, counsellor console."""
