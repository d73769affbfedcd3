"""The whole system on one machine: the supervisor of its processes, its mail server, and the main job as a play."""
