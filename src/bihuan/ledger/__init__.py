"""Inspections and their findings: what is to be put right, by whom, until when, and what proves it."""
