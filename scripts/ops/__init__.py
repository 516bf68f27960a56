"""What the commands are made of: steps, environments, ports, supervision, checks."""
