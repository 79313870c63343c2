"""Is it fit: kinds of findings, rules within and between tables, quarantine."""
