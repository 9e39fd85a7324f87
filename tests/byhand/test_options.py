"""Options of numpy's functions, in any combination: honoured, so that the numbers are numpy's, or refused by name."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from byhand import TraceError, trace

MASK = np.array([[True, False, True], [False, True, True]])
OUT = object()  # an array of the result's shape


def options(**choices):
    """Some of the options, each with one of its choices."""
    return st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in choices.items()})


REDUCING = options(axis=[0, 1, -1, None, (0, 1)], keepdims=[True, False], initial=[0.0, 2.5], where=[MASK, True],
                   dtype=[float, np.float32, int], out=[None], overwrite=[1])
UFUNC = options(where=[MASK, True], out=[OUT], dtype=[float, np.float32], casting=["same_kind", "unsafe"],
                order=["C"], subok=[True], signature=["d->d"])
FUNCTIONS = {
    **dict.fromkeys(("sum", "prod", "max", "min", "mean", "any", "all"), REDUCING),
    **{name: options(axis=[0, 1, None], ddof=[0, 1], keepdims=[True], where=[MASK], dtype=[float, np.float32],
                     correction=[1], mean=[0.5]) for name in ("var", "std")},
    **{name: options(axis=[0, 1, None], dtype=[float, np.float32, int], out=[None]) for name in ("cumsum", "cumprod")},
    **{name: options(axis=[0, 1, None], keepdims=[True, False], out=[None]) for name in ("argmax", "argmin")},
    **dict.fromkeys(("exp", "tanh", "abs", "square", "sign", "floor", "negative", "isnan"), UFUNC),
    "clip": options(a_min=[-0.5, None], a_max=[0.5], min=[-0.2], max=[0.1], out=[OUT], dtype=[float]),
    "round": options(decimals=[0, 1, 3], out=[None]),
    "average": options(axis=[0, 1, None], weights=[np.arange(6.0).reshape(2, 3) + 1, [1, 2, 3], [1, 2]],
                       returned=[True], keepdims=[True]),
    "diff": options(n=[1, 2], axis=[0, 1], prepend=[0.0], append=[1.0]),
    "ptp": options(axis=[0, 1, None], keepdims=[True]),
    "nan_to_num": options(nan=[0.5], posinf=[1.0], copy=[True, False]),
    "zeros_like": options(dtype=[float, int, np.float32, bool], shape=[3, (2, 2)], order=["K"]),
    "full_like": options(fill_value=[7, 0.5], dtype=[float, int], shape=[3]),
    "cov": options(rowvar=[True, False], bias=[True, False], ddof=[0, 1], aweights=[[1, 2, 3]]),
    "linalg.norm": options(ord=[None, 1, 2, np.inf, -np.inf, 3, "fro", "nuc", 0], axis=[0, 1, None, (0, 1)],
                           keepdims=[True, False]),
    "count_nonzero": options(axis=[0, 1, None], keepdims=[True]),
    "sort": options(axis=[0, 1]),
    "median": options(axis=[0, 1, None]),
}


def numpys(name):
    return getattr(np.linalg, name.partition(".")[2]) if "." in name else getattr(np, name)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_option_is_honoured_or_refused(name):
    @settings(max_examples=10, deadline=None, derandomize=True, database=None)
    @given(chosen=FUNCTIONS[name], seed=st.integers(0, 99))
    def check(chosen, seed):
        def walk(x):
            given = {key: x * 0 if value is OUT else value for key, value in chosen.items()}
            y = numpys(name)(x + 0.0, **given)
            return y

        random = np.random.default_rng(seed)
        inputs, others = random.normal(size=(2, 2, 3)) * np.array([[0, 1, 2], [1, 1, 1]])
        try:
            expected = walk(others)
        except Exception:
            return  # numpy takes no such option either
        try:
            sheet = trace(walk, x=inputs)
        except TraceError:
            return
        np.testing.assert_allclose(sheet.evaluate(x=others)["y"] * 1.0, expected * 1.0, rtol=1e-12, atol=1e-14)
    check()
