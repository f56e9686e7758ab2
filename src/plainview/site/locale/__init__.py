"""The words of the site in other languages, one folder a language. Kept by `make words`."""
