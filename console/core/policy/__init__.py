"""The gateway's policies: read, run, judged, mended and kept."""
