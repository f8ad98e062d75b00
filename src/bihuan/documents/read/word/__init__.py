"""Office Open XML text documents: the container, its XML, numbering, paragraphs and tables."""
