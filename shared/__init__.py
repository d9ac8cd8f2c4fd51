"""What all processes share: the law, the forms, electronic signatures, and the kit that meets the world."""
