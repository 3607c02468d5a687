"""The suite. Whatever imports a part of it, a worker or the process that others fork from, first reads this."""

import gc

# Thousands of tests and the libraries they load are objects that stay; looking through them again and again for
# cycles takes two fifths of the time of the imports and a tenth of that of the tests.
gc.set_threshold(50_000, 20, 100)
