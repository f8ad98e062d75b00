"""Pure: who may take which step from which state, when things fall due, and how that is drawn."""
