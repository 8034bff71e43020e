"""What the engine costs and gains on this machine, one scenario a module, each a process of its own."""
