"""SQL of federation: received activities, deliveries, hosts."""
