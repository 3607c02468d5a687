"""The checks of a draft answer: what it must not say, what is risky, what it should say.

`check_reply(draft, context)` returns one Finding per check of the rubric, in the rubric's order; nothing changes the
text, and nothing is left out: what could not be judged says so.
"""

from .checking import check_reply

__all__ = ["check_reply"]
