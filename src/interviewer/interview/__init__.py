"""The conversation: what is asked, what is probed, what is logged. It talks to a candidate and knows no terminal."""
