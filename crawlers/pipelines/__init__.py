"""What happens to a review between the page and the database: one rule a module."""
