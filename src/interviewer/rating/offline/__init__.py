"""The offline rater: reads answers by rules, the same bytes every time, without any model."""
