"""Groundwork stand-in for the vendor's kubernetes plugin, in the `local` stack only.

It is no mock: every object goes to a real API server by server-side apply. It takes the vendor's plugin's place
because that one cannot be had everywhere. The rules it follows are those of pulumi-kubernetes 4.34; what differs:

- It acts on an API server on the loopback only.
- Patch and List resources, yaml, kustomize and helm are refused, and so are settings and annotations
  (``pulumi.com/waitFor``, ``pulumi.com/replaceUnready``) that would do nothing here.
- A preview validates an object even when its namespace is yet to be made.
- An object that an interrupted update made, and that the state does not know, is taken up by the next one: its field
  manager follows from the resource's URN. (An object without a single field of its own cannot be told from others.)
- A deletion is waited for two minutes, not ten, and its error names the pods that hold a claim.
- A Service is not waited for until it has endpoints, nor an Ingress until it has an address.
- The state does not hold the server's book of field owners (``metadata.managedFields``).
"""
