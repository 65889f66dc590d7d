"""The offline rater: reads answers by rules, the same bytes every time, without any model.

reader, lazy                  the rater, and the same made when it is first needed
reading, counting             what is found in a thread, and what of it counts for a dimension
clauses, patterns, word_list  sentences and words, and the patterns looked for in them
short_forms                   what a short form stands for: "I'd asked" is over, "I'd ask" is not
heard                         the sentences of a thread, told apart by what is done with them
gates, copies, word_order     what is looked at before anything is credited
seams                         texts sewn together from pieces of others
topic, verse, strays          answers about something else, verse, and sentences that belong to nothing else
asides, two_readings          what may be said to whoever reads; with and without it
answer_type, manner           what sort of answer it is, and how it is worded
parts, denial, retraction     from what was found to parts that are met; what did not happen, and what is taken back
quotes, telling               the words that show why
"""
