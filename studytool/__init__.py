"""Read a Chinese article, keep its key claims, remember them in two languages."""
