"""A live number, read back from what is shown of it."""


def read(text):
    """The value of a shown number: "−0.044" is -0.044, "3e−7" is 3e-7, "−∞" is -inf, "not a number" is nan."""
    return float(text.replace("−", "-").replace("∞", "inf").replace("not a number", "nan"))
