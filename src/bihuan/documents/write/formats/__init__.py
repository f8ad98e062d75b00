"""One module a format, named after its file name extension."""
