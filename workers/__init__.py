"""What happens by itself: Celery's worker and beat, and their tasks."""
