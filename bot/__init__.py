"""Rasa's runtime for Premier Accueil: the only Python 3.10 room."""
