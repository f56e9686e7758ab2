# Makes dif_verbal_by_r.json. Run: Rscript dif_verbal_by_r.R > dif_verbal_by_r.json
# Data: the verbal aggression study (De Boeck & Wilson 2004), 316 people x 24 items, from lme4's VerbAgg; "perhaps"
# and "yes" count as 1. Mantel-Haenszel by stats::mantelhaen.test, logistic regression by stats::glm, the
# standardised difference by the sum in Dorans & Kulick (1986), each item by itself, matched on the total.
suppressMessages(library(lme4)); suppressMessages(library(jsonlite))
data(VerbAgg)
w <- reshape(VerbAgg[, c("id", "item", "r2")], idvar = "id", timevar = "item", direction = "wide")
x <- sapply(w[, -1], function(v) as.integer(v == "Y"))
man <- as.integer(VerbAgg$Gender[match(w$id, VerbAgg$id)] == "M")
total <- rowSums(x)

tight <- glm.control(epsilon = 1e-14, maxit = 100)
one <- function(j) {
  y <- x[, j]
  cells <- table(factor(y, 1:0), factor(man, 0:1), total)
  mh <- mantelhaen.test(cells[, , apply(cells, 3, sum) > 1])
  fits <- list(glm(y ~ 1, family = binomial, control = tight), glm(y ~ total, family = binomial, control = tight),
               glm(y ~ total + man, family = binomial, control = tight), glm(y ~ total * man, family = binomial, control = tight))
  ll <- sapply(fits, function(f) as.numeric(logLik(f)))
  std <- 0; weight <- 0
  for (s in unique(total)) {
    g <- y[man == 1 & total == s]; o <- y[man == 0 & total == s]
    if (length(g) && length(o)) { std <- std + length(g) * (mean(g) - mean(o)); weight <- weight + length(g) }
  }
  list(name = sub("r2.", "", colnames(x)[j], fixed = TRUE), chi_square = unname(mh$statistic),
       odds_ratio = unname(mh$estimate), ratio_interval = as.numeric(mh$conf.int), log_likelihoods = ll,
       log_odds = unname(coef(fits[[3]])["man"]), log_odds_error = sqrt(vcov(fits[[3]])["man", "man"]),
       std_p_dif = std / weight)
}
cat(toJSON(list(
  made_with = paste0(R.version.string, ", lme4 ", packageVersion("lme4"), ": mantelhaen.test, glm"),
  people = apply(x, 1, paste, collapse = ""), man = man, items = lapply(1:24, one)), digits = I(15), auto_unbox = TRUE))
