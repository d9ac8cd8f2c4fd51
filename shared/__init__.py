"""What every part of the system stands on: the law, forms, signatures, and the kit to the world."""
