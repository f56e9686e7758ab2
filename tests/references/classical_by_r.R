# Makes classical_by_r.json. Run: Rscript classical_by_r.R > classical_by_r.json
# Needs psych (alpha, the LSAT data of Bock & Lieberman 1970 and the big-five items) and stats::factanal.
suppressMessages(library(psych))
suppressMessages(library(jsonlite))
data(bock); data(bfi)

omega_by_factanal <- function(x) {
  found <- cov(x); scale <- sqrt(diag(found))
  fit <- factanal(covmat = cor(x), factors = 1, n.obs = nrow(x), control = list(lower = 0.005))
  loadings <- as.numeric(fit$loadings) * scale * sign(sum(fit$loadings))
  uniques <- fit$uniquenesses * scale^2
  list(omega = sum(loadings)^2 / (sum(loadings)^2 + sum(uniques)), loadings = as.numeric(loadings))
}
one <- function(name, x) {
  x <- as.matrix(x); k <- ncol(x)
  a <- suppressWarnings(psych::alpha(as.data.frame(x), check.keys = FALSE, warnings = FALSE))
  rest <- sapply(1:k, function(j) cor(x[, j], rowSums(x[, -j])))
  odd <- seq(1, k, 2); halves <- cov(cbind(rowSums(x[, odd]), rowSums(x[, -odd])))
  between <- cor(rowSums(x[, odd]), rowSums(x[, -odd]))
  ci <- psych::alpha.ci(a$total$raw_alpha, n.obs = nrow(x), n.var = k)
  c(list(name = name, scores = unname(x), means = unname(colMeans(x)), rest = rest,
         alpha = a$total$raw_alpha, standardised = a$total$std.alpha,
         without = a$alpha.drop$raw_alpha, feldt = c(ci$lower.ci, ci$upper.ci),
         spearman_brown = 2 * between / (1 + between),
         guttman = 4 * halves[1, 2] / sum(halves),
         sem = sd(rowSums(x)) * sqrt(1 - a$total$raw_alpha)),
    omega_by_factanal(x))
}
agree <- na.omit(bfi[1:400, c("N1", "N2", "N3", "N4", "N5")])
cases <- list(one("lsat6", lsat6), one("lsat7", lsat7), one("bfi: N1..N5, first 400 rows", agree))
cat(toJSON(list(
  made_with = paste0(R.version.string, ", psych ", packageVersion("psych"), ": alpha, alpha.ci; stats::factanal"),
  cases = cases), digits = I(15), auto_unbox = TRUE))
