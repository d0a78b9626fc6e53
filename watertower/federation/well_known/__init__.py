"""How others find us: WebFinger, host-meta, NodeInfo."""
