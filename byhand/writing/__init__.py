"""How a number and its formula are written: names, decimals, symbols, MathML, text. Runs without numpy."""
