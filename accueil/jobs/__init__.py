"""What runs beside the web: the outbox and the retention of conversations."""
