"""Intended use, scores, words and keys: one page, one click away from every other."""
