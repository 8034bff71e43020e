"""Character cards of other programs, turned into character files: hostile input, read within bounds; knows no model.

Each step is a module: `container` finds the card in a JSON, PNG or CHARX file, `card` reads its fields, `mapping` makes
a character of them, and `character_file` writes that as YAML. A game never needs any of it.
"""
