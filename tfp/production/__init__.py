"""Production functions: estimators of elasticities and productivity, one a file."""
