"""`explore` from Python: reading and setting arrays, being told of changes, and what is said of a wrong call."""

import re

import numpy as np
import pytest
from matplotlib import pyplot
from traitlets import TraitError

from byhand import TraceError, explore


def squares(x, W):
    z = W @ x
    loss = np.sum(z**2)
    dW = np.outer(2 * z, x)
    return dW


@pytest.fixture
def net():
    return explore(squares, x=[1.0, 2.0], W=[[1.0, 0.0], [0.0, 1.0]])


def changes_of(net, names):
    seen = []
    net.observe(lambda change: seen.append((change.name, np.array(change.old).tolist(), np.array(change.new).tolist())),
                names)
    return seen


def test_an_array_that_is_set_is_read_back_with_all_that_follows(net):
    net["W"] = [[1, 2], [3, 4]]
    assert net["W"].tolist() == [[1, 2], [3, 4]]
    assert net["z"].tolist() == [5, 11]
    assert net["loss"] == 146
    assert net["dW"].tolist() == [[10, 20], [22, 44]]
    net.reset()
    assert net["W"].tolist() == [[1, 0], [0, 1]]


def test_what_is_read_cannot_be_changed_behind_the_widgets_back(net):
    net["W"][0, 0] = 7
    net.inputs["x"][0] = 7
    assert net["W"][0, 0] == 1 and net["x"][0] == 1


def test_a_number_moved_on_screen_is_in_the_arrays(net):
    net.set_state({"W[0,1]": 3})  # what the browser sends
    assert net["W"].tolist() == [[1, 3], [0, 1]] and net["z"].tolist() == [7, 2]


def test_a_computed_array_is_observed(net):
    seen = changes_of(net, "z")
    net["W"] = [[2, 0], [0, 2]]
    net["W"] = [[2, 0], [0, 2]]
    assert seen == [("z", [1, 2], [2, 4])]


def test_one_of_several_numbers_that_change_at_once_tells_of_all(net):
    losses = []
    net.observe(lambda change: losses.append(change.new), "loss")
    net["x"] = [3, 4]
    assert losses == [25]


def test_a_single_number_is_a_trait_like_any(net):
    seen = changes_of(net, "W[0,1]")
    net["W"] = [[1, 5], [0, 1]]
    assert seen == [("W[0,1]", 0, 5)]


def test_explorers_that_follow_each_other_share_the_numbers_that_both_have(net):
    other = explore(lambda x, k: {"scaled": x * k}, x=[0, 0], k=3)
    other.follow(net)
    assert other["scaled"].tolist() == [3, 6]
    assert [link.source for link in other._links] == [(net, "x[0]"), (net, "x[1]")]
    assert [link.target for link in other._links] == [(other, "x[0]"), (other, "x[1]")]


def test_a_figure_is_drawn_again_once_for_a_change(net):
    drawn = []

    def draw(it):
        drawn.append(it["z"].tolist())
        pyplot.plot(it["z"])

    view = net.figure(draw, alt="the sums")
    before = view.html
    net["x"] = [5, 6]
    assert drawn == [[1, 2], [5, 6]]
    assert view.html != before and 'alt="the sums"' in view.html
    assert pyplot.get_fignums() == []


def test_each_view_carries_its_html_and_the_sheet_for_hosts_without_a_kernel(net):
    data, _ = net.steps("z")._repr_mimebundle_()
    drawn = data["application/vnd.byhand+json"]
    assert 'data-cell="z[0]"' in drawn["html"] and drawn["sheet"]["program"]["inputs"] == ["x", "W"]


W = np.eye(2)


@pytest.mark.parametrize("call, error, words", [
    (lambda: explore(3), TraceError, "3 is not a function"),
    (lambda: explore(squares, x=[1, 2]), TraceError, "squares needs the input 'W': give it as W="),
    (lambda: explore(squares, x=[1, 2], W=W, V=1), TraceError, "squares has no input 'V': it takes x, W"),
    (lambda: explore(squares, x=[1, 2, 3], W=W), TraceError,
     r"squares, line 2 .* with the inputs x \(3,\), W \(2, 2\)"),
    (lambda: explore(squares, x=[1, [2]], W=W), TraceError, "its rows must have the same length"),
    (lambda: explore(squares, x="ab", W=W), TraceError, "'ab' is not an array of numbers"),
    (lambda: explore(squares, x=[1, np.nan], W=W), ValueError, "x = .* not finite"),
    (lambda: explore(squares, x=[1, 2], W=W, fields=["q"]), KeyError, "q is not an input: the inputs are x, W"),
    (lambda: explore(lambda layout: layout * 2, layout=1), ValueError, "cannot be called layout"),
    (lambda: explore(lambda sheet: sheet * 2, sheet=1), ValueError, "cannot be called sheet"),
    (lambda: explore(squares, x=[1, 2], W=W, network={"layers": ["x", "q"], "weights": ["W"]}), KeyError,
     "nothing is called 'q'"),
    (lambda: explore(squares, x=[1, 2], W=W, network={"layers": ["x", "z"]}), ValueError,
     "needs two layers or more, with weights"),
    (lambda: explore(squares, x=[1, 2], W=W, network={"layers": ["x", "loss"], "weights": ["W"]}), ValueError,
     "2 × 1 wires"),
    (lambda: explore(squares, x=[1, 2], W=W, network={"weigths": ["W"]}), ValueError, "no 'weigths'"),
])
def test_a_wrong_call_of_explore_is_refused_with_a_sentence(call, error, words):
    with pytest.raises(error, match=words):
        call()


@pytest.mark.parametrize("use, error, words", [
    (lambda net: net.__setitem__("W", [1, 2]), ValueError, r"W has the shape \(2, 2\): \[1, 2\] has the shape \(2,\)"),
    (lambda net: net.__setitem__("W", [[1, 2], [3]]), ValueError, "is not an array of numbers"),
    (lambda net: net.__setitem__("x", [1, np.inf]), ValueError, "not finite"),
    (lambda net: net.__setitem__("z", [1, 2]), KeyError, "z is not an input: the inputs are x, W"),
    (lambda net: net["q"], KeyError,
     r"nothing is called 'q': there are x \(2,\), W \(2, 2\), z \(2,\), loss, dW \(2, 2\)"),
    (lambda net: net.set_trait("W[0,0]", "abc"), TraitError, "expected a finite number"),
    (lambda net: net.set_trait("W[0,0]", np.nan), TraitError, "expected a finite number"),
    (lambda net: net.observe(print, "q"), KeyError, "nothing is called 'q'"),
    (lambda net: net.say("W"), KeyError, r"W is an array: name one number of it, such as W\[0, 0\]"),
    (lambda net: net.steps("q"), KeyError, "nothing is called 'q'"),
    (lambda net: net.table(value=["z"], gradient=["dW"]), ValueError, "value has 2, gradient has 4"),
    (lambda net: net.button("go", W=[1, 2]), ValueError, r"W has the shape \(2, 2\)"),
])
def test_a_wrong_use_is_refused_with_a_sentence_and_changes_nothing(net, use, error, words):
    with pytest.raises(error, match=words):
        use(net)
    assert net["W"].tolist() == [[1, 0], [0, 1]] and net["x"].tolist() == [1, 2]


def test_an_array_of_many_numbers_is_shown_by_a_few_and_by_name_in_full():
    net = explore(lambda x: {"z": 2 * x, "total": np.sum(x)}, x=np.arange(60.0))
    shown = net._repr_mimebundle_()[0]["text/plain"]
    assert 'z has 60 numbers, and these are the first 3: net.steps("z[3]") shows another, net.steps("z") all.' in shown
    assert 'x has 60 numbers: net["x"] = … sets them' in shown
    assert len(re.findall("data-step=", net.html)) == 3 + 1
    assert len(re.findall("data-step=", net.steps("z").html)) == 60
    assert "data-step" in net.steps("z[3]").html


def test_a_number_in_prose_does_not_draw_all_the_others(net):
    net.say("loss")._repr_mimebundle_()
    assert net.html == ""
    net._repr_mimebundle_()
    assert 'data-cell="loss"' in net.html
