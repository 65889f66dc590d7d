"""The stored record of interviews: events, the transcript folded from them, the SQLite store. It knows no model."""
