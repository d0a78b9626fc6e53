"""What happens inside the transaction of somebody else's verb."""
