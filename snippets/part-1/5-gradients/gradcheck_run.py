"""Lets PyTorch check a derivative written by hand, in float64 and in float32."""

import warnings

import matplotlib.pyplot as plt
import torch
from torch.autograd import gradcheck
from torch.autograd.gradcheck import GradcheckError

# A warning is shown by its first sentence, among the other lines.
warnings.simplefilter("always")
warnings.showwarning = lambda message, category, *_: print(
    f"{category.__name__}: {str(message).split('. ')[0]}."
)


# --8<-- [start:function]
class Softplus(torch.autograd.Function):
    """log(1 + e^x), with a backward of our own."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.log1p(torch.exp(x))

    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * torch.sigmoid(x)  # the derivative by hand


class Wrong(Softplus):
    @staticmethod
    def backward(ctx, grad_output):
        (x,) = ctx.saved_tensors
        return grad_output * torch.sigmoid(-x)  # a sign is wrong
# --8<-- [end:function]


# --8<-- [start:check]
x = torch.tensor([0.5, -1.0], dtype=torch.float64, requires_grad=True)
print("float64:", gradcheck(Softplus.apply, x))
try:
    gradcheck(Wrong.apply, x)
except GradcheckError as error:
    print("wrong sign:", str(error).strip())
# --8<-- [end:check]

# --8<-- [start:single]
x = torch.tensor([0.5, -1.0], requires_grad=True)  # float32
try:
    gradcheck(Softplus.apply, x)
except GradcheckError as error:
    print("float32:", str(error).strip())
print("eps=5e-3:", gradcheck(Softplus.apply, x, eps=5e-3))
# --8<-- [end:single]


def share(dtype, h):
    """The largest error, in parts of what gradcheck tolerates there."""
    x = torch.linspace(-2, 2, 101, dtype=dtype)
    h = torch.tensor(h, dtype=dtype)
    slope = (Softplus.apply(x + h) - Softplus.apply(x - h)) / (2 * h)
    exact = torch.sigmoid(x)
    return ((slope - exact).abs() / (1e-5 + 1e-3 * exact)).max().item()


print(f"float64, its step: {share(torch.float64, 1e-6):.0e} of what is tolerated")
print(f"float32, its step: {share(torch.float32, 1e-6):.0f} times what is tolerated")
print(f"float32, eps=5e-3: {share(torch.float32, 5e-3):.2f} of what is tolerated")


steps = [10 ** (-k / 4) for k in range(2, 49)]
fig, ax = plt.subplots(num="gradcheck", figsize=(5.4, 3.8))
for dtype, style in ((torch.float32, "-"), (torch.float64, "--")):
    ax.loglog(steps, [share(dtype, h) for h in steps], style, color="C1")
ax.axvline(1e-6, color="C6", linewidth=1)
ax.axhline(1, color="C6", linewidth=1)
ax.annotate("float32", (6e-5, 20), color="C1")
ax.annotate("float64", (1.2e-3, 3e-6), color="C1")
ax.annotate("gradcheck's step", (1.3e-6, 3e-9), color="C6")
ax.annotate("what it tolerates", (1.2e-12, 2.5), color="C6")
ax.set(xlabel="$h$, step", ylabel="error, in parts of what is tolerated")
ax.set_ylim(1e-9, 1e8)
plt.show()
