"""Students of one class are alike: what that does to an effect size, its doubt and its degrees of freedom.

In:   how many students in how many clusters, and how alike students of a cluster are (ICC).
Out:  degrees of freedom h, the factors gamma and eta, and the correction of a t.
Not here: the effect itself (effect), clusters whose rows we hold (cluster_robust, mixed).

With N students in clusters of n on average, and intraclass correlation rho:

    both arms   h     = [(N-2) - 2(n-1) rho]^2 / [(N-2)(1-rho)^2 + n(N-2n) rho^2 + 2(N-2n) rho(1-rho)]
                gamma = 1 - 2(n-1) rho / (N-2)          eta = 1 + (n-1) rho
    one arm     h     = [(N-2)(1-rho) + (N_T-n) rho]^2
                        / [(N-2)(1-rho)^2 + n(N_T-n) rho^2 + 2(N_T-n) rho(1-rho)]
                gamma = 1 - (N_C+n-2) rho / (N-2)       eta = 1 + (n N_C/N - 1) rho

Sources: What Works Clearinghouse, Procedures and Standards Handbook 5.0 (2022), appendix E. Hedges (2007),
Journal of Educational and Behavioral Statistics 32, 341-370. Hedges & Citkowicz (2015), Behavior Research
Methods 47, 1295-1308 (one arm).
"""

from dataclasses import dataclass
from math import sqrt

# What the handbook takes where a study does not say how alike its students are.
ICC_OF_ACHIEVEMENT, ICC_OF_OTHERS = 0.20, 0.10


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """Students in clusters. ``n_in_clusters`` differs from ``n_students`` where only one arm is clustered."""

    n_students: int
    n_in_clusters: int  # all students; or those of the arm that has clusters
    n_clusters: float  # of all arms that have them
    icc: float  # 0..1

    def __post_init__(self) -> None:
        if not (self.n_clusters > 0 and 0 <= self.icc < 1 and 2 < self.n_students >= self.n_in_clusters > 0):
            raise ValueError(
                f"found {self.n_students} students, {self.n_in_clusters} of them in {self.n_clusters} "
                f"clusters, ICC {self.icc}: expected more than 2 students, clusters, and an ICC from 0 to 1."
            )

    @property
    def is_of_one_arm(self) -> bool:
        return self.n_in_clusters < self.n_students

    @property
    def size(self) -> float:
        """Students in a cluster, on average."""
        return self.n_in_clusters / self.n_clusters

    @property
    def h(self) -> float:
        """Degrees of freedom of the pooled standard deviation. 94.4029 for 100 students in 20, ICC .1."""
        big, n, rho = self.n_students, self.size, self.icc
        if self.is_of_one_arm:
            apart = self.n_in_clusters - n
            top = (big - 2) * (1 - rho) + apart * rho
        else:
            apart = big - 2 * n
            top = (big - 2) - 2 * (n - 1) * rho
        under = (big - 2) * (1 - rho) ** 2 + n * apart * rho**2 + 2 * apart * rho * (1 - rho)
        return top**2 / under

    @property
    def gamma(self) -> float:
        """What is left of the pooled variance as a measure of the whole one."""
        big, n, rho = self.n_students, self.size, self.icc
        if self.is_of_one_arm:
            return 1 - (big - self.n_in_clusters + n - 2) * rho / (big - 2)
        return 1 - 2 * (n - 1) * rho / (big - 2)

    @property
    def eta(self) -> float:
        """How many times larger the variance of a difference of means is than without clusters."""
        n, rho = self.size, self.icc
        if self.is_of_one_arm:
            return 1 + (n * (self.n_students - self.n_in_clusters) / self.n_students - 1) * rho
        return 1 + (n - 1) * rho

    @property
    def t_factor(self) -> float:
        """What a t of an analysis that ignored the clusters is multiplied with; its df is then ``h``."""
        return sqrt(self.gamma / self.eta)


def both_arms(*, n_students: int, n_clusters: float, icc: float) -> Clustering:
    """Classes or schools in both arms."""
    return Clustering(n_students=n_students, n_in_clusters=n_students, n_clusters=n_clusters, icc=icc)


def one_arm(*, n_clustered: int, n_others: int, n_clusters: float, icc: float) -> Clustering:
    """Clusters in one arm only: taught in groups, against students on their own."""
    n_students = n_clustered + n_others
    return Clustering(n_students=n_students, n_in_clusters=n_clustered, n_clusters=n_clusters, icc=icc)
