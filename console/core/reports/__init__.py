"""The JSON and text shape of core values: public interfaces of the commands."""
