"""Regression, optimisers, clusters, reinforcement learning."""

import numpy as np


def ridge(X, y, lam):
    n_features = X.shape[1]
    I = np.identity(n_features)
    w = np.linalg.solve(X.T @ X + lam * I, X.T @ y)
    residuals = y - X @ w
    mse = (residuals ** 2).mean()
    return w, mse


def normal_equation(x, y):
    X = np.column_stack((np.ones(len(x)), x))
    beta = np.linalg.inv(X.T.dot(X)).dot(X.T).dot(y)
    y_pred = X @ beta
    ss_res = np.sum((y - y_pred) ** 2)
    ss_tot = np.sum((y - np.mean(y)) ** 2)
    r2 = 1 - ss_res / ss_tot
    return beta, r2


def simple_regression(x, y):
    n = np.size(x)
    m_x, m_y = np.mean(x), np.mean(y)
    SS_xy = np.sum(y * x) - n * m_y * m_x
    SS_xx = np.sum(x * x) - n * m_x * m_x
    b_1 = SS_xy / SS_xx
    b_0 = m_y - b_1 * m_x
    return b_0, b_1


def adam(theta, grad_seq, lr=0.1, beta1=0.9, beta2=0.999, eps=1e-8):
    m = np.zeros_like(theta)
    v = np.zeros_like(theta)
    for t, g in enumerate(grad_seq, start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g ** 2
        m_hat = m / (1 - beta1 ** t)
        v_hat = v / (1 - beta2 ** t)
        theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta


def adam_dict(w, b, dw, db):
    params, grads = {"w": w, "b": b}, {"w": dw, "b": db}
    state = {key: {"m": np.zeros(np.shape(value)), "v": np.zeros(np.shape(value))} for key, value in params.items()}
    for key in params:
        state[key]["m"] = 0.9 * state[key]["m"] + 0.1 * grads[key]
        state[key]["v"] = 0.999 * state[key]["v"] + 0.001 * np.square(grads[key])
        params[key] = params[key] - 0.01 * state[key]["m"] / (np.sqrt(state[key]["v"]) + 1e-8)
    return params


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, params, grads):
        if self.v is None:
            self.v = {}
            for key, val in params.items():
                self.v[key] = np.zeros_like(val)
        for key in params.keys():
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]


def momentum_steps(W, dW):
    optimizer = Momentum(lr=0.1)
    params = {"W": W}
    optimizer.update(params, {"W": dW})
    optimizer.update(params, {"W": dW})
    return params["W"]


def rosenbrock_gd(x, y, lr):
    path = []
    for _ in range(2):
        f = (1 - x) ** 2 + 100 * (y - x ** 2) ** 2
        dfdx = -2 * (1 - x) - 400 * x * (y - x ** 2)
        dfdy = 200 * (y - x ** 2)
        x, y = x - lr * dfdx, y - lr * dfdy
        path.append((x, y, f))
    return path


def kmeans_assign(X, centers):
    distances = np.sqrt(((X[:, np.newaxis] - centers) ** 2).sum(axis=2))
    labels = np.argmin(distances, axis=1)
    inertia = np.min(distances, axis=1).sum()
    return labels, inertia


def kmeans_step(X, centroids):
    k = centroids.shape[0]
    labels = np.zeros(len(X), dtype=int)
    for i, x in enumerate(X):
        labels[i] = np.argmin(np.linalg.norm(centroids - x, axis=1))
    new_centroids = np.zeros(centroids.shape)
    for j in range(k):
        new_centroids[j] = X[labels == j].mean(axis=0)
    return labels, new_centroids


def gaussian_nb(x, means, variances, priors):
    posteriors = []
    for k in range(len(priors)):
        prior = np.log(priors[k])
        numerator = np.exp(-((x - means[k]) ** 2) / (2 * variances[k]))
        denominator = np.sqrt(2 * np.pi * variances[k])
        posterior = np.sum(np.log(numerator / denominator)) + prior
        posteriors.append(posterior)
    best = np.argmax(posteriors)
    return posteriors, best


def nb_fit(X, y):
    means = np.array([X[y == c].mean(axis=0) for c in (0, 1)])
    priors = np.array([np.mean(y == c) for c in (0, 1)])
    return means, priors


def em_step(x, mu, sigma, pi):
    n, k = len(x), len(mu)
    r = np.zeros((n, k))
    for j in range(k):
        r[:, j] = pi[j] * np.exp(-0.5 * ((x - mu[j]) / sigma[j]) ** 2) / (sigma[j] * np.sqrt(2 * np.pi))
    r /= r.sum(axis=1, keepdims=True)
    N_k = r.sum(axis=0)
    mu = (r * x[:, None]).sum(axis=0) / N_k
    sigma = np.sqrt((r * (x[:, None] - mu) ** 2).sum(axis=0) / N_k)
    pi = N_k / n
    return mu, sigma, pi


def pca_2x2(X):
    centered = X - X.mean(axis=0)
    cov = np.cov(centered, rowvar=False)
    a, b, d = cov[0, 0], cov[0, 1], cov[1, 1]
    trace, det = np.trace(cov), np.linalg.det(cov)
    root = np.sqrt(trace ** 2 / 4 - det)
    lam = np.array([trace / 2 + root, trace / 2 - root])
    v1 = np.array([b, lam[0] - a])
    v1 = v1 / np.linalg.norm(v1)
    explained = lam / lam.sum()
    projected = centered @ v1
    return explained, projected


def skip_gram(center, W_in, W_out, context=1, lr=0.1):
    h = W_in[center]
    u = W_out.T @ h
    y_hat = np.exp(u) / np.sum(np.exp(u))
    e = y_hat.copy()
    e[context] -= 1
    loss = -np.log(y_hat[context])
    dW_out = np.outer(h, e)
    dh = W_out @ e
    W_out -= lr * dW_out
    W_in[center] -= lr * dh
    return loss, W_in, W_out


def td_step(V, reward, s=0, s_next=1, gamma=0.9, alpha=0.1):
    td_target = reward + gamma * V[s_next]
    td_error = td_target - V[s]
    V[s] += alpha * td_error
    return V


def q_learning(Q, r, gamma=0.9, alpha=0.5):
    s, a, s2 = 0, 1, 1
    best_next = np.max(Q[s2])
    Q[s, a] = Q[s, a] + alpha * (r + gamma * best_next - Q[s, a])
    policy = np.argmax(Q, axis=1)
    return Q, policy


def value_iteration(R, P, gamma=0.9):
    V = np.zeros(R.shape[0])
    for _ in range(2):
        Q = R + gamma * np.einsum("asn,n->sa", P, V)
        V = Q.max(axis=1)
    return V


def discounted_returns(rewards, gamma):
    G = np.zeros_like(rewards)
    running = 0
    for t in reversed(range(len(rewards))):
        running = rewards[t] + gamma * running
        G[t] = running
    G = (G - G.mean()) / (G.std() + 1e-8)
    return G


class Dense:
    def __init__(self, activation="tanh"):
        self.activation = activation

    def __call__(self, x, w, b):
        self.z = x @ w + b
        self.a = np.tanh(self.z) if self.activation == "tanh" else self.z
        return self.a


def mlp_of_objects(x, w1, b1, w2, b2):
    first, second = Dense(), Dense("linear")
    out = second(first(x, w1, b1), w2, b2)
    return out


R = np.random.default_rng(3)
CASES = {
    ridge: ("ethen8181, machine-learning notebooks", dict(X=R.normal(size=(3, 2)), y=[1.0, 2.0, 0.5], lam=0.1)),
    normal_equation: ("Géron, Hands-On Machine Learning, chapter 4", dict(x=[0.0, 1.0, 2.0], y=[1.0, 2.5, 4.0])),
    simple_regression: ("GeeksforGeeks, linear regression implementation", dict(x=[0.0, 1.0, 2.0], y=[1.0, 3.0, 4.0])),
    adam: ("Kingma and Ba in numpy, agustinus.kristia.de", dict(theta=[0.5, -0.5], grad_seq=[[0.1, 0.2], [0.3, -0.1]])),
    adam_dict: ("Coursera, Deep Learning Specialization, course 2 week 2", dict(w=[0.5, -0.5], b=0.1, dw=[0.1, 0.2],
                                                                                db=0.3)),
    momentum_steps: ("Saito, Deep Learning from Scratch, common/optimizer.py", dict(W=[0.5, -0.5], dW=[0.1, 0.2])),
    rosenbrock_gd: ("Real Python, gradient descent", dict(x=-1.0, y=1.0, lr=0.001)),
    kmeans_assign: ("VanderPlas, Python Data Science Handbook", dict(X=R.normal(size=(3, 2)),
                                                                     centers=R.normal(size=(2, 2)))),
    kmeans_step: ("Data Science from Scratch; many k-means posts", dict(
        X=[[0.0, 0.0], [1.0, 1.0], [5.0, 5.0]], centroids=[[0.0, 1.0], [4.0, 4.0]])),
    gaussian_nb: ("Python Engineer, ML from scratch (AssemblyAI)", dict(
        x=[0.5, 1.0], means=[[0.0, 1.0], [1.0, 0.0]], variances=[[1.0, 0.5], [0.5, 1.0]], priors=[0.4, 0.6])),
    nb_fit: ("Python Engineer, ML from scratch (AssemblyAI)", dict(X=[[0.0, 1.0], [1.0, 2.0], [3.0, 1.0]],
                                                                   y=[0, 1, 1])),
    em_step: ("Oran Looney, Gaussian mixtures from scratch", dict(x=[0.0, 1.0, 4.0], mu=[0.0, 3.0], sigma=[1.0, 1.5],
                                                                  pi=[0.5, 0.5])),
    pca_2x2: ("Shlens, A Tutorial on Principal Component Analysis, in numpy", dict(
        X=[[2.5, 2.4], [0.5, 0.7], [2.2, 2.9], [1.9, 2.2]])),
    skip_gram: ("Derek Chia, word2vec from scratch with numpy", dict(center=1, W_in=R.normal(size=(3, 2)),
                                                                     W_out=R.normal(size=(2, 3)))),
    td_step: ("Sutton and Barto in Python, ShangtongZhang", dict(V=[0.0, 1.0], reward=0.5)),
    q_learning: ("Thomas Simonini, Deep RL course", dict(Q=[[0.0, 0.5], [1.0, 0.2]], r=1.0)),
    value_iteration: ("dennybritz, reinforcement-learning", dict(R=[[0.0, 1.0], [2.0, 0.5]],
                                                                 P=R.dirichlet([1, 1], size=(2, 2)))),
    discounted_returns: ("Karpathy, Pong from Pixels", dict(rewards=[0.0, 1.0, -1.0], gamma=0.99)),
    mlp_of_objects: ("joelgrus, joelnet", dict(x=[0.5, -1.0], w1=R.normal(size=(2, 2)), b1=[0.1, 0.2],
                                               w2=R.normal(size=(2, 1)), b2=[0.3])),
}
