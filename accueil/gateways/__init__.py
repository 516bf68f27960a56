"""The outside world: post and Rasa. Each real one has a Null twin beside it."""
