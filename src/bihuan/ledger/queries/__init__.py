"""Reading the ledger: by inspection, page by key, one finding whole, uploads, documents to print."""
