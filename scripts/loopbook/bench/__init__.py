"""What the runner costs: the same scripts run by it, by a bare fork loop and by plain python."""
