"""What is measured, billed and priced, in and out of the tables: `x_read` reads, `x_write` writes."""
