"""A mock interviewer for AI-lab safety and behavioural interviews."""
