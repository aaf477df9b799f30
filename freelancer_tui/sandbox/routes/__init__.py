"""Routes: each operation of the API read, given to the market and answered."""
