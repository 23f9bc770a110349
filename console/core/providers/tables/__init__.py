"""The error tables of providers that give their errors a code or a telling text. Data only."""
