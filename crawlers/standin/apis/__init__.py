"""The platforms' APIs as the stand-in plays them: documented shapes, keys checked, parameters and headers obeyed.

Each module answers for one platform under /api/<platform>, with the reviews of `data/apis/<platform>.json` at the
moment shown. What it checks is what the real one checks: a wrong key is a 401 in the platform's own words. A module
that is there is served: there is no list to keep. `IS_FEED` in it says that it is read without a key, as any feed,
and `REPLY_SHAPE` how it tells the state of an answer.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module

from werkzeug.wrappers import Response

from ..replies import Shape
from .call import ApiCall

_MODULES = {
    name: import_module(f"{__name__}.{name}") for _, name, _ in pkgutil.iter_modules(__path__) if name != "call"
}
_ANSWERS: dict[str, Callable[[ApiCall], Response]] = {
    name: module.answer for name, module in _MODULES.items() if hasattr(module, "answer")
}
FEEDS = {name: answer for name, answer in _ANSWERS.items() if getattr(_MODULES[name], "IS_FEED", False)}
SHAPES: dict[str, Shape] = {
    name: module.REPLY_SHAPE for name, module in _MODULES.items() if hasattr(module, "REPLY_SHAPE")
}
APIS = {name: answer for name, answer in _ANSWERS.items() if name not in FEEDS}

__all__ = ["APIS", "FEEDS", "SHAPES", "ApiCall"]
