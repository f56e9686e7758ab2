"""Plainview in English: the words stand in the code; here is how days are written."""
