"""Premier Accueil: the application (everything but Rasa's own runtime, which lives in ``bot/``)."""
