"""Language models behind one protocol, and what is known of where the words go. It knows no interview and no rating."""
