"""The tests of riskbook."""
