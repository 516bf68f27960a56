"""French language understanding: normaliser, features, linear classifier, Rasa component."""
