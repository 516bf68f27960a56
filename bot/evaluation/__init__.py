"""Measure the understanding of French against the pipeline that `rasa init` gives."""
