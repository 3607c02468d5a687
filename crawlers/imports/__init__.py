"""Reviews out of files: exports of any maker, spreadsheets, pasted text, notification mails.

    sniff     what kind of file it is, told by its content
    table     its rows, whatever the kind, within caps
    columns   which column means what
    rows      a row to a review, or why not
    plan      all of it: what an import would store

Nothing here stores anything or asks a clock. Whatever bytes are given, only `ParseError` comes out.
"""
