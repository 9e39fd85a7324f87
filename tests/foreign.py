"""Numpy that was not written for the tracer: layers and steps as people write them, each with inputs to run it on."""

import functools

import numpy as np

random = np.random.default_rng(4)


def softmax_cross_entropy(x, W, b, target):
    scores = W @ x + b
    shifted = scores - np.max(scores)
    p = np.exp(shifted) / np.sum(np.exp(shifted))
    loss = -np.sum(target * np.log(p))
    dscores = p - target
    dW = np.outer(dscores, x)
    db = dscores.copy()
    return loss, dW, db


def relu_layer(x, W, b, dout):
    z = x @ W.T + b
    a = np.maximum(0, z)
    dz = dout * (z > 0)
    dz2 = dout.copy()
    dz2[z <= 0] = 0
    leaky = np.where(z > 0, z, 0.01 * z)
    dW = dz.T @ x
    return a, dz2, leaky, dW


def layer_norm(x, gain, shift):
    mean = x.mean(axis=-1, keepdims=True)
    var = x.var(axis=-1, keepdims=True)
    normed = (x - mean) / np.sqrt(var + 1e-5)
    out = gain * normed + shift
    return out


def lstm_cell(x, h, c, W, b):
    def sigmoid(z):
        return 1.0 / (1.0 + np.exp(-z))
    z = W @ np.concatenate([x, h]) + b
    i, f, o, g = np.split(z, 4)
    i, f, o, g = sigmoid(i), sigmoid(f), sigmoid(o), np.tanh(g)
    c_next = f * c + i * g
    h_next = o * np.tanh(c_next)
    return h_next, c_next


def mini_batch(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1.T + b1
    A1 = np.tanh(Z1)
    out = A1 @ W2.T + b2
    loss = np.mean((out - Y) ** 2)
    dout = 2 * (out - Y) / out.size
    dW2 = dout.T @ A1
    db2 = dout.sum(axis=0)
    dZ1 = (dout @ W2) * (1 - A1 ** 2)
    dW1 = dZ1.T @ X
    db1 = dZ1.sum(axis=0)
    return loss, dW1, db1, dW2, db2


def newton(x):
    guesses = [x]
    for _ in range(5):
        x1 = guesses[-1]
        guesses.append(x1 - (x1 ** 2 - 2) / (2 * x1))
    root = guesses[-1]
    return root


def attention(Q, K, V):
    scores = Q @ K.T / np.sqrt(K.shape[1])
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    weights /= weights.sum(axis=1, keepdims=True)
    out = np.einsum("ij,jk->ik", weights, V)
    return out


def adam_step(w, g, m, v, rate=0.01):
    m1 = 0.9 * m + 0.1 * g
    v1 = 0.999 * v + 0.001 * np.square(g)
    step = rate * (m1 / (1 - 0.9)) / (np.sqrt(v1 / (1 - 0.999)) + 1e-8)
    w1 = w - step
    return {"weights": w1, "norm": np.sqrt(np.sum(w1 * w1))}


def numeric_check(W, x):
    def loss_at(W):
        return np.sum(np.log1p(np.exp(W @ x)))
    grad = np.zeros_like(W)
    eps = 1e-3
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            Wp, Wm = W.copy(), W.copy()
            Wp[i, j] += eps
            Wm[i, j] -= eps
            grad[i, j] = (loss_at(Wp) - loss_at(Wm)) / (2 * eps)
    return grad


def decorated(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)
    return inner


@decorated
def bag_of_tricks(a, b, *, power=2):
    total = 0.0
    for row in a:
        total += np.dot(row, b)
    stacked = np.stack([a[0], b])
    joined = np.concatenate([a.reshape(-1), b])[::2]
    shaped = a.T.reshape(1, -1)
    clipped = np.clip(a, -0.5, 0.5)
    extremes = np.maximum(a, 0) - np.minimum(b, 0)
    soft = np.logaddexp(a, b)
    powers = np.abs(a) ** power + (-a) ** 3 + 2.0 ** b
    ones = np.ones_like(a) * b[..., None].sum()
    counted = np.sum(a > 0) + 1.0 * ((a > 0) & (b < 1)).any()
    middle = np.mean(a, axis=0) - a.std()
    a2 = a.copy()
    a2[0] *= 3
    a2[1:, 0] -= b[0]
    return total


CASES = {
    softmax_cross_entropy: dict(x=random.normal(size=3), W=random.normal(size=(4, 3)), b=random.normal(size=4),
                                target=[0, 0, 1, 0]),
    relu_layer: dict(x=random.normal(size=(2, 3)), W=random.normal(size=(4, 3)), b=random.normal(size=4),
                     dout=random.normal(size=(2, 4))),
    layer_norm: dict(x=random.normal(size=(2, 5)), gain=random.normal(size=5), shift=random.normal(size=5)),
    lstm_cell: dict(x=random.normal(size=2), h=random.normal(size=3), c=random.normal(size=3),
                    W=random.normal(size=(12, 5)),
                    b=random.normal(size=12)),
    mini_batch: dict(X=random.normal(size=(4, 2)), Y=random.normal(size=(4, 1)), W1=random.normal(size=(3, 2)),
                     b1=random.normal(size=3),
                     W2=random.normal(size=(1, 3)), b2=random.normal(size=1)),
    newton: dict(x=1.0),
    attention: dict(Q=random.normal(size=(3, 2)), K=random.normal(size=(3, 2)), V=random.normal(size=(3, 2))),
    adam_step: dict(w=random.normal(size=3), g=random.normal(size=3), m=random.normal(size=3), v=random.random(size=3)),
    numeric_check: dict(W=random.normal(size=(2, 3)), x=random.normal(size=3)),
    bag_of_tricks: dict(a=random.normal(size=(2, 2)), b=random.normal(size=2)),
}
