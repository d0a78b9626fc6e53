"""The ground floor: database, queue, outgoing HTTP, clock, settings. It knows no social word."""
