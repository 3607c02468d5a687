"""Write the examples of all languages anew."""

from scoring.suggest.phrases import LANGUAGES

from . import FOLDER, written

for language in LANGUAGES:
    (FOLDER / f"{language}.txt").write_text(written(language), encoding="utf-8")
