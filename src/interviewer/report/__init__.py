"""Scorecards and trends as documents: JSON, Markdown, text, HTML. It writes to no screen and reads no database.

view, viewing                                    what a scorecard shows, made once for page, Markdown and text
page, charts, passages                           the page
markdown, plain, tables                          the same as Markdown, as text, and all ratings as a table
document, document_schema                        the same as JSON, and its schema
calibration                                      a calibration as JSON
provenance, raters, standing, naming, wording    words that stand the same in every document
attempts, record, trends, exercises              all that was practised, how it goes, and what to do next
progress_document, progress_page, progress_text  the same as JSON, page and text
comparison, side_by_side                         two ratings, two answers or two interviews beside each other
archive, share, redaction                        whole interviews as lines; fit to be given to others
"""
