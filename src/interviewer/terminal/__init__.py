"""The interview on a screen or through a pipe: it shows and listens. It knows neither who rates nor what is stored.

place, chat, pipe, linemode      where an interview is held: at the keyboard, through a pipe, by the line
editor, keys, display, wrapping  where an answer is written
writing, own_editor, meter       the draft kept safe, written in an editor of one's own, measured
asking, typed, held, interrupts  questions before what may not be meant; keys and signals at other times
screen, look, flow, waiting      what reaches the screen, how it looks, as it streams, while nothing comes
views, lines, toolbar, tour      what is said, the bottom lines, the help, as lines of text
card, study, sheet               the scorecard, the scorecard to study, and what they are written on
progress                         the wait for the scorecard
picker, picker_keys              a choice from a list
stage                            the demo, played
"""
