"""The services of the sandbox: what each is started with, and how one knows that it is ready."""
