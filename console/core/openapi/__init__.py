"""OpenAPI 3.0, 3.1 and Swagger 2 documents: their operations, what these need, and what is wrong with the document."""
