"""Words and constructions of the checks, by language. Data only: how they are found is in `wording.py`."""
