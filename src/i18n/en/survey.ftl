### The survey's own interface: buttons, progress, errors, review
