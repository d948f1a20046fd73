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
print("eps=5e-3:", gradcheck(Softplus.apply, x, eps=5e-3, atol=1e-3))
# --8<-- [end:single]


def largest_error(dtype, h):
    x = torch.linspace(-2, 2, 101, dtype=dtype)
    h = torch.tensor(h, dtype=dtype)
    slope = (Softplus.apply(x + h) - Softplus.apply(x - h)) / (2 * h)
    return (slope - torch.sigmoid(x)).abs().max().item()


steps = [10 ** (-k / 4) for k in range(2, 49)]
fig, ax = plt.subplots(num="gradcheck", figsize=(5.4, 3.8))
for dtype, style in ((torch.float32, "-"), (torch.float64, "--")):
    ax.loglog(steps, [largest_error(dtype, h) for h in steps], style, color="C1")
ax.axvline(1e-6, color="C6", linewidth=1)
ax.axhline(1e-5, color="C6", linewidth=1)
ax.annotate("float32", (1e-4, 3e-2), color="C1")
ax.annotate("float64", (1.2e-3, 2e-9), color="C1")
ax.annotate("gradcheck's step", (1.3e-6, 1.5e-12), color="C6")
ax.annotate("what it tolerates", (1.2e-10, 1.8e-5), color="C6")
ax.set(xlabel="$h$, step", ylabel="largest error of the slope", ylim=(3e-13, 3e5))
plt.show()
