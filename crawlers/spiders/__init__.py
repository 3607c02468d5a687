"""One spider per way of reading: which page comes next. What stands on a page is the parsers' matter."""
