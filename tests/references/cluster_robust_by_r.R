# Makes cluster_robust_by_r.json. Run: Rscript cluster_robust_by_r.R > cluster_robust_by_r.json
# Made-up trials: clubSandwich's CR2 with Satterthwaite's df for least squares (weighted, with dummies of strata,
# and without clusters, where it is HC2), and lmerTest's random intercept by REML.
suppressMessages({library(clubSandwich); library(lme4); library(lmerTest); library(jsonlite)})

world <- function(seed, sizes, icc, in_class = FALSE) {
  set.seed(seed)
  cluster <- rep(seq_along(sizes), sizes); n <- length(cluster)
  lot <- rep(0:1, length.out = length(sizes))[sample(length(sizes))]
  treat <- if (in_class) rbinom(n, 1, .5) else lot[cluster]
  pre <- rnorm(n) + rnorm(length(sizes), 0, .5)[cluster]
  y <- .3 * treat + .6 * pre + rnorm(length(sizes), 0, sqrt(icc))[cluster] + rnorm(n, 0, sqrt(1 - icc))
  list(y = round(y, 6), treat = treat, pre = round(pre, 6), cluster = cluster,
       stratum = (cluster - 1) %/% 4 + 1, weight = round(runif(n, .5, 2), 3))
}
worlds <- list(few = world(1, c(4, 9, 15, 6, 30, 11), .2), ten = world(2, rep(c(8, 22), 5), .3),
               forty = world(3, rep(12, 40), .15), inside = world(4, rep(c(6, 10, 17), 4), .25, TRUE),
               flat = world(5, rep(10, 12), 0))

one <- function(fit, v) {
  t <- coef_test(fit, vcov = v, test = "Satterthwaite")
  row <- t[rownames(t) == "treat", ]
  list(value = row$beta, standard_error = row$SE, df = row$df_Satt, p = row$p_Satt)
}
cases <- lapply(names(worlds), function(name) {
  w <- worlds[[name]]; d <- as.data.frame(w)
  plain <- lm(y ~ treat + pre, d); strata <- lm(y ~ treat + pre + factor(stratum), d)
  weighed <- lm(y ~ treat + pre, d, weights = weight)
  re <- suppressMessages(lmer(y ~ treat + pre + (1 | cluster), d, control = lmerControl(optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-12))))
  s <- coef(summary(re))["treat", ]; vc <- as.data.frame(VarCorr(re))$vcov
  list(name = name, data = w,
       cr2 = one(plain, vcovCR(plain, d$cluster, "CR2")),
       strata = one(strata, vcovCR(strata, d$cluster, "CR2")),
       weighted = one(weighed, vcovCR(weighed, d$cluster, "CR2")),
       hc2 = one(plain, vcovCR(plain, seq_along(d$y), "CR2")),
       reml = list(value = s[["Estimate"]], standard_error = s[["Std. Error"]], df = s[["df"]],
                   between = vc[1], within = vc[2], log_likelihood = as.numeric(logLik(re, REML = TRUE))))
})
made <- paste0(R.version.string, "; clubSandwich ", packageVersion("clubSandwich"), "; lme4 ", packageVersion("lme4"),
               "; lmerTest ", packageVersion("lmerTest"))
cat(toJSON(list(made_with = made, cases = cases), auto_unbox = TRUE, digits = 12), "\n")
