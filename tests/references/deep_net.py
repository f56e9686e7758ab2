"""Deep knowledge tracing, our own: a long short-term memory over what was answered, and nothing read aloud.

In:   logs as numbers (learn, check, test), what is seen of an answer, a seed.
Out:  a chance for each row of the test, from the same student's earlier rows.
Not here: which logs (deep_worlds), what the chances are worth (deep).

As Piech et al. (2015): an embedding of (what was answered, right or wrong) goes into an LSTM, and from its
state a logistic unit for each thing that may come next foresees the answer. "skills" sees skills, as they
did; "items" sees items; "all" sees both and the hours since the answer before, and foresees through a hidden
layer that also sees what comes next and the hours until then (it is given more than the paper's network had).
The first answer is foreseen from a blank state, so that every row is foreseen. Several skills: their mean.
Long sequences are walked in stretches, the state carried on. Training ends when the checking students have
been foreseen no better for some epochs; the best epoch's weights are kept.

Source: Piech, Bassen, Huang, Ganguli, Sahami, Guibas & Sohl-Dickstein (2015), NeurIPS 28, 505-513.
"""

import copy
from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

SEES = ("skills", "items", "all")
# (width of the state, share dropped out, rate of learning): the checking students choose.
SETTINGS = ((64, 0.4, 0.002), (32, 0.4, 0.005))
BATCH = 32
STRETCH = 200  # steps through which an error is led back
MOST_EPOCHS, PATIENCE = 80, 6


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Students' rows side by side, padded: (n_students, n_steps) or with the row's skills as a last axis."""

    item: torch.Tensor  # 0 is "none"; codes are moved up by one
    skill: torch.Tensor  # (n_students, n_steps, most skills of a row)
    hours: torch.Tensor  # log(1 + hours) since the answer before
    right: torch.Tensor
    there: torch.Tensor
    row: torch.Tensor  # where it stands in the log

    def of(self, students, steps):
        return Rows(**{name: getattr(self, name)[students, steps] for name in self.__dataclass_fields__})


def padded(log):
    """The log as Rows. Codes are those of the log: learn, check and test are taken from one."""
    groups, n_skills = log.by_student(), np.diff(log.skill_from)
    n, longest = log.n_students, int(groups.sizes.max())
    place = (np.repeat(np.arange(n), groups.sizes), np.concatenate([np.arange(k) for k in groups.sizes]))
    rows, most = groups.order, max(1, int(n_skills.max(initial=1)))
    table = {name: np.zeros((n, longest)) for name in ("item", "hours", "right", "there", "row")}
    table["item"][place], table["right"][place] = log.item[rows] + 1, log.correct[rows]
    table["there"][place], table["row"][place] = 1, rows
    if log.at_ms is not None:
        at = np.zeros((n, longest))
        at[place] = log.at_ms[rows] / 3.6e6
        table["hours"][:, 1:] = np.log1p(np.maximum(np.diff(at, axis=1), 0)) * table["there"][:, 1:]
    skill = np.zeros((n, longest, most))
    for k in range(most):
        has = n_skills[rows] > k
        skill[place[0][has], place[1][has], k] = log.skill[log.skill_from[rows[has]] + k] + 1
    whole = {"item", "row"}
    kinds = {k: torch.as_tensor(v, dtype=torch.long if k in whole else torch.float) for k, v in table.items()}
    return Rows(skill=torch.as_tensor(skill, dtype=torch.long), **kinds)


class Seen(nn.Module):
    """Embeddings of what a row is about: the mean over its skills, its item, or both side by side."""

    def __init__(self, sees, n_items, n_skills, size, *, answers):
        super().__init__()
        self.sees, self.answers = sees, answers
        self.item = nn.Embedding(answers * (n_items + 1), size) if sees != "skills" else None
        self.skill = nn.Embedding(answers * (n_skills + 1), size) if sees != "items" else None

    def forward(self, rows):
        right = (rows.right >= 0.5).long() if self.answers == 2 else torch.zeros_like(rows.item)
        found = []
        if self.item is not None:
            found.append(self.item(self.answers * rows.item + right))
        if self.skill is not None:
            told = self.skill(self.answers * rows.skill + right[..., None])
            real = (rows.skill > 0)[..., None].float()
            found.append((told * real).sum(2) / real.sum(2).clamp(min=1))
        return torch.cat(found, -1)


class Net(nn.Module):
    def __init__(self, sees, n_items, n_skills, hidden, dropout):
        super().__init__()
        width = hidden * (2 if sees == "all" else 1)
        self.sees = sees
        self.came = Seen(sees, n_items, n_skills, hidden, answers=2)
        self.lstm = nn.LSTM(width + (1 if sees == "all" else 0), hidden, batch_first=True)
        self.drop = nn.Dropout(dropout)
        self.next = Seen(sees, n_items, n_skills, hidden + 1, answers=1)  # weights of its unit, and its bias
        if sees == "all":
            self.mix = nn.Sequential(nn.Linear(hidden + 2 * (hidden + 1) + 1, hidden), nn.ReLU())
            self.out = nn.Linear(hidden, 1)

    def forward(self, rows, before, state):
        """Log-odds of each row of a stretch; ``before`` is what went in last, zeros at the start."""
        told = self.came(rows)
        if self.sees == "all":
            told = torch.cat([told, rows.hours[..., None]], -1)
        shifted = torch.cat([before, told[:, :-1]], 1)
        hidden, state = self.lstm(shifted, state)
        hidden, of_next = self.drop(hidden), self.next(rows)
        if self.sees == "all":
            mixed = torch.cat([hidden, of_next, rows.hours[..., None]], -1)
            return self.out(self.drop(self.mix(mixed)))[..., 0], told[:, -1:], state
        log_odds = (hidden * of_next[..., :-1]).sum(-1) + of_next[..., -1]
        return log_odds, told[:, -1:], state

    def blank(self, n):
        width = self.lstm.input_size
        return torch.zeros(n, 1, width), None


def batches(rows, chance=None):
    """Students of about the same length together; in another order each epoch."""
    length = rows.there.sum(1).numpy()
    jitter = chance.normal(0, 3, len(length)) if chance is not None else 0
    order = np.argsort(length + jitter, kind="stable")
    found = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    if chance is not None:
        chance.shuffle(found)
    for students in found:
        longest = int(length[students].max())
        yield [rows.of(students, slice(a, min(a + STRETCH, longest))) for a in range(0, longest, STRETCH)]


def loss_of(log_odds, rows):
    each = nn.functional.binary_cross_entropy_with_logits(log_odds, rows.right, reduction="none")
    return (each * rows.there).sum(), rows.there.sum()


def one_epoch(net, rows, search, chance):
    net.train()
    for stretches in batches(rows, chance):
        before, state = net.blank(len(stretches[0].item))
        for stretch in stretches:
            log_odds, before, state = net(stretch, before.detach(), state)
            total, n = loss_of(log_odds, stretch)
            state = tuple(part.detach() for part in state)
            search.zero_grad()
            (total / n).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            search.step()


@torch.no_grad()
def foreseen(net, rows, n_rows):
    """(n_rows,) chances, and the mean loss."""
    net.eval()
    found, total, n = np.full(n_rows, np.nan), 0.0, 0.0
    for stretches in batches(rows):
        before, state = net.blank(len(stretches[0].item))
        for stretch in stretches:
            log_odds, before, state = net(stretch, before, state)
            here = stretch.there.numpy() > 0
            found[stretch.row.numpy()[here]] = torch.sigmoid(log_odds).numpy()[here]
            lost, so_many = loss_of(log_odds, stretch)
            total, n = total + float(lost), n + float(so_many)
    return found, total / n


def trained(sees, learn, check, test, *, seed):
    """Chances for the rows of ``test``, the epochs it took, the loss on ``check``: of the better SETTING."""
    found = [_trained(sees, learn, check, test, setting, seed=seed) for setting in SETTINGS]
    return min(found, key=lambda one: one[2])


def _trained(sees, learn, check, test, setting, *, seed):
    hidden, dropout, rate = setting
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    chance = np.random.default_rng(seed)
    learn_rows, check_rows, test_rows = padded(learn), padded(check), padded(test)
    net = Net(sees, learn.n_items, learn.n_skills, hidden, dropout)
    search = torch.optim.Adam(net.parameters(), lr=rate)
    best, kept, since, epoch = np.inf, None, 0, 0
    while epoch < MOST_EPOCHS and since < PATIENCE:
        epoch += 1
        one_epoch(net, learn_rows, search, chance)
        loss = foreseen(net, check_rows, check.n_rows)[1]
        since += 1
        if loss < best:
            best, kept, since = loss, copy.deepcopy(net.state_dict()), 0
    net.load_state_dict(kept)
    return foreseen(net, test_rows, test.n_rows)[0], epoch, best
