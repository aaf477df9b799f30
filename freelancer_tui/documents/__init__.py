"""Documents: our papers, from the values of the domain to PDF, and plain files of what was made."""
