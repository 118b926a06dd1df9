"""Published figures, several vintages side by side, and their way into a panel."""
