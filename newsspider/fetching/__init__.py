"""What the Scrapy shell has in common: components, a request's row, refusals, the word for a failure."""
