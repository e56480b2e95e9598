"""Deck -> study: when each card is due, which comes next, and what was answered. Only `quiz.ui` knows the screen."""
