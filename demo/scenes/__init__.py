"""The play, scene by scene: the main job as clients would do it over HTTP, three years in a few minutes."""
