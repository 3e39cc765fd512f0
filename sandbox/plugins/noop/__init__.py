"""A plugin that does nothing: the floor that the bench measures a program's preview and update against."""
