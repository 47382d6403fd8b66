"""Trained artefacts and their cards: data, no code."""
