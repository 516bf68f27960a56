"""Rasa's custom actions: dialogue glue. Slots in, one service call, what to say out."""
