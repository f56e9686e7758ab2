# Makes irt_erm.json: the Rasch model by conditional likelihood, from eRm.
# Run: Rscript irt_erm.R > irt_erm.json (Debian: r-cran-erm, r-cran-psych for the LSAT tables)
suppressPackageStartupMessages({library(psych); library(eRm)})
one <- function(name, x) {
  fit <- RM(x)
  rows <- apply(ifelse(is.na(x), ".", x), 1, paste, collapse = "")
  sprintf('{"data": "%s", "log_likelihood": %.9f, "difficulties": [%s], "standard_errors": [%s], "answers": [%s]}',
          name, fit$loglik, paste(sprintf("%.9f", -fit$betapar), collapse = ", "),
          paste(sprintf("%.9f", fit$se.beta), collapse = ", "),
          if (name == "incomplete") paste0('"', rows, '"', collapse = ", ") else "")
}
set.seed(5)
theta <- rnorm(250); b <- seq(-1.5, 1.5, length.out = 8)
x <- (matrix(runif(250 * 8), 250) < plogis(outer(theta, b, "-"))) * 1
x[1:80, 7:8] <- NA; x[81:160, 1:2] <- NA  # three booklets that share items 3 to 6
cat(sprintf('{"made_with": "%s, eRm %s",\n "cases": [\n', R.version.string, packageVersion("eRm")))
cat(one("LSAT6", lsat6), one("LSAT7", lsat7), one("incomplete", x), sep = ",\n")
cat("\n]}\n")
