"""Scorecards and trends as documents: JSON, Markdown, text, HTML. It writes to no screen and reads no database."""
