"""The stored record of interviews: events, the transcript folded from them, the SQLite store. It knows no model.

events, thread                   what can happen in an interview; a question with its answers: read these first
transcript, thread_heads         the state of an interview, and of a thread in short, folded from events
store, log, history              all sessions, one that is being written, and what a list of them shows
finding, taking_in               which one a name means; sessions from elsewhere
json_lines                       lines of JSON that a user hands in, with their bounds
connection, records, migrations  the SQLite file, how things lie in it, and its versions
lease, processes, names          who has a session open; which processes run; what sessions are called
backup, copies, set_aside        copies of the file; how one interview leaves them
salvage, carve                   what can be saved of a damaged one
errors                           what can go wrong with the store
"""
