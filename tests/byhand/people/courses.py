"""Course assignments: layers with dicts of parameters, caches and gradients; small networks in plain numpy."""

import numpy as np


def relu(Z):
    return np.maximum(0, Z)


def linear_forward(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W, b)
    return Z, cache


def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    else:
        A = relu(Z)
    cache = (linear_cache, Z)
    return A, cache


def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


def l_layer_model(X, Y, W1, b1, W2, b2):
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters["W" + str(l)], parameters["b" + str(l)], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters["W" + str(L)], parameters["b" + str(L)], "sigmoid")
    caches.append(cache)
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    cost = np.squeeze(cost)
    grads = {}
    dZ = AL - Y
    for l in reversed(range(L)):
        linear_cache, Z = caches[l]
        dA, grads["dW" + str(l + 1)], grads["db" + str(l + 1)] = linear_backward(dZ, linear_cache)
        if l > 0:
            dZ = np.array(dA, copy=True)
            dZ[caches[l - 1][1] <= 0] = 0
    return cost, grads


def planar_classifier(X, Y, W1, b1, W2, b2, learning_rate=1.2):
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = 1 / (1 + np.exp(-Z2))
    cache = {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
    m = X.shape[1]
    logprobs = np.multiply(np.log(A2), Y) + np.multiply(np.log(1 - A2), 1 - Y)
    cost = float(-np.sum(logprobs) / m)
    dZ2 = cache["A2"] - Y
    grads = {"dW2": (1 / m) * np.dot(dZ2, A1.T), "db2": (1 / m) * np.sum(dZ2, axis=1, keepdims=True)}
    dZ1 = np.multiply(np.dot(W2.T, dZ2), 1 - np.power(A1, 2))
    grads["dW1"] = (1 / m) * np.dot(dZ1, X.T)
    grads["db1"] = (1 / m) * np.sum(dZ1, axis=1, keepdims=True)
    for key in parameters:
        parameters[key] = parameters[key] - learning_rate * grads["d" + key]
    return parameters, cost


def affine_relu_softmax(X, y, W1, b1, W2, b2, reg=0.1):
    N = X.shape[0]
    hidden = X.dot(W1) + b1
    a = np.maximum(0, hidden)
    scores = a.dot(W2) + b2
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    probs = np.exp(shifted) / np.sum(np.exp(shifted), axis=1, keepdims=True)
    loss = -np.sum(np.log(probs[np.arange(N), y])) / N
    loss += reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
    dscores = probs.copy()
    dscores[np.arange(N), y] -= 1
    dscores /= N
    grads = {}
    grads["W2"] = a.T.dot(dscores) + 2 * reg * W2
    grads["b2"] = np.sum(dscores, axis=0)
    dhidden = dscores.dot(W2.T)
    dhidden[hidden <= 0] = 0
    grads["W1"] = X.T.dot(dhidden) + 2 * reg * W1
    grads["b1"] = np.sum(dhidden, axis=0)
    return loss, grads


def svm_loss_vectorized(W, X, y, reg):
    num_train = X.shape[0]
    scores = X.dot(W)
    correct = scores[np.arange(num_train), y].reshape(-1, 1)
    margins = np.maximum(0, scores - correct + 1.0)
    margins[np.arange(num_train), y] = 0
    loss = np.sum(margins) / num_train + reg * np.sum(W * W)
    mask = np.zeros(margins.shape)
    mask[margins > 0] = 1
    mask[np.arange(num_train), y] = -np.sum(mask, axis=1)
    dW = X.T.dot(mask) / num_train + 2 * reg * W
    return loss, dW


def batchnorm_forward(x, gamma, beta, running_mean, running_var, momentum=0.9, eps=1e-5):
    sample_mean = np.mean(x, axis=0)
    sample_var = np.var(x, axis=0)
    x_hat = (x - sample_mean) / np.sqrt(sample_var + eps)
    out = gamma * x_hat + beta
    running_mean = momentum * running_mean + (1 - momentum) * sample_mean
    running_var = momentum * running_var + (1 - momentum) * sample_var
    cache = (x, x_hat, sample_mean, sample_var, gamma, eps)
    return out, cache


def batchnorm_backward(dout, x, gamma, eps=1e-5):
    N, D = x.shape
    mu = 1.0 / N * np.sum(x, axis=0)
    xmu = x - mu
    var = 1.0 / N * np.sum(xmu ** 2, axis=0)
    sqrtvar = np.sqrt(var + eps)
    ivar = 1.0 / sqrtvar
    xhat = xmu * ivar
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dxhat = dout * gamma
    divar = np.sum(dxhat * xmu, axis=0)
    dxmu1 = dxhat * ivar
    dsqrtvar = -1.0 / (sqrtvar ** 2) * divar
    dvar = 0.5 * 1.0 / np.sqrt(var + eps) * dsqrtvar
    dsq = 1.0 / N * np.ones((N, D)) * dvar
    dxmu2 = 2 * xmu * dsq
    dx1 = dxmu1 + dxmu2
    dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
    dx2 = 1.0 / N * np.ones((N, D)) * dmu
    dx = dx1 + dx2
    return dx, dgamma, dbeta


def eval_numerical_gradient(x, h=1e-5):
    def f(z):
        return np.sum(z ** 3) + z[0] * z[1]
    grad = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
    while not it.finished:
        ix = it.multi_index
        oldval = x[ix]
        x[ix] = oldval + h
        fxph = f(x)
        x[ix] = oldval - h
        fxmh = f(x)
        x[ix] = oldval
        grad[ix] = (fxph - fxmh) / (2 * h)
        print(ix, grad[ix])
        it.iternext()
    return grad


def logistic_regression_gd(X, y, w, b, learning_rate=0.1, num_iterations=4):
    m = X.shape[0]
    costs = []
    for i in range(num_iterations):
        z = X @ w + b
        p = 1 / (1 + np.exp(-z))
        cost = -(1 / m) * np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))
        dw = (1 / m) * X.T @ (p - y)
        db = np.mean(p - y)
        w -= learning_rate * dw
        b -= learning_rate * db
        costs.append(float(cost))
        if i % 2 == 0:
            print(f"Cost after iteration {i}: {cost:.6f}")
            print("Cost after iteration %i: %f" % (i, cost))
    return w, b, costs


def compute_cost_multi(X, y, theta):
    m = len(y)
    predictions = X.dot(theta)
    square_err = (predictions - y) ** 2
    J = 1 / (2 * m) * np.sum(square_err)
    return J


def gradient_descent(X, y, theta, alpha, num_iters=3):
    m = y.size
    J_history = np.zeros(num_iters)
    for i in range(num_iters):
        error = X.dot(theta) - y
        theta = theta - (alpha / m) * X.T.dot(error)
        J_history[i] = compute_cost_multi(X, y, theta)
    return theta, J_history


def softmax_regression(X, Y, W, b, lr=0.5):
    n = X.shape[0]
    logits = X @ W + b
    logits -= logits.max(axis=1, keepdims=True)
    exp_scores = np.exp(logits)
    probs = exp_scores / exp_scores.sum(axis=1, keepdims=True)
    loss = -np.mean(np.sum(Y * np.log(probs + 1e-12), axis=1))
    grad_W = X.T @ (probs - Y) / n
    grad_b = np.mean(probs - Y, axis=0)
    W = W - lr * grad_W
    b = b - lr * grad_b
    preds = np.argmax(probs, axis=1)
    accuracy = np.mean(preds == np.argmax(Y, axis=1))
    return W, b, loss, accuracy


class Network:
    def __init__(self, sizes, weights, biases):
        self.num_layers = len(sizes)
        self.weights = weights
        self.biases = biases

    def feedforward(self, a):
        for b, w in zip(self.biases, self.weights):
            a = self.sigmoid(np.dot(w, a) + b)
        return a

    def backprop(self, x, y):
        nabla_b = [np.zeros(b.shape) for b in self.biases]
        nabla_w = [np.zeros(w.shape) for w in self.weights]
        activation = x
        activations = [x]
        zs = []
        for b, w in zip(self.biases, self.weights):
            z = np.dot(w, activation) + b
            zs.append(z)
            activation = self.sigmoid(z)
            activations.append(activation)
        delta = (activations[-1] - y) * self.sigmoid_prime(zs[-1])
        nabla_b[-1] = delta
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        for l in range(2, self.num_layers):
            z = zs[-l]
            sp = self.sigmoid_prime(z)
            delta = np.dot(self.weights[-l + 1].transpose(), delta) * sp
            nabla_b[-l] = delta
            nabla_w[-l] = np.dot(delta, activations[-l - 1].transpose())
        return nabla_b, nabla_w

    @staticmethod
    def sigmoid(z):
        return 1.0 / (1.0 + np.exp(-z))

    def sigmoid_prime(self, z):
        return self.sigmoid(z) * (1 - self.sigmoid(z))


def nielsen_update(x, y, w1, w2, b1, b2, eta=3.0):
    net = Network([2, 3, 1], [w1, w2], [b1, b2])
    nabla_b, nabla_w = net.backprop(x, y)
    net.weights = [w - eta * nw for w, nw in zip(net.weights, nabla_w)]
    net.biases = [b - eta * nb for b, nb in zip(net.biases, nabla_b)]
    output = net.feedforward(x)
    return output


def trask_11_lines(X, y, syn0, syn1):
    for j in range(3):
        l1 = 1 / (1 + np.exp(-(np.dot(X, syn0))))
        l2 = 1 / (1 + np.exp(-(np.dot(l1, syn1))))
        l2_delta = (y - l2) * (l2 * (1 - l2))
        l1_delta = l2_delta.dot(syn1.T) * (l1 * (1 - l1))
        syn1 += l1.T.dot(l2_delta)
        syn0 += X.T.dot(l1_delta)
    return l2


class NeuralNetwork:
    def __init__(self, x, y, weights1, weights2):
        self.input = x
        self.weights1 = weights1
        self.weights2 = weights2
        self.y = y
        self.output = np.zeros(self.y.shape)

    def feedforward(self):
        self.layer1 = 1.0 / (1 + np.exp(-np.dot(self.input, self.weights1)))
        self.output = 1.0 / (1 + np.exp(-np.dot(self.layer1, self.weights2)))

    def backprop(self):
        d_weights2 = np.dot(self.layer1.T, 2 * (self.y - self.output) * self.output * (1 - self.output))
        d_weights1 = np.dot(self.input.T, np.dot(2 * (self.y - self.output) * self.output * (1 - self.output),
                                                 self.weights2.T) * self.layer1 * (1 - self.layer1))
        self.weights1 += d_weights1
        self.weights2 += d_weights2


def loy_network(x, y, weights1, weights2):
    nn = NeuralNetwork(x, y, weights1, weights2)
    nn.feedforward()
    nn.backprop()
    nn.feedforward()
    return nn.output


def mazur_example(i1, i2, w1, w2, w3, w4, w5, w6, w7, w8, b1, b2, t1, t2, eta):
    net_h1 = w1 * i1 + w2 * i2 + b1
    net_h2 = w3 * i1 + w4 * i2 + b1
    out_h1 = 1 / (1 + np.exp(-net_h1))
    out_h2 = 1 / (1 + np.exp(-net_h2))
    net_o1 = w5 * out_h1 + w6 * out_h2 + b2
    net_o2 = w7 * out_h1 + w8 * out_h2 + b2
    out_o1 = 1 / (1 + np.exp(-net_o1))
    out_o2 = 1 / (1 + np.exp(-net_o2))
    E_total = 0.5 * (t1 - out_o1) ** 2 + 0.5 * (t2 - out_o2) ** 2
    delta_o1 = -(t1 - out_o1) * out_o1 * (1 - out_o1)
    dE_dw5 = delta_o1 * out_h1
    w5 = w5 - eta * dE_dw5
    return w5, E_total


def perceptron_epoch(X, y, w):
    errors = np.zeros(len(X), dtype=int)
    for i in range(len(X)):
        y_hat = np.where(X[i] @ w >= 0, 1, -1)
        w = w + 0.5 * (y[i] - y_hat) * X[i]
        errors[i] = (y_hat != y[i]).astype(int)
    return w, errors


def zero_pad_conv(A, W, b):
    A_pad = np.pad(A, ((1, 1), (1, 1)), mode="constant", constant_values=(0, 0))
    f = W.shape[0]
    n_H = A_pad.shape[0] - f + 1
    n_W = A_pad.shape[1] - f + 1
    Z = np.zeros((n_H, n_W))
    for h in range(n_H):
        for w in range(n_W):
            a_slice = A_pad[h:h + f, w:w + f]
            Z[h, w] = np.sum(a_slice * W) + float(b)
    return Z


def max_pool(A, size=2):
    H, W = A.shape
    out = np.zeros((H // size, W // size))
    for i in range(H // size):
        for j in range(W // size):
            out[i, j] = np.max(A[i * size:(i + 1) * size, j * size:(j + 1) * size])
    return out


def dropout_forward(x, keep_prob=0.8, seed=1):
    np.random.seed(seed)
    D = np.random.rand(*x.shape)
    D = (D < keep_prob).astype(int)
    A = x * D / keep_prob
    return A


R = np.random.default_rng(1)
XOR = [[0.0, 0.0, 1.0], [0.0, 1.0, 1.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]]
CASES = {
    l_layer_model: ("Coursera, Deep Learning Specialization, course 1 week 4", dict(
        X=R.normal(size=(2, 2)), Y=[[1, 0]], W1=R.normal(size=(2, 2)), b1=np.full((2, 1), 0.1),
        W2=R.normal(size=(1, 2)), b2=[[0.2]])),
    planar_classifier: ("Coursera, Deep Learning Specialization, course 1 week 3", dict(
        X=R.normal(size=(2, 2)), Y=[[1, 0]], W1=R.normal(size=(2, 2)), b1=np.zeros((2, 1)), W2=R.normal(size=(1, 2)),
        b2=[[0.0]])),
    affine_relu_softmax: ("Stanford CS231n, assignment 1, two-layer net", dict(
        X=R.normal(size=(2, 2)), y=[0, 2], W1=R.normal(size=(2, 3)), b1=R.normal(size=3), W2=R.normal(size=(3, 3)),
        b2=np.zeros(3))),
    svm_loss_vectorized: ("Stanford CS231n, assignment 1, linear_svm.py", dict(
        W=R.normal(size=(2, 3)), X=R.normal(size=(2, 2)), y=[1, 2], reg=0.1)),
    batchnorm_forward: ("Stanford CS231n, assignment 2, layers.py", dict(
        x=R.normal(size=(3, 2)), gamma=[1.0, 0.5], beta=[0.0, 0.1], running_mean=[0.0, 0.0], running_var=[1.0, 1.0])),
    batchnorm_backward: ("Frederik Kratzert, Understanding the backward pass through Batch Normalization", dict(
        dout=R.normal(size=(3, 2)), x=R.normal(size=(3, 2)), gamma=[1.0, 0.5])),
    eval_numerical_gradient: ("Stanford CS231n, gradient_check.py", dict(x=[[0.5, -1.0], [2.0, 0.25]][0])),
    logistic_regression_gd: ("Coursera, Deep Learning Specialization, course 1 week 2", dict(
        X=R.normal(size=(3, 2)), y=[1, 0, 1], w=[0.1, -0.2], b=0.0)),
    compute_cost_multi: ("Coursera, Machine Learning (Ng), exercise 1 in Python", dict(
        X=[[1, 2], [1, -1]], y=[1, 2], theta=[0.5, 0.5])),
    gradient_descent: ("Coursera, Machine Learning (Ng), exercise 1 in Python", dict(
        X=[[1, 2], [1, -1], [1, 0.5]], y=[1, 2, 0], theta=[0.5, 0.5], alpha=0.1)),
    softmax_regression: ("Dive into Deep Learning, softmax regression from scratch", dict(
        X=R.normal(size=(2, 2)), Y=[[1, 0, 0], [0, 0, 1]], W=R.normal(size=(2, 3)), b=np.zeros(3))),
    nielsen_update: ("Nielsen, Neural Networks and Deep Learning, network.py", dict(
        x=[[0.5], [0.1]], y=[[1.0]], w1=R.normal(size=(3, 2)), w2=R.normal(size=(1, 3)), b1=R.normal(size=(3, 1)),
        b2=[[0.1]])),
    trask_11_lines: ("iamtrask, A Neural Network in 11 lines of Python", dict(
        X=XOR, y=[[0], [1], [1], [0]], syn0=R.normal(size=(3, 2)), syn1=R.normal(size=(2, 1)))),
    loy_network: ("James Loy, How to build your own Neural Network from scratch", dict(
        x=XOR[:2], y=[[0], [1]], weights1=R.normal(size=(3, 2)), weights2=R.normal(size=(2, 1)))),
    mazur_example: ("Matt Mazur, A Step by Step Backpropagation Example", dict(
        i1=.05, i2=.1, w1=.15, w2=.2, w3=.25, w4=.3, w5=.4, w6=.45, w7=.5, w8=.55, b1=.35, b2=.6, t1=.01, t2=.99,
        eta=.5)),
    perceptron_epoch: ("Raschka, Python Machine Learning, chapter 2", dict(
        X=[[1.0, 2.0], [-1.0, 0.5]], y=[1, -1], w=[0.1, -0.3])),
    zero_pad_conv: ("Coursera, Deep Learning Specialization, course 4 week 1", dict(
        A=R.normal(size=(3, 3)), W=R.normal(size=(2, 2)), b=0.5)),
    max_pool: ("victorzhou.com, CNNs from scratch", dict(A=R.normal(size=(4, 4)))),
    dropout_forward: ("Coursera, Deep Learning Specialization, course 2 week 1", dict(x=R.normal(size=(2, 3)))),
}
