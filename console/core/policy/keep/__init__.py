"""What is kept and exchanged beside a policy: values, rows of its table, calls as people describe them."""
