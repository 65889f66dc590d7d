"""The bank: questions, probes, dimensions, profiles and cues, as validated data. It knows no interview.

schema, scale, study, judging   what content may hold: read schema first
cues, gate_cues, quote_cues     what the offline rater may be told
told, claims                    by which words one hears what the rules may have missed; figures that nothing backs
word_lists                      how content lists words
wording                         the form of a probe, checked
cue_files                       the cues loaded, with their hash
reading, located, problems      one file in, and each of its faults with its line, in plain words
volumes                         folders of small files bound into one, as the wheel holds them
packs, card, catalogue          which packs there are, and the card of every question, without pydantic
library                         the bank itself: all content by id
yours                           a question of the user's own that comes as one sentence
checking, references            files and packs checked for their authors, and what must fit together across files
json_schemas                    the same models as JSON Schemas, for editors
"""
