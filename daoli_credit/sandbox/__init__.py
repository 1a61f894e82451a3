"""演示对端: the outside world of the demo. Own processes with own stores; imports nothing of the product."""
