"""Pages, one module each; they translate requests into actions and queries and decide nothing."""
