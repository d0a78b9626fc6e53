"""FFmpeg, always as a separate process without network and within limits."""
