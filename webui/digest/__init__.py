"""The weekly digest: one object for mail, page, file and command.

`build_digest` reads what there is to tell, `letter` puts it into the words of whoever reads it, and `text`, `html` and
the page's template set those words. Nothing here is stored: a week that is looked at again is counted again, so that
what was erased meanwhile is told by no archive.
"""
