"""Crop yields from nothing: data, split, standardising, a loop by hand, then fit."""

# %% [markdown]
# # Lab 1: crop yields, from nothing to `DataLoader` and `fit`
#
# Chapter 1.2 ended with five regions: temperature, rainfall and humidity went in, tons
# of apples and oranges came out. The line fitted those five well, and [five samples
# prove nothing](2-linear-regression.md#several-targets) about a sixth.
#
# In this lab there are 240 regions, so part of them can be kept aside to find out. You
# build everything yourself, first with bare tensors, then with the tools that every
# PyTorch program uses: `TensorDataset`, `DataLoader`, `nn.Linear`, an optimizer, and a
# function `fit` that you can take along.
#
# Read a cell, say what it will do, then look at its output. Better still, download the
# notebook and run it: change a number, predict, run again.

# %%
import matplotlib.pyplot as plt
import torch
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset

# %% [markdown]
# ## The question
#
# Given a region's temperature in °F, rainfall in mm and humidity in %, how many tons of
# apples and oranges will it yield?
#
# We make the data ourselves. That is a luxury: we know the true weights, so at the end
# we can say how close training came. Each yield is
#
# $$
# y = W_{\text{true}}\,x + b_{\text{true}} + \varepsilon ,
# $$
#
# where the [[noise]] $\varepsilon$ stands for everything that the three features do not
# say: soil, pests, luck. It is [[Gaussian]], with a standard deviation of 4 tons.
#
# Humidity follows rainfall to some degree, as it does outdoors.

# %%
torch.manual_seed(42)
N = 240
temperature = 84 + 10 * torch.randn(N)  # °F
rainfall = 90 + 28 * torch.randn(N)  # mm
humidity = 40 + 0.15 * rainfall + 9 * torch.randn(N)  # %
X = torch.stack([temperature, rainfall, humidity], dim=1)

W_true = torch.tensor([[-0.4, 0.8, 0.7], [-0.3, 0.7, 1.0]])  # apples, oranges
b_true = torch.tensor([2.0, 5.0])
noise_std = 4.0
Y = X @ W_true.T + b_true + noise_std * torch.randn(N, 2)
print("X:", tuple(X.shape), " Y:", tuple(Y.shape))
for name, column in zip(("temperature", "rainfall", "humidity"), X.T):
    print(f"{name}: mean {column.mean():.1f}, from {column.min():.0f}", end=" ")
    print(f"to {column.max():.0f}")

# %% [markdown]
# The shapes are those of chapter 1.2: $X$ is $(N, D)$ with a row for each region, $Y$
# is $(N, K)$, and $W$ is $(K, D) = (2, 3)$.
#
# <details class="predict" markdown="1">
# <summary><span class="fold-word">Predict</span> Which feature will the apples seem to
# depend on most, if you look at one feature at a time?</summary>
#
# Rainfall. Its weight is 0.8, and it varies most: a typical swing of 28 mm moves the
# apples by about 22 tons. A typical swing of 10 °F moves them by 4 tons, no more than
# the noise does.
#
# </details>
#
# Look before you fit:

# %%
fig, axes = plt.subplots(1, 3, num="data", figsize=(7.2, 2.9), sharey=True)
labels = ("temperature (°F)", "rainfall (mm)", "humidity (%)")
for ax, feature, label in zip(axes, X[:80].T, labels):
    ax.plot(feature, Y[:80, 0], "o", color="C0", markersize=3)
    ax.set_xlabel(f"$x$, {label}")
axes[0].set_ylabel("$y$, apples (tons)")
# alt: Three scatter plots of the apples of 80 regions. Against rainfall the dots rise
#   in a clear band; against humidity they rise in a wide cloud; against temperature no
#   trend can be seen with certainty.
plt.show()

# %% [markdown]
# Rainfall shows a clear trend and humidity a blurred one. The effect of temperature
# drowns in that of the others. A model that looks at all three at once can still find
# it.
#
# ## Keep some regions aside
#
# A model is useful for regions that it has not seen. So a fifth of them, the
# [[validation set]], takes no part in training. The loss on it estimates the loss on
# new regions, because to the model they *are* new.
#
# The split is random. If the table were sorted, by rainfall say, the last fifth would
# be unlike the rest.

# %%
order = torch.randperm(N)
train, val = order[:192], order[192:]
X_train, Y_train = X[train], Y[train]
X_val, Y_val = X[val], Y[val]
print(f"training: {len(X_train)} regions, validation: {len(X_val)} regions")

# %% [markdown]
# Then the features are brought to one scale by [[standardising]], since [raw units make
# the loop crawl](2-linear-regression.md#the-limit-of-the-rate-for-any-data). Mean and
# standard deviation come from the training regions **alone**. Those of the validation
# regions would be a piece of knowledge about data that we pretend not to have.

# %%
mean, std = X_train.mean(dim=0), X_train.std(dim=0, correction=0)
Z_train = (X_train - mean) / std
Z_val = (X_val - mean) / std
for name, Z in (("training", Z_train), ("validation", Z_val)):
    print(f"{name}: largest mean of a feature {Z.mean(dim=0).abs().max():.3f}")

# %% [markdown]
# In the training set every mean is 0. In the validation set it is not quite, and should
# not be: the same numbers were subtracted from other regions.
#
# ## By hand
#
# The model is one line, $\hat Y = ZW^\top + b$, and so is the loss, the [[MSE]] over
# all $NK$ numbers:
#
# $$
# L = \frac{1}{NK}\sum_{i=1}^{N}\sum_{k=1}^{K}\bigl(\hat y^{(i)}_k - y^{(i)}_k\bigr)^2 .
# $$
#
# With $R = \hat Y - Y$ for the residuals, the gradient is
#
# $$
# \begin{aligned}
# \frac{\partial L}{\partial W} &= \frac{2}{NK}\,R^\top Z, \\[4pt]
# \frac{\partial L}{\partial b} &= \frac{2}{NK}\sum_{i=1}^{N} r^{(i)} .
# \end{aligned}
# $$
#
# The first is the matrix of [[#gradient-matrix]]. Before we rely on it, autograd may
# check it.

# %%
def mse(Y_hat, Y):
    return (Y_hat - Y).square().mean()


def gradient(Z, Y, W, b):
    R = Z @ W.T + b - Y
    return 2 / R.numel() * R.T @ Z, 2 / R.numel() * R.sum(dim=0)


W = torch.randn(2, 3, requires_grad=True)
b = torch.zeros(2, requires_grad=True)
loss = mse(Z_train @ W.T + b, Y_train)
loss.backward()
by_hand = gradient(Z_train, Y_train, W.detach(), b.detach())
gap = max((ours - p.grad).abs().max() for ours, p in zip(by_hand, (W, b)))
print(f"loss at the start: {loss:.0f}")
print("gradients agree:", bool(gap < 1e-3))

# %% [markdown]
# <details class="predict" markdown="1">
# <summary><span class="fold-word">Predict</span> Can training bring the loss to
# zero?</summary>
#
# No. Even the true weights leave the noise, and the mean of its square is $4^2 = 16$.
# On new regions no model that sees these three features alone can do better on average.
# So there is a goal to watch: 16.
#
# </details>
#
# The loop is the one of chapter 1.2. New is only `val_loss`, the loss on the validation
# regions: it has no gradient, and nothing is learned from it. (`gradient` makes its own
# forward pass; the first line is there to see the loss.)

# %%
def train_by_hand(Z_train, Z_val, lr, num_epochs=40):
    W, b = torch.zeros(2, 3), torch.zeros(2)
    losses = []
    for _ in range(num_epochs):
        loss = mse(Z_train @ W.T + b, Y_train)  # 1. forward, 2. loss
        val_loss = mse(Z_val @ W.T + b, Y_val)
        losses.append((loss, val_loss))
        grad_W, grad_b = gradient(Z_train, Y_train, W, b)  # 3. gradient
        W -= lr * grad_W  # 4. update
        b -= lr * grad_b
    return W, b, torch.tensor(losses)


W, b, losses = train_by_hand(Z_train, Z_val, lr=0.3)
print("epoch  training  validation")
for epoch in (1, 10, 20, 40):
    print(f"{epoch:5d}  {losses[epoch - 1, 0]:<8.2f}  {losses[epoch - 1, 1]:.2f}")

# %%
fig, ax = plt.subplots(num="by-hand", figsize=(6.4, 3.2))
epochs = range(1, 41)
ax.semilogy(epochs, losses[:, 0], color="C1", label="training")
ax.semilogy(epochs[::2], losses[::2, 1], "o", color="C3", ms=4, label="validation")
ax.axhline(noise_std**2, color="C6", linewidth=1.2, label="variance of the noise")
ax.set(xlabel="epoch", ylabel="$L$, loss (tons²)", ylim=(10, 1e4))
ax.legend()
# alt: The training loss on a logarithmic axis falls from nearly ten thousand and levels
#   off after about 20 epochs at the line that marks the variance of the noise, 16. Dots
#   for the validation loss, one every other epoch, lie on the curve.
plt.show()

# %% [markdown]
# After 40 epochs the training loss is [[lab.py: 40 training]] and the validation loss
# [[lab.py: 40 validation]], both near the 16 of the noise. With eight parameters and
# 192 regions there is little room to learn the noise by heart, so the two curves stay
# together. When the second one turns upwards while the first one goes on falling, the
# model is *overfitting*; chapter 2.6 is about that.
#
# ## What standardising was good for
#
# <details class="predict" markdown="1">
# <summary><span class="fold-word">Predict</span> Run the same loop on the raw features.
# What happens at the rate 0.3? What is the best that 40 epochs can do with a rate small
# enough?</summary>
#
# At 0.3 the loss explodes: it lies thousands of times above the limit, two over the
# largest eigenvalue of the [[Hessian]]. With a rate just below the limit the steep
# direction is fine, and the flat ones still have far to go after 40 epochs.
#
# </details>

# %%
X1 = torch.cat([X_train, torch.ones(len(X_train), 1)], dim=1).double()
hessian = 2 / Y_train.numel() * X1.T @ X1
limit = 2 / torch.linalg.eigvalsh(hessian)[-1].item()
print(f"limit of the rate, raw features: {limit:.2e}")
for name, lr in (("rate 0.3", 0.3), ("nine tenths of the limit", 0.9 * limit)):
    raw = train_by_hand(X_train, X_val, lr)[2][:, 1]
    print(f"{name}: validation loss in epoch 40 is {raw[-1]:.1f}")

# %%
fig, ax = plt.subplots(num="raw", figsize=(6.4, 3.2))
ax.semilogy(epochs, raw, color="C4", label="raw features, 0.9 of the limit")
ax.semilogy(epochs, losses[:, 1], "--", color="C1", label=r"standardised, $\eta = 0.3$")
ax.axhline(noise_std**2, color="C6", linewidth=1.2, label="variance of the noise")
ax.set(xlabel="epoch", ylabel="$L$, validation loss (tons²)", ylim=(10, 1e4))
ax.legend()
# alt: Two validation losses on a logarithmic axis. With standardised features the curve
#   falls to the noise's variance within 20 epochs. With raw features it drops at
#   first, then falls slowly, and is still well above after 40 epochs.
plt.show()

# %% [markdown]
# The limit for raw features is [[lab.py: limit of the rate raw features]]. Just below
# it, 40 epochs end at a validation loss of [[lab.py: nine tenths of the limit
# validation loss in epoch 40 is]]; with standardised features they end at [[lab.py: 40
# validation]]. The model could predict exactly the same in both cases. Only the shape
# of the bowl differs.
#
# ## Batches
#
# So far each update used all 192 regions. From here on PyTorch's tools take over, and
# they work in [[mini-batches|mini-batch]]: an update after every 32 regions.
# `TensorDataset` pairs features with targets, and `DataLoader` hands them out, batch by
# batch.
#
# It is easiest seen on a set as small as that of chapter 1.2. Here the numbers 0 to 4
# stand for its five regions, and a batch holds two:

# %%
five = torch.arange(5.0).reshape(5, 1)
small = TensorDataset(five, 10 * five)
loader = DataLoader(small, batch_size=2, shuffle=True)
for epoch in (1, 2):
    batches = [x.flatten().tolist() for x, _ in loader]
    print(f"epoch {epoch}:", batches)

# %% [markdown]
# Every epoch hands out each row once, in a new order (`shuffle=True`), and the last
# batch holds what is left. With batches of five there is one batch an epoch, which is
# what the loop by hand did.
#
# <details class="predict" markdown="1">
# <summary><span class="fold-word">Predict</span> How many updates does an epoch make
# with 192 regions in batches of 32? And how should the loader of the validation set be
# set up?</summary>
#
# $192 / 32 = 6$ updates. The validation set is only measured, so its order does not
# matter, and neither does its batch size: no shuffling, and one large batch is fine.
#
# </details>

# %%
train_set = TensorDataset(Z_train, Y_train)
val_set = TensorDataset(Z_val, Y_val)
train_loader = DataLoader(train_set, batch_size=32, shuffle=True)
val_loader = DataLoader(val_set, batch_size=len(val_set))
x, y = next(iter(train_loader))
print("batches an epoch:", len(train_loader))
print("a batch:", tuple(x.shape), "and", tuple(y.shape))

# %% [markdown]
# ## Model, loss and optimizer from PyTorch
#
# `nn.Linear(3, 2)` holds $W$ and $b$ and computes $xW^\top + b$; `nn.MSELoss` is `mse`;
# `optim.SGD` does the update.

# %%
torch.manual_seed(1)
model = nn.Linear(3, 2)
loss_fn = nn.MSELoss()
optimizer = optim.SGD(model.parameters(), lr=0.1)
for name, p in model.named_parameters():
    print(f"{name}: shape {tuple(p.shape)}")
same = loss_fn(model(Z_train), Y_train), mse(model(Z_train), Y_train)
print("nn.MSELoss is mse:", torch.equal(*same))

# %% [markdown]
# ## The function `fit`
#
# Here is the whole training loop once more, with nothing in it that knows of crops. It
# takes any model, any loss, any optimizer and any loaders.
#
# The mean over an epoch weights each batch with its size. A plain mean of the batches'
# means would count the rows of a short last batch more than others, and the loss of the
# last batch alone would be a matter of luck.

# %%
def evaluate(model, loss_fn, loader):
    total = count = 0
    with torch.no_grad():
        for x, y in loader:
            total += loss_fn(model(x), y).item() * len(x)
            count += len(x)
    return total / count


def fit(num_epochs, model, loss_fn, optimizer, train_loader, val_loader):
    history = []
    for _ in range(num_epochs):
        for x, y in train_loader:
            loss = loss_fn(model(x), y)  # 1. forward, 2. loss
            optimizer.zero_grad()
            loss.backward()  # 3. gradient
            optimizer.step()  # 4. update
        history.append([
            evaluate(model, loss_fn, loader) for loader in (train_loader, val_loader)])
    return torch.tensor(history)

# %% [markdown]
# <details class="predict" markdown="1">
# <summary><span class="fold-word">Predict</span> Will the loss fall smoothly to a fixed
# value, as it did by hand?</summary>
#
# Nearly. Each batch has a slightly different gradient, so near the minimum the
# parameters never rest: the losses end with a small jitter. In return there are six
# updates an epoch.
#
# </details>

# %%
history = fit(40, model, loss_fn, optimizer, train_loader, val_loader)
print("epoch  training, fit  validation, fit")
for epoch in (1, 5, 10, 40):
    print(f"{epoch:5d}  {history[epoch - 1, 0]:<13.2f}  {history[epoch - 1, 1]:.2f}")

# %%
fig, ax = plt.subplots(num="fit", figsize=(6.4, 3.2))
ax.semilogy(epochs, losses[:, 1], "--", color="C1", label="by hand, all at once")
ax.semilogy(epochs, history[:, 1], color="C3", label="fit, batches of 32")
ax.axhline(noise_std**2, color="C6", linewidth=1.2, label="variance of the noise")
ax.set(xlabel="epoch", ylabel="$L$, validation loss (tons²)", ylim=(10, 1e4))
ax.legend()
# alt: Validation loss over 40 epochs on a logarithmic axis. The curve of fit starts
#   lower and reaches the noise's variance within about ten epochs, that of the loop by
#   hand in about twenty; both stay there.
plt.show()

# %% [markdown]
# The two curves count differently. `fit` measures after the updates of an epoch, of
# which it has made six. Its rate, 0.1, is a third of the other's.
#
# ## The closed form
#
# For this model the minimum can also be computed at once, by [[least squares]]. That is
# the last check: `fit` should arrive where `torch.linalg.lstsq` jumps. To compare, the
# learned weights are brought back to the original units. From $z = (x - \mu)/\sigma$,
# feature by feature, follows
#
# $$
# W_{\text{raw}} = W / \sigma, \qquad b_{\text{raw}} = b - W_{\text{raw}}\,\mu .
# $$

# %%
best = torch.linalg.lstsq(X1, Y_train.double()).solution.T  # (2, 4): bias in the end
with torch.no_grad():
    W_raw = model.weight / std
    b_raw = model.bias - W_raw @ mean
learned = torch.cat([W_raw, b_raw[:, None]], dim=1)
true = torch.cat([W_true, b_true[:, None]], dim=1)
print("                        temperature  rainfall  humidity  bias")
for k, fruit in enumerate(("apples", "oranges")):
    rows = {"true": true, "least squares": best, "fit": learned}
    for name, values in rows.items():
        numbers = "{:<11.3f}  {:<8.3f}  {:<8.3f}  {:.2f}".format(*values[k])
        print(f"{fruit + ', ' + name:<22}  {numbers}")
gap = (learned - best).abs()
print(f"largest gap of a weight {gap[:, :3].max():.3f}", end=", ")
print(f"of a bias {gap[:, 3].max():.2f}")

# %% [markdown]
# `fit` and least squares agree in every weight to within [[lab.py: largest gap of a
# weight]]. What remains of the gap is the jitter of the batches. The gap to the *true*
# weights is another matter: it is there for least squares too, because 192 noisy
# regions do not determine the weights exactly. No training loop can remove it; more
# data can.
#
# The biases differ more, by up to [[lab.py: of a bias]], and are known worst. A bias is
# the yield of a region with 0 °F, no rain and no humidity, far outside of everything
# that was measured, so small errors in the weights add up there.

# %%
def validation_loss(W, b):
    return mse(X_val.double() @ W.double().T + b.double(), Y_val.double()).item()


print(f"least squares: validation loss {validation_loss(best[:, :3], best[:, 3]):.3f}")
print(f"fit: validation loss {validation_loss(W_raw, b_raw):.3f}")
print(f"true weights: validation loss {validation_loss(W_true, b_true):.3f}")
spread = noise_std**2 * (2 / Y_val.numel()) ** 0.5  # of a mean of so many squares
print(f"uncertainty of such a loss: {spread:.1f}")

# %% [markdown]
# On regions that none of them has seen, `fit` has a loss of [[lab.py: fit validation
# loss]], least squares [[lab.py: least squares validation loss]]. Even the true weights
# get [[lab.py: true weights validation loss]]: with 48 regions, the estimate itself is
# uncertain by [[lab.py: uncertainty of such a loss]] tons².

# %%
with torch.no_grad():
    Y_hat = model(Z_val)
fig, axes = plt.subplots(1, 2, num="predicted", figsize=(7.2, 3.4), sharey=True)
for k, (ax, fruit) in enumerate(zip(axes, ("apples", "oranges"))):
    ax.plot(Y_val[:, k], Y_hat[:, k], "o", color="C0", markersize=3.5)
    ax.axline((80, 80), slope=1, color="C6", linewidth=1.2)
    ax.set(title=fruit, xlabel="$y$, measured (tons)", aspect="equal")
axes[0].set_ylabel(r"$\hat y$, predicted (tons)")
# alt: Two panels, apples and oranges. Each shows 48 validation regions as dots,
#   predicted against measured tons; they lie in a narrow band along the diagonal.
plt.show()

# %% [markdown]
# ## A region that nobody has measured
#
# Now the model can do what it was made for. A new region reports 78 °F, 110 mm and 60
# %. It must be standardised with the numbers of the *training* regions, like everything
# that this model gets to see.

# %%
x_new = torch.tensor([[78.0, 110.0, 60.0]])
with torch.no_grad():
    y_new = model((x_new - mean) / std)[0]
typical = history[-1, 1].sqrt()  # RMSE on regions that it has not seen
for fruit, tons in zip(("apples", "oranges"), y_new):
    print(f"{fruit}: {tons:.1f} tons, give or take {typical:.1f}")

# %% [markdown]
# The model predicts [[lab.py: apples]] tons of apples and [[lab.py: oranges]] tons of
# oranges. A prediction without an uncertainty is half an answer. The [[RMSE]] on the
# validation regions is a fair one: the yields there missed their predictions by that
# much, typically.
#
# What each habit of this lab is worth, standardising and keeping rows aside, is
# measured over twenty seeds in [chapter 1.6](6-recap.md#the-code).
#
# ## Your turn
#
# Change the notebook or the script, and predict before you run. The answers come from
# [your_turn.py](../snippets/part-1/lab-1-crop-yields/your_turn.py), which does all
# three.
#
# **1. Batch size.** Run `fit` for 5 epochs at the rate 0.1, with batches of 8, of 32,
# and of all 192 regions. Which ends lowest, and why?
#
# <details class="solution" markdown="1">
# <summary>Answer</summary>
#
# The validation losses are [[your_turn.py: batches of 8 validation loss | .1f]] with 8,
# [[your_turn.py: batches of 32 validation loss | .1f]] with 32 and [[your_turn.py:
# batches of 192 validation loss | ,.0f]] with 192. Five epochs are 120, 30 and 5
# updates. At the same rate, small batches make more of the same epochs, and here the
# noise in their gradients costs little.
# [Chapter 1.3](3-batch-and-stochastic.md#how-noisy-one-over-b) measures that price.
#
# </details>
#
# **2. Without humidity.** Leave out the third column. How much does the best possible
# loss rise? Guess first, from the weights 0.7 and 1.0 and from the 9 % by which
# humidity varies on its own.
#
# <details class="solution" markdown="1">
# <summary>Answer</summary>
#
# The model can guess the part of humidity that follows rainfall, by giving rainfall
# more weight. The part of its own, with variance $9^2 = 81$, becomes noise: $0.7^2
# \cdot 81 \approx 40$ for apples and $81$ for oranges, on the mean 60, on top of 16. So
# about 76. The least-squares model without humidity has a validation loss of
# [[your_turn.py: without humidity validation loss | .1f]], and gives rainfall the
# weight [[your_turn.py: without humidity weight of rainfall apples | .2f]] for apples
# instead of [[your_turn.py: with humidity weight of rainfall apples | .2f]].
#
# </details>
#
# **3. Too few regions.** Cut the training set into 32 groups of six regions and fit
# each by least squares. What happens to the two losses, on average?
#
# <details class="solution" markdown="1">
# <summary>Answer</summary>
#
# Four numbers for each fruit are fitted to six measurements, so they follow the noise
# as well. Only $6 - 4 = 2$ sixths of the variance 16 are expected to be left; the mean
# training loss is [[your_turn.py: groups of 6 training loss | .1f]]. On the validation
# regions it is [[your_turn.py: groups of 6 validation loss | .1f]], against
# [[your_turn.py: groups of 192 validation loss | .1f]] for the model fitted to all 192.
# A training loss far below the noise is no success: the model has learned the noise of
# its six regions, and others have other noise.
#
# </details>
