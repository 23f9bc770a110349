"""A matrix of auth variants: what a gateway must let in and what it must refuse, tried."""
