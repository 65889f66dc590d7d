"""The command line, thin: parse, call, print. Each command is a module, imported when it is called.

main, group                              the way in, the commands by name; how a failure is told
tracing                                  where it came from, for `--debug`
options, desk                            options that several commands take; what every command works with
start, ask, resume, next, demo           commands that hold an interview
first_run, wishing, sitting, answers     what is asked at first, what is wished for, the sitting, answers from a file
review, compare, history, progress       commands that look back
past                                     what they look back on
rescore, dispute                         commands that rate once more
rate, calibrate                          commands that rate files
rater_choice, lines_in, rated_file       who rates; lines that come in, and the file that goes out
progress_line                            how far that is
export, bring_in                         interviews out to a file, and in again
documents, sharing, delivering           what is written, what of it others may see, and where it goes
backup, restore, forget                  all of them copied, put back, erased
asking                                   the question before that
questions, preparing, sheets             what the bank holds: to find, to read, as sheets
models, offers, doctor, config           what can be used here, as rows; whether it works; the settings
plain                                    columns and sheets without rich
"""
