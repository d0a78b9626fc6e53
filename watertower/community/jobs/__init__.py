"""Work done later. Every job may safely run twice."""
