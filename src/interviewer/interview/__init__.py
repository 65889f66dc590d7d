"""The conversation: what is asked, what is probed, what is logged. It talks to a candidate and knows no terminal.

interview, candidate                    the conversation, and the other side of the table
opening, planning, expense              an interview put together: which questions, in what order, at what price
commands, underway                      what may be typed besides an answer; what commands see
trouble, waiting                        a model that fails, or is not waited for
followup, later, rehearsal              what comes after an answer, loaded while the first one is typed
formats, scenario                       how each format goes on after an answer
debate, stances, granting               a debate: which side somebody takes, and which point they grant
prober, choosing, probing, left_out     the next probe: when to stop, what to ask for
probing_rules                           the rules of that, which are data
quoting, clauses, grammar, recalling    the candidate's own words in it, also from earlier answers
sources, moment                         of which answer, and what the question rests on; all that a choice looks at
voice, rewording, arguing, unwrapping   what a model may word
english, invented                       how that is checked: in which language, and whether anybody said so
asked_back, own_questions, own_replies  what the candidate asks, and the replies
simply                                  a question in fewer words, for whoever did not understand it
ratings, coaching, self_rating          ratings while the talk goes on, what would lift an answer, the own guess
unrated                                 why nothing in a thread can have a level
lines, remarks                          what the interviewer says besides, and which of it when
gone                                    questions whose pack is not there any more
feelings, crisis                        how somebody feels, and what is said to it; who wants to die
situation, whereabouts                  where the interview stands; where words go
clock, timing                           the time of an answer and of a round
single_files                            every single content file and what it must be, for a check
simulated, next_probe                   invented candidates; the next probe of a thread from a file
"""
