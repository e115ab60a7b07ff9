"""What is due to be said on a day: what the database is asked, and one mail a person or address. Reads only."""
