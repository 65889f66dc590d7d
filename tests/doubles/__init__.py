"""Servers that speak the model providers' wire formats on a real socket, and misbehave in every way known.

Each is used as `with OllamaDouble() as double:` or run by itself as `python -m tests.doubles.ollama`. The name of the
model in the request chooses how the server behaves; see `CASES` in each module.
"""
