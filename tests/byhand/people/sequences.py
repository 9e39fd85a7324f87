"""Recurrent cells, attention, hidden Markov models, filters: code that goes through time."""

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x, axis=-1):
    e = np.exp(x - np.max(x, axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def min_char_rnn(inputs, targets, hprev, Wxh, Whh, Why, bh, by):
    xs, hs, ys, ps = {}, {}, {}, {}
    hs[-1] = np.copy(hprev)
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((3, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(Wxh, xs[t]) + np.dot(Whh, hs[t - 1]) + bh)
        ys[t] = np.dot(Why, hs[t]) + by
        ps[t] = np.exp(ys[t]) / np.sum(np.exp(ys[t]))
        loss += -np.log(ps[t][targets[t], 0])
    dWxh, dWhh, dWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
    dbh, dby = np.zeros_like(bh), np.zeros_like(by)
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWhy += np.dot(dy, hs[t].T)
        dby += dy
        dh = np.dot(Why.T, dy) + dhnext
        dhraw = (1 - hs[t] * hs[t]) * dh
        dbh += dhraw
        dWxh += np.dot(dhraw, xs[t].T)
        dWhh += np.dot(dhraw, hs[t - 1].T)
        dhnext = np.dot(Whh.T, dhraw)
    for dparam in [dWxh, dWhh, dWhy, dbh, dby]:
        np.clip(dparam, -5, 5, out=dparam)
    return loss, dWxh, dWhh, dWhy, dbh, dby, hs[len(inputs) - 1]


def rnn_forward(x, W_xh, W_hh, b_h):
    T = x.shape[0]
    h = np.zeros((T + 1, W_hh.shape[0]))
    for t in range(T):
        h[t + 1] = np.tanh(W_xh @ x[t] + W_hh @ h[t] + b_h)
    return h[1:]


def rnn_states(x, h, W_xh, W_hh):
    states = []
    for x_t in x:
        h = np.tanh(W_xh @ x_t + W_hh @ h)
        states.append(h)
    return np.array(states)


def lstm_step(x, prev_h, prev_c, Wx, Wh, b):
    N, H = prev_h.shape
    a = np.dot(x, Wx) + np.dot(prev_h, Wh) + b
    i = sigmoid(a[:, :H])
    f = sigmoid(a[:, H:2 * H])
    o = sigmoid(a[:, 2 * H:3 * H])
    g = np.tanh(a[:, 3 * H:])
    next_c = f * prev_c + i * g
    next_h = o * np.tanh(next_c)
    cache = (x, prev_h, prev_c, i, f, o, g, next_c)
    return next_h, next_c, cache


def gru_step(x, h, W_z, W_r, W_h, U_z, U_r, U_h):
    z = sigmoid(W_z @ x + U_z @ h)
    r = sigmoid(W_r @ x + U_r @ h)
    h_tilde = np.tanh(W_h @ x + U_h @ (r * h))
    h = (1 - z) * h + z * h_tilde
    return h


def scaled_dot_product_attention(Q, K, V):
    d_k = K.shape[-1]
    scores = np.matmul(Q, K.T) / np.sqrt(d_k)
    mask = np.triu(np.ones(scores.shape), k=1)
    scores = np.where(mask == 1, -1e9, scores)
    weights = softmax(scores, axis=-1)
    output = np.matmul(weights, V)
    return output, weights


def multi_head(x, Wq, Wk, Wv, n_head=2):
    q, k, v = x @ Wq, x @ Wk, x @ Wv
    split = [np.split(each, n_head, axis=-1) for each in (q, k, v)]
    heads = []
    for q_i, k_i, v_i in zip(*split):
        att = softmax(q_i @ k_i.T / np.sqrt(q_i.shape[-1]))
        heads.append(att @ v_i)
    out = np.hstack(heads)
    return out


def gelu(x):
    return 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x ** 3)))


def gpt_ffn(x, w1, b1, w2, b2, g, b, eps=1e-5):
    mean = np.mean(x, axis=-1, keepdims=True)
    variance = np.var(x, axis=-1, keepdims=True)
    x_norm = g * (x - mean) / np.sqrt(variance + eps) + b
    h = gelu(x_norm @ w1 + b1)
    x = x + (h @ w2 + b2)
    return x


def positional_encoding(x, max_len=3, d_model=4):
    pe = np.zeros((max_len, d_model))
    position = np.arange(max_len)[:, np.newaxis]
    div_term = np.exp(np.arange(0, d_model, 2) * -(np.log(10000.0) / d_model))
    pe[:, 0::2] = np.sin(position * div_term)
    pe[:, 1::2] = np.cos(position * div_term)
    out = x + pe
    return out


def hmm_forward(obs, A, B, pi):
    N = A.shape[0]
    T = len(obs)
    alpha = np.zeros((T, N))
    alpha[0, :] = pi * B[:, obs[0]]
    for t in range(1, T):
        for j in range(N):
            alpha[t, j] = alpha[t - 1].dot(A[:, j]) * B[j, obs[t]]
    likelihood = alpha[-1].sum()
    return alpha, likelihood


def viterbi(A, B, pi, obs=(0, 1, 1)):
    T, N = len(obs), A.shape[0]
    delta = np.zeros((T, N))
    psi = np.zeros((T, N), dtype=int)
    delta[0] = pi * B[:, obs[0]]
    for t in range(1, T):
        for j in range(N):
            seq = delta[t - 1] * A[:, j]
            psi[t, j] = np.argmax(seq)
            delta[t, j] = np.max(seq) * B[j, obs[t]]
    path = np.zeros(T, dtype=int)
    path[-1] = np.argmax(delta[-1])
    for t in range(T - 2, -1, -1):
        path[t] = psi[t + 1, path[t + 1]]
    return path, delta


def kalman_step(x, P, z, F, H, Q, R):
    x = F @ x
    P = F @ P @ F.T + Q
    y = z - H @ x
    S = H @ P @ H.T + R
    K = P @ H.T @ np.linalg.inv(S)
    x = x + K @ y
    P = (np.eye(P.shape[0]) - K @ H) @ P
    return x, P


def kalman_1d(measurements, x, P, q=1e-3, r=0.1):
    n = len(measurements)
    xhat = np.zeros(n)
    gains = np.zeros(n)
    for k in range(n):
        P = P + q
        gains[k] = P / (P + r)
        x = x + gains[k] * (measurements[k] - x)
        P = (1 - gains[k]) * P
        xhat[k] = x
    return xhat


def kalman_transition(x, v, dt):
    A = np.array([[1.0, 0.0], [0.0, 1.0]])
    A[0, 1] = dt
    state = np.array([[x], [v]])
    predicted = np.dot(A, state)
    return predicted


def exponential_smoothing(series, alpha):
    result = [series[0]]
    for n in range(1, len(series)):
        result.append(alpha * series[n] + (1 - alpha) * result[n - 1])
    return result


def holt(series, alpha, beta):
    level, trend = series[0], series[1] - series[0]
    for value in series[1:]:
        last_level = level
        level = alpha * value + (1 - alpha) * (level + trend)
        trend = beta * (level - last_level) + (1 - beta) * trend
    forecast = level + trend
    return forecast


def conv1d(x, kernel, bias):
    n, k = len(x), len(kernel)
    out = np.empty(n - k + 1)
    for i in range(n - k + 1):
        out[i] = np.dot(x[i:i + k], kernel) + bias
    smooth = np.convolve(x, kernel, mode="same")
    return out, smooth


def ctc_alpha(y, target=(1, 2)):
    T = y.shape[0]
    labels = [0]
    for each in target:
        labels += [each, 0]
    S = len(labels)
    alpha = np.zeros((T, S))
    alpha[0, 0] = y[0, labels[0]]
    alpha[0, 1] = y[0, labels[1]]
    for t in range(1, T):
        for s in range(S):
            a = alpha[t - 1, s]
            if s - 1 >= 0:
                a += alpha[t - 1, s - 1]
            if s - 2 >= 0 and labels[s] != 0 and labels[s] != labels[s - 2]:
                a += alpha[t - 1, s - 2]
            alpha[t, s] = a * y[t, labels[s]]
    p = alpha[-1, -1] + alpha[-1, -2]
    return p


R = np.random.default_rng(2)
SQUARE = R.normal(size=(6, 2, 2))
CASES = {
    min_char_rnn: ("Karpathy, min-char-rnn.py", dict(
        inputs=[0, 1], targets=[1, 2], hprev=[[0.1], [0.2]], Wxh=R.normal(size=(2, 3)), Whh=R.normal(size=(2, 2)),
        Why=R.normal(size=(3, 2)), bh=np.zeros((2, 1)), by=np.zeros((3, 1)))),
    rnn_forward: ("Dive into Deep Learning, recurrent neural networks from scratch", dict(
        x=R.normal(size=(3, 2)), W_xh=SQUARE[0], W_hh=SQUARE[1], b_h=[0.1, 0.2])),
    rnn_states: ("Peter Roelants, peterroelants.github.io, RNN notes", dict(
        x=R.normal(size=(3, 2)), h=[0.0, 0.0], W_xh=SQUARE[0], W_hh=SQUARE[1])),
    lstm_step: ("Stanford CS231n, assignment 3, rnn_layers.py", dict(
        x=R.normal(size=(1, 2)), prev_h=R.normal(size=(1, 2)), prev_c=R.normal(size=(1, 2)), Wx=R.normal(size=(2, 8)),
        Wh=R.normal(size=(2, 8)), b=np.zeros(8))),
    gru_step: ("Dive into Deep Learning, GRU", dict(
        x=[0.1, 0.2], h=[0.5, -0.5], **dict(zip(["W_z", "W_r", "W_h", "U_z", "U_r", "U_h"], SQUARE)))),
    scaled_dot_product_attention: ("Vaswani et al. in numpy, machinelearningmastery.com", dict(
        Q=R.normal(size=(2, 2)), K=R.normal(size=(2, 2)), V=R.normal(size=(2, 2)))),
    multi_head: ("jaymody, picoGPT", dict(x=R.normal(size=(2, 4)), Wq=R.normal(size=(4, 4)), Wk=R.normal(size=(4, 4)),
                                          Wv=R.normal(size=(4, 4)))),
    gpt_ffn: ("jaymody, picoGPT", dict(
        x=R.normal(size=(1, 2)), w1=R.normal(size=(2, 3)), b1=np.zeros(3), w2=R.normal(size=(3, 2)), b2=np.zeros(2),
        g=[1.0, 1.0], b=[0.0, 0.0])),
    positional_encoding: ("The Annotated Transformer, in numpy", dict(x=R.normal(size=(3, 4)))),
    hmm_forward: ("Jurafsky and Martin, Speech and Language Processing, appendix A, in numpy", dict(
        obs=[0, 1, 1], A=[[0.7, 0.3], [0.4, 0.6]], B=[[0.5, 0.5], [0.1, 0.9]], pi=[0.6, 0.4])),
    viterbi: ("Wikipedia, Viterbi algorithm; jonathan-hui HMM notes", dict(
        A=[[0.7, 0.3], [0.4, 0.6]], B=[[0.5, 0.5], [0.1, 0.9]], pi=[0.6, 0.4])),
    kalman_step: ("Labbe, Kalman and Bayesian Filters in Python", dict(
        x=[[1.0], [0.5]], P=[[1.0, 0.1], [0.1, 2.0]], z=[[1.2]], F=[[1.0, 0.1], [0.0, 1.0]], H=[[1.0, 0.0]],
        Q=[[0.01, 0.0], [0.0, 0.01]], R=[[0.5]])),
    kalman_1d: ("SciPy Cookbook, Kalman filtering", dict(measurements=[0.3, 0.5, 0.4], x=0.0, P=1.0)),
    kalman_transition: ("Michel van Biezen's lectures, in numpy", dict(x=1.0, v=0.5, dt=0.1)),
    exponential_smoothing: ("Grisha Trubetskoy, Holt-Winters for Dummies", dict(series=[3.0, 10.0, 12.0], alpha=0.3)),
    holt: ("Grisha Trubetskoy, Holt-Winters for Dummies", dict(series=[3.0, 10.0, 12.0], alpha=0.3, beta=0.2)),
    conv1d: ("Raschka, Machine Learning with PyTorch and Scikit-Learn, chapter 14", dict(
        x=[1.0, 2.0, -1.0, 0.5], kernel=[0.5, 1.0, -0.5], bias=0.1)),
    ctc_alpha: ("Awni Hannun, Sequence Modeling with CTC", dict(y=R.uniform(0.1, 0.9, size=(3, 3)))),
}
