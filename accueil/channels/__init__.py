"""Where messages enter: every channel goes through the same door (``services.chat``)."""
