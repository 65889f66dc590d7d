"""From a thread to a scorecard: findings with quotes, levels by code. It knows no terminal and stores nothing.

rater, evidence, levels             findings, quotes that were really said, and the rule that makes a level
offline/, judge/                    the two raters: rules, and a language model
addressed, disguise                 text that speaks to the rater, also in disguise
scorecard, gaps                     all ratings of an interview together; what stands before the next level
deciding, too_little                the words under a level; no levels where offline rules heard nothing
by_rules, unbacked                  who gave the levels; what the card says of a figure that nothing backs
lines, owed                         a rating as JSON; readings that a kill kept somebody from
opening, lazy_judge, once           a rater by its name; the judge when it is first needed; one thread rated
batch, seen_ids, rescoring          many transcripts rated, each id once; an interview rated once more
gold, suites, measuring             rated answers, the same changed in known ways, and a rater tried on them
agreement, calibration, remembered  what that says of the rater, in figures and as a verdict that is kept
"""
