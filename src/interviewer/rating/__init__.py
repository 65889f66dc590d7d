"""From a thread to a scorecard: findings with quotes, levels by code. It knows no terminal and stores nothing."""
