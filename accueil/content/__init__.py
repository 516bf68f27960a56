"""Read, check, edit and publish the Rasa YAML that editors write."""
