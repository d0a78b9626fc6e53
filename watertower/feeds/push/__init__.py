"""Web Push: notifications to browsers and phones whose app is not open (RFC 8030)."""
