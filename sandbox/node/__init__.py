"""The node: takes pods from the API server and runs each container as a process of this machine."""
