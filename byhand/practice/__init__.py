"""Practice: problems about a traced function, and what an answer says of the line that was written.

    exercise.py    what is asked and which mistakes are known, traced as one sheet
    variant.py     functions with some lines otherwise, wherever an input is 1
    seed.py        a problem's numbers from a whole number, the same in Python and in browsers
    marking.py     what became of each answer
"""
