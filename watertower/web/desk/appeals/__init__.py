"""The desk of appeals."""
