"""What to do about a cause in the words of each provider, one file each: its portal, its settings, its commands."""
