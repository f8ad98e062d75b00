"""Organisations, persons, posts and supervision: who may act for whom, and when."""
