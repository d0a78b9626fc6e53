"""/desk/inbound: rules about what arrives, and what they hold."""
