"""Makes five slips with shapes and prints what each error says."""

import torch

X = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])  # (3, 2)
W = torch.ones(4, 2)  # (K, D): 4 outputs, 2 features


# --8<-- [start:slips]
def matmul_without_transpose():
    return X @ W  # (3, 2) @ (4, 2)


def view_after_transpose():
    return X.T.view(6)  # the rows of X.T do not lie in a row in memory


def wrong_number_of_entries():
    return X.view(4, 2)  # six numbers do not fill eight places


def item_of_many():
    return X.item()


def shapes_that_do_not_match():
    return X + torch.ones(3)  # (3, 2) + (3,): from the right, 2 meets 3
# --8<-- [end:slips]


slips = {
    "matmul": matmul_without_transpose,
    "view": view_after_transpose,
    "size": wrong_number_of_entries,
    "item": item_of_many,
    "add": shapes_that_do_not_match,
}
for name, slip in slips.items():
    try:
        slip()
    except RuntimeError as error:
        print(f"{name}: {error}")

# --8<-- [start:cures]
print("X @ W.T:", tuple((X @ W.T).shape))
print("X.T.reshape(6):", X.T.reshape(6).tolist())
print("X + column:", tuple((X + torch.ones(3).unsqueeze(1)).shape))
# --8<-- [end:cures]
