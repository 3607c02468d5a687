"""Charts: plain numbers and words in; a sentence that says what they show, a table of them, and a picture out.

Each chart is one frozen dataclass with these three and knows nothing of the database, which `webui.figures` reads for
it. Matplotlib draws and is imported when the first picture is asked for, so that pages start without it. Two rules hold
for every chart: nothing is said by colour alone, and no picture is the only way to a number.
"""

from .actions import Actions, ActionSides
from .anger import AngerByWeek, AngerCounts
from .answered import Answered, AnsweredCounts
from .causes import CauseCounts, Causes
from .chart import Chart, draw
from .corrections import CorrectionCounts, Corrections
from .costs import Costs, MonthCosts
from .looks import DARK, LIGHT, LOOKS, PRINT, Look
from .places import PlaceCounts, Places
from .reply_times import ReplyTimes, TimesOfStretch
from .stars import StarsByWeek, StarsOfStretch
from .stretch import Stretch
from .table import Cell, Table
from .visits import VisitHour, Visits

__all__ = [
    "DARK",
    "LIGHT",
    "LOOKS",
    "PRINT",
    "ActionSides",
    "Actions",
    "AngerByWeek",
    "AngerCounts",
    "Answered",
    "AnsweredCounts",
    "CauseCounts",
    "Causes",
    "Cell",
    "Chart",
    "CorrectionCounts",
    "Corrections",
    "Costs",
    "Look",
    "MonthCosts",
    "PlaceCounts",
    "Places",
    "ReplyTimes",
    "StarsByWeek",
    "StarsOfStretch",
    "Stretch",
    "Table",
    "TimesOfStretch",
    "VisitHour",
    "Visits",
    "draw",
]
