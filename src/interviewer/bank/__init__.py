"""The bank: questions, probes, dimensions, profiles and cues, as validated data. It knows no interview."""
