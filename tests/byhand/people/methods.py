"""Numerical methods, physics, finance, geometry, statistics."""

import functools
import math

import numpy as np


def rk4(y, t, h):
    def f(t, y):
        return -2 * y + np.sin(t)
    k1 = f(t, y)
    k2 = f(t + h / 2, y + h / 2 * k1)
    k3 = f(t + h / 2, y + h / 2 * k2)
    k4 = f(t + h, y + h * k3)
    y_next = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return y_next


def pendulum(theta, omega, L, dt, g=9.81):
    dtheta = omega
    domega = -g / L * np.sin(theta)
    theta = theta + dt * dtheta
    omega = omega + dt * domega
    energy = 0.5 * (L * omega) ** 2 - g * L * math.cos(theta)
    return theta, omega, energy


def rk4_pendulum(state, dt, n=2):
    def deriv(s):
        theta, omega = s
        return np.array([omega, -9.81 * np.sin(theta)])
    out = np.empty((n + 1, 2))
    out[0] = state
    for i in range(n):
        s = out[i]
        k1 = deriv(s)
        k2 = deriv(s + 0.5 * dt * k1)
        k3 = deriv(s + 0.5 * dt * k2)
        k4 = deriv(s + dt * k3)
        out[i + 1] = s + dt * (k1 + 2 * k2 + 2 * k3 + k4) / 6
    return out


def lotka_volterra(x, y, a, b, c, d, dt=0.01):
    xs, ys = [x], [y]
    for _ in range(3):
        dx = a * xs[-1] - b * xs[-1] * ys[-1]
        dy = -c * ys[-1] + d * xs[-1] * ys[-1]
        xs.append(xs[-1] + dx * dt)
        ys.append(ys[-1] + dy * dt)
    return np.array(xs), np.array(ys)


def lorenz(xyz, *, s=10, r=28, b=2.667):
    x, y, z = xyz
    x_dot = s * (y - x)
    y_dot = r * x - y - x * z
    z_dot = x * y - b * z
    return np.array([x_dot, y_dot, z_dot])


def sir(S, I, R, beta, gamma):
    N = S + I + R
    history = np.zeros((3, 3))
    for day in range(3):
        new_infections = beta * S * I / N
        recoveries = gamma * I
        S, I, R = S - new_infections, I + new_infections - recoveries, R + recoveries
        history[day] = [S, I, R]
    return history


def heat_equation(u, alpha, dx, dt):
    u_new = u.copy()
    for n in range(2):
        un = u_new.copy()
        for i in range(1, len(u) - 1):
            u_new[i] = un[i] + alpha * dt / dx ** 2 * (un[i + 1] - 2 * un[i] + un[i - 1])
    return u_new


def linear_convection(u, c, dx, dt):
    un = u.copy()
    u[1:] = un[1:] - c * dt / dx * (un[1:] - un[:-1])
    return u


def newton_root(x, n=3):
    for i in range(n):
        fx = x ** 3 - 2 * x - 5
        dfx = 3 * x ** 2 - 2
        x = x - fx / dfx
        print("iteration", i, "x =", round(x, 6))
    return x


def babylonian(a, guess):
    for _ in range(3):
        guess = 0.5 * (guess + a / guess)
    error = abs(guess - math.sqrt(a))
    return guess


def simpson(a, b, n=4):
    h = (b - a) / n
    x = np.linspace(a, b, n + 1)
    y = np.exp(-x ** 2)
    integral = h / 3 * np.sum(y[0:-1:2] + 4 * y[1::2] + y[2::2])
    return integral


def lagrange(x, y, at):
    n = len(x)
    total = 0.0
    for i in range(n):
        term = y[i]
        for j in range(n):
            if j != i:
                term = term * (at - x[j]) / (x[i] - x[j])
        total += term
    return total


def jacobi(A, b, x):
    D = np.diag(A)
    R = A - np.diagflat(D)
    for i in range(3):
        x = (b - np.dot(R, x)) / D
    residual = np.linalg.norm(b - A @ x)
    return x, residual


def power_iteration(A, v):
    for _ in range(3):
        Av = A @ v
        v = Av / np.linalg.norm(Av)
    eigenvalue = v @ A @ v
    return eigenvalue, v


def pagerank(M, d=0.85, num_iterations=3):
    N = M.shape[1]
    v = np.ones(N) / N
    M_hat = d * M + (1 - d) / N
    for i in range(num_iterations):
        v = M_hat @ v
    return v


def stationary(pi, P):
    for _ in range(3):
        pi = pi @ P
    return pi


def gram_schmidt(A):
    Q = np.zeros(A.shape)
    R = np.zeros((A.shape[1], A.shape[1]))
    for j in range(A.shape[1]):
        v = A[:, j]
        for i in range(j):
            R[i, j] = Q[:, i] @ A[:, j]
            v = v - R[i, j] * Q[:, i]
        R[j, j] = np.linalg.norm(v)
        Q[:, j] = v / R[j, j]
    return Q, R


def cholesky(A):
    n = A.shape[0]
    L = np.zeros_like(A)
    for i in range(n):
        for j in range(i + 1):
            s = sum(L[i, k] * L[j, k] for k in range(j))
            if i == j:
                L[i, j] = np.sqrt(A[i, i] - s)
            else:
                L[i, j] = (A[i, j] - s) / L[j, j]
    return L


def amortization(principal, annual_rate, years=1):
    r = annual_rate / 12
    n = years * 12
    payment = principal * r * (1 + r) ** n / ((1 + r) ** n - 1)
    balance = principal
    schedule = np.zeros((3, 3))
    for month in range(3):
        interest = balance * r
        paid = payment - interest
        balance = balance - paid
        schedule[month] = interest, paid, balance
    total_interest = round(payment * n - principal, 2)
    print(f"{'Payment':>10}: {payment:10.2f}")
    return schedule, total_interest


def norm_cdf(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def black_scholes(S, K, T, r, sigma):
    d1 = (math.log(S / K) + (r + sigma ** 2 / 2) * T) / (sigma * math.sqrt(T))
    d2 = d1 - sigma * math.sqrt(T)
    call = S * norm_cdf(d1) - K * math.exp(-r * T) * norm_cdf(d2)
    put = call - S + K * math.exp(-r * T)
    return call, put


def npv(rate, cashflows):
    total = 0
    for t, cash in enumerate(cashflows):
        total += cash / (1 + rate) ** t
    return total


def portfolio(weights, returns, cov):
    mean_return = np.sum(returns * weights) * 252
    std = np.sqrt(np.dot(weights.T, np.dot(cov, weights))) * np.sqrt(252)
    sharpe = mean_return / std
    return sharpe


def binomial_option(S, K, u, r, N=2):
    d = 1 / u
    p = (np.exp(r) - d) / (u - d)
    C = S * d ** np.arange(N, -1, -1) * u ** np.arange(0, N + 1, 1)
    C = np.maximum(C - K, np.zeros(N + 1))
    for i in np.arange(N, 0, -1):
        C = np.exp(-r) * (p * C[1:i + 1] + (1 - p) * C[0:i])
    return C[0]


def bilinear(img, x, y):
    x0, y0 = int(np.floor(x)), int(np.floor(y))
    x1, y1 = x0 + 1, y0 + 1
    wx, wy = x - x0, y - y0
    top = (1 - wx) * img[y0, x0] + wx * img[y0, x1]
    bottom = (1 - wx) * img[y1, x0] + wx * img[y1, x1]
    return (1 - wy) * top + wy * bottom


def rotation(angle, v):
    theta = np.radians(angle)
    c, s = np.cos(theta), np.sin(theta)
    Rz = np.array(((c, -s), (s, c)))
    rotated = Rz @ v
    heading = np.arctan2(rotated[1], rotated[0])
    return rotated, heading


def triangle(a, b, c):
    normal = np.cross(b - a, c - a)
    area = 0.5 * np.linalg.norm(normal)
    unit = normal / np.linalg.norm(normal)
    return area, unit


def haversine(lat1, lon1, lat2, lon2):
    R = 6371.0
    phi1, phi2 = math.radians(lat1), math.radians(lat2)
    dphi = math.radians(lat2 - lat1)
    dlam = math.radians(lon2 - lon1)
    a = math.sin(dphi / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(dlam / 2) ** 2
    return 2 * R * math.atan2(math.sqrt(a), math.sqrt(1 - a))


def bayes_update(prior, likelihood):
    unnormalized = prior * likelihood
    posterior = unnormalized / unnormalized.sum()
    entropy = -np.sum(posterior * np.log2(posterior))
    return posterior, entropy


def kl_divergence(p, q):
    return np.sum(np.where(p != 0, p * np.log(p / q), 0))


def safe_entropy(p):
    logs = np.log(p, out=np.zeros_like(p), where=p > 0)
    H = -np.sum(p * logs)
    return H


def bits_of_norms(v):
    norms = {"l1": np.linalg.norm(v, 1), "l2": np.linalg.norm(v), "max": np.linalg.norm(v, np.inf)}
    scaled = v / max(norms["l2"], 1e-12)
    clipped = v * min(1.0, 0.5 / norms["l2"])
    return norms, scaled, clipped


@functools.lru_cache(maxsize=None)
def growth(rate, years):
    return (1 + rate) ** years


def compound(principal, rate, years=5):
    amounts = [principal * growth(rate, n) for n in range(1, years + 1)]
    final = amounts[-1]
    return amounts, final


R = np.random.default_rng(3)
CASES = {
    rk4: ("Numerical Recipes; Rosetta Code, Runge-Kutta", dict(y=1.0, t=0.0, h=0.1)),
    pendulum: ("Newman, Computational Physics", dict(theta=0.5, omega=0.1, L=1.0, dt=0.01)),
    rk4_pendulum: ("Newman, Computational Physics", dict(state=[0.5, 0.1], dt=0.05)),
    lotka_volterra: ("SciPy Cookbook, Lotka-Volterra tutorial", dict(x=10.0, y=5.0, a=1.0, b=0.1, c=1.5, d=0.075)),
    lorenz: ("matplotlib gallery, Lorenz attractor", dict(xyz=[0.0, 1.0, 1.05])),
    sir: ("SciPython, The SIR epidemic model", dict(S=990.0, I=10.0, R=0.0, beta=0.3, gamma=0.1)),
    heat_equation: ("Barba, CFD Python, 12 steps to Navier-Stokes", dict(u=[0.0, 1.0, 2.0, 0.0], alpha=0.1, dx=0.5,
                                                                         dt=0.1)),
    linear_convection: ("Barba, CFD Python, 12 steps to Navier-Stokes", dict(u=[1.0, 2.0, 2.0, 1.0], c=1.0, dx=0.5,
                                                                             dt=0.1)),
    newton_root: ("Kong, Python Programming and Numerical Methods", dict(x=2.0)),
    babylonian: ("Think Python, square roots", dict(a=2.0, guess=1.5)),
    simpson: ("Walls, Mathematical Python", dict(a=0.0, b=1.0)),
    lagrange: ("Kong, Python Programming and Numerical Methods", dict(x=[0.0, 1.0, 2.5], y=[1.0, 3.0, 2.0], at=1.7)),
    jacobi: ("Quantstart, Jacobi method in Python and NumPy", dict(A=[[4.0, 1.0], [2.0, 5.0]], b=[1.0, 2.0],
                                                                   x=[0.0, 0.0])),
    power_iteration: ("Wikipedia, Power iteration", dict(A=[[2.0, 1.0], [1.0, 3.0]], v=[1.0, 0.5])),
    pagerank: ("Wikipedia, PageRank", dict(M=[[0.0, 0.5, 1.0], [0.5, 0.0, 0.0], [0.5, 0.5, 0.0]])),
    stationary: ("QuantEcon lectures, finite Markov chains", dict(pi=[0.5, 0.5], P=[[0.9, 0.1], [0.4, 0.6]])),
    gram_schmidt: ("MIT 18.06 in Python notebooks", dict(A=[[1.0, 2.0], [0.5, -1.0], [2.0, 1.0]])),
    cholesky: ("Rosetta Code, Cholesky decomposition", dict(A=[[4.0, 1.0], [1.0, 3.0]])),
    amortization: ("Practical Business Python, amortization schedule", dict(principal=1000.0, annual_rate=0.06)),
    black_scholes: ("Hilpisch, Python for Finance", dict(S=100.0, K=105.0, T=1.0, r=0.05, sigma=0.2)),
    npv: ("Downey, Modeling and Simulation in Python", dict(rate=0.05, cashflows=[-100.0, 60.0, 60.0])),
    portfolio: ("PyQuant News, Sharpe ratio of a portfolio", dict(weights=[0.4, 0.6], returns=[0.001, 0.002],
                                                                  cov=[[0.0001, 0.00002], [0.00002, 0.0003]])),
    binomial_option: ("QuantPy, binomial asset pricing", dict(S=100.0, K=100.0, u=1.1, r=0.03)),
    bilinear: ("Stack Overflow, bilinear interpolation with numpy", dict(img=R.normal(size=(3, 3)), x=0.3, y=1.2)),
    rotation: ("SciPy Lecture Notes", dict(angle=30.0, v=[1.0, 0.5])),
    triangle: ("Red Blob Games and graphics posts in numpy", dict(a=[0.0, 0.0, 0.0], b=[1.0, 0.0, 0.5],
                                                                  c=[0.0, 2.0, 0.0])),
    haversine: ("Rosetta Code, haversine formula", dict(lat1=36.12, lon1=-86.67, lat2=33.94, lon2=-118.4)),
    bayes_update: ("Downey, Think Bayes", dict(prior=[0.3, 0.7], likelihood=[0.8, 0.1])),
    kl_divergence: ("Wikipedia and machinelearningmastery.com, KL divergence", dict(p=[0.1, 0.9], q=[0.4, 0.6])),
    safe_entropy: ("numpy-discussion, log with where=", dict(p=[0.0, 1.0])),
    bits_of_norms: ("PyTorch's clip_grad_norm_, in numpy", dict(v=[3.0, -4.0])),
    compound: ("Real Python, caching with lru_cache", dict(principal=100.0, rate=0.05)),
}
