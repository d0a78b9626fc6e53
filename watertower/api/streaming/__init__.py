"""Live updates: WebSocket and event stream."""
