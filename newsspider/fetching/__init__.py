"""What a request carries and how it ends: its row, the word for a failure, addresses that are refused."""
