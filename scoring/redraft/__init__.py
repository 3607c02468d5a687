"""What a model that writes is asked, and what is taken from its answer: pure texts, no connection.

Personal data is masked before (`masking`), review, issues and draft become the question (`asking`), and the answer is
taken as plain text or refused (`taking`).
"""
