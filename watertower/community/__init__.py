"""What the community decides and says as a whole: votes; the public record is to come."""
