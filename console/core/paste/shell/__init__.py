"""Commands of bash and PowerShell, read with the grammars of those languages."""
