"""Control: plans, limits, their evaluation and violations."""
