"""The REST API under /api/v1: what programs may read and do, with a token and the role of its person.

What is done goes the same ways as on the pages (`db.acting`, `db.offers`, `db.reply_flow`). Nothing is approved or
posted here: an answer can be written and submitted, and a person decides.
"""
