"""Labour: persons and hours, its composition, human capital."""
