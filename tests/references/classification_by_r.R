# Makes classification_by_r.json. Run: Rscript classification_by_r.R > classification_by_r.json
# Livingston & Lewis anew: moments of true shares from factorial moments, the four-parameter beta by a general search
# (stats::optim on its four moments), every share by stats::integrate. Rudner by loops over students.
suppressMessages(library(jsonlite))

beta_moments <- function(q) {   # a, b, low, high -> raw moments 1..4
  a <- q[1]; b <- q[2]; l <- q[3]; w <- q[4] - q[3]
  z <- cumprod((a + 0:3) / (a + b + 0:3)); z <- c(1, z)
  sapply(1:4, function(k) sum(choose(k, 0:k) * l^(k - 0:k) * w^(0:k) * z[1:(k + 1)]))
}
fit <- function(x, top, r) {
  s <- x / top; m <- mean(s); v <- var(s)
  n <- round((m * (1 - m) - r * v) / (v * (1 - r)))
  y <- n * s
  moments <- sapply(1:4, function(k) mean(Reduce(`*`, lapply(0:(k - 1), function(i) y - i))) / prod(n - 0:(k - 1)))
  off <- function(p) { q <- c(exp(p[1:2]), p[3:4]); sum(((beta_moments(q) - moments) / moments)^2) * 1e10 }
  best <- NULL
  for (start in list(c(1, 1, .1, .9), c(1.5, .8, .25, .75), c(.8, 1.5, .2, .8), c(2, 2, .05, .95))) {
    o <- optim(start, off, method = "BFGS", control = list(maxit = 20000, reltol = 1e-18, parscale = c(1, 1, .1, .1)))
    o <- optim(o$par, off, control = list(maxit = 20000, reltol = 1e-18))
    if (is.null(best) || o$value < best$value) best <- o
  }
  q <- c(exp(best$par[1:2]), best$par[3:4])
  four <- q[3] >= 0 && q[4] <= 1 && best$value < 1e-3
  if (!four) { both <- m * (1 - m) / (r * v) - 1; q <- c(m * both, (1 - m) * both, 0, 1) }
  list(n = n, a = q[1], b = q[2], low = q[3], high = q[4], four = four)
}
at_cut <- function(f, cut) {
  first <- ceiling(f$n * cut - 1e-9)
  density <- function(t) dbeta((t - f$low) / (f$high - f$low), f$a, f$b) / (f$high - f$low)
  above <- function(t) pbinom(first - 1, f$n, t, lower.tail = FALSE)
  sum_of <- function(g, from, to) if (to <= from) 0 else integrate(function(t) density(t) * g(t), from, to,
    rel.tol = 1e-10, subdivisions = 2000)$value
  mid <- min(max(cut, f$low), f$high)
  tp <- sum_of(above, mid, f$high); tn <- sum_of(function(t) 1 - above(t), f$low, mid)
  same <- sum_of(function(t) above(t)^2 + (1 - above(t))^2, f$low, mid) + sum_of(function(t) above(t)^2 + (1 - above(t))^2, mid, f$high)
  p <- sum_of(above, f$low, mid) + tp
  chance <- p^2 + (1 - p)^2
  list(cut = cut, accuracy = tp + tn, consistency = same, kappa = (same - chance) / (1 - chance))
}
set.seed(20261122)
one <- function(x, top, r, cuts) {
  f <- fit(x, top, r)
  list(totals = x, top = top, reliability = r, cuts = cuts, fit = f, each = lapply(cuts / top, function(c) at_cut(f, c)))
}
theta <- round(rnorm(60), 3); se <- round(runif(60, .2, .6), 3); cuts <- c(-.5, .4)
ends <- c(-Inf, cuts, Inf); own <- findInterval(theta, cuts) + 1
p <- t(sapply(1:60, function(i) diff(pnorm(ends, theta[i], se[i]))))
rud <- list(ability = theta, error = se, cuts = cuts, accuracy = mean(p[cbind(1:60, own)]), consistency = mean(rowSums(p^2)),
            chance = sum(colMeans(p)^2))
cat(toJSON(list(made_with = paste0(R.version.string, ": optim, integrate, pnorm"),
  livingston_lewis = list(
    one(rbinom(400, 100, .25 + .5 * rbeta(400, 5, 3)), 100, .70, c(50, 60)),
    one(rbinom(300, 40, rbeta(300, 6, 4)), 40, .75, c(20, 24, 30)),
    one(rbinom(200, 20, rbeta(200, 2, 1.2)), 20, .85, c(10, 17))),
  rudner = rud), digits = I(15), auto_unbox = TRUE))
