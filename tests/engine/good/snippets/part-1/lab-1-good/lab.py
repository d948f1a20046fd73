"""A lab of two cells."""

# %% [markdown]
# # Lab
#
# The sum is [[lab.py: sum]], as $1 + 2 = [[lab.py: sum]]$; see [[#rule]] and [[step]].

# %%
print("sum", 1 + 2)
